import { emptyPlane, type Plane } from './grid.ts';
import { BINS, type Histograms } from './histograms.ts';

/** Of a block's pixels, the part at either end that does not count: a speck of dust is no contrast. */
const CLIPPED = 0.08;

/** SourceAFIS, stage `contrast`: how far a block's light and dark pixels are apart, 0 to 1. */
export function clippedContrast(histograms: Histograms): Plane {
  const contrast = emptyPlane(histograms.width, histograms.height);
  for (let block = 0; block < contrast.cells.length; block += 1) {
    contrast.cells[block] = contrastOf(histograms.cells, block * BINS);
  }
  return contrast;
}

function contrastOf(counts: Int32Array, first: number): number {
  let pixels = 0;
  for (let bin = 0; bin < BINS; bin += 1) pixels += counts[first + bin] ?? 0;
  const limit = Math.round(CLIPPED * pixels);
  let lower = 0;
  for (let below = counts[first] ?? 0; below <= limit && lower < BINS - 1; below += counts[first + lower] ?? 0)
    lower += 1;
  let upper = BINS - 1;
  for (let above = counts[first + upper] ?? 0; above <= limit && upper > 0; above += counts[first + upper] ?? 0)
    upper -= 1;
  return (upper - lower) / (BINS - 1);
}
