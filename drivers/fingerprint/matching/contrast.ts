import { emptyPlane, type Plane } from './grid.ts';
import { BINS, type Histograms } from './histograms.ts';

/** Of a block's pixels, the part at either end that does not count: a speck of dust is no contrast. */
const CLIPPED = 0.08;

/** SourceAFIS, stage `contrast`: how far a block's light and dark pixels are apart, 0 to 1. */
export function clippedContrast(histograms: Histograms): Plane {
  const contrast = emptyPlane(histograms.width, histograms.height);
  for (let block = 0; block < contrast.cells.length; block += 1) {
    contrast.cells[block] = contrastOf(histograms.cells.subarray(block * BINS, (block + 1) * BINS));
  }
  return contrast;
}

function contrastOf(counts: Int32Array): number {
  const limit = Math.round(CLIPPED * counts.reduce((sum, count) => sum + count, 0));
  let lower = 0;
  for (let below = counts[0] ?? 0; below <= limit && lower < BINS - 1; below += counts[lower] ?? 0) lower += 1;
  let upper = BINS - 1;
  for (let above = counts[upper] ?? 0; above <= limit && upper > 0; above += counts[upper] ?? 0) upper -= 1;
  return (upper - lower) / (BINS - 1);
}
