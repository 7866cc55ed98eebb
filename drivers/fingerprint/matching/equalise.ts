import type { Blocks } from './blocks.ts';
import { type Bits, emptyPlane, type Plane } from './grid.ts';
import { BINS, type Histograms, type Levels } from './histograms.ts';

const RANGE = { least: -1, most: 1 };
/** How steep the curve may be: a flat block must not be blown up into noise, a steep one not be lost. */
const STEEPEST = ((RANGE.most - RANGE.least) / BINS) * 3.99;
const FLATTEST = ((RANGE.most - RANGE.least) / BINS) * 0.25;
const last = BINS - 1;
const LEAST = Float64Array.from({ length: BINS }, (_, bin) =>
  Math.max(bin * FLATTEST + RANGE.least, RANGE.most - (last - bin) * STEEPEST),
);
const MOST = Float64Array.from({ length: BINS }, (_, bin) =>
  Math.min(bin * STEEPEST + RANGE.least, RANGE.most - (last - bin) * FLATTEST),
);

/**
 * SourceAFIS, stage `equalized-image`: every grey level as rank among its surroundings, -1 to 1. A curve for each corner of the
 * blocks, blended in between. Bad blocks are -1.
 */
export function equalise(levels: Levels, blocks: Blocks, corners: Histograms, good: Bits): Plane {
  const curves = curvesOf(corners, good);
  const result = emptyPlane(levels.width, levels.height);
  result.cells.fill(RANGE.least);
  for (let row = 0; row < blocks.rows; row += 1) {
    for (let column = 0; column < blocks.columns; column += 1) {
      if (good.cells[row * blocks.columns + column]) equaliseBlock(result, levels, blocks, curves, column, row);
    }
  }
  return result;
}

/** `BINS` values a corner; those that no good block touches stay unused. */
function curvesOf(corners: Histograms, good: Bits): Float64Array {
  const curves = new Float64Array(corners.cells.length);
  for (let y = 0; y < corners.height; y += 1) {
    for (let x = 0; x < corners.width; x += 1) {
      if (touchesGood(good, x, y)) drawCurve(curves, corners.cells, (y * corners.width + x) * BINS);
    }
  }
  return curves;
}

function touchesGood(good: Bits, x: number, y: number): boolean {
  const isGood = (column: number, row: number) =>
    column >= 0 && column < good.width && row >= 0 && row < good.height && good.cells[row * good.width + column] === 1;
  return isGood(x, y) || isGood(x - 1, y) || isGood(x, y - 1) || isGood(x - 1, y - 1);
}

function drawCurve(curves: Float64Array, counts: Int32Array, at: number): void {
  let total = 0;
  for (let bin = 0; bin < BINS; bin += 1) total += counts[at + bin] ?? 0;
  const step = (RANGE.most - RANGE.least) / total;
  let top = RANGE.least;
  for (let bin = 0; bin < BINS; bin += 1) {
    const band = (counts[at + bin] ?? 0) * step;
    const middle = top + (bin / last) * band;
    top += band;
    curves[at + bin] = Math.min(Math.max(middle, LEAST[bin] ?? 0), MOST[bin] ?? 0);
  }
}

function equaliseBlock(
  { width, cells }: Plane,
  levels: Levels,
  blocks: Blocks,
  curves: Float64Array,
  column: number,
  row: number,
): void {
  const [left, top] = [blocks.x[column] ?? 0, blocks.y[row] ?? 0];
  const [right, bottom] = [blocks.x[column + 1] ?? 0, blocks.y[row + 1] ?? 0];
  const topLeft = (row * (blocks.columns + 1) + column) * BINS;
  const bottomLeft = topLeft + (blocks.columns + 1) * BINS;
  for (let y = top; y < bottom; y += 1) {
    const down = (y - top + 0.5) / (bottom - top);
    for (let x = left; x < right; x += 1) {
      const bin = levels.cells[y * width + x] ?? 0;
      const atLeft = blend(curves[topLeft + bin] ?? 0, curves[bottomLeft + bin] ?? 0, down);
      const atRight = blend(curves[topLeft + BINS + bin] ?? 0, curves[bottomLeft + BINS + bin] ?? 0, down);
      cells[y * width + x] = blend(atLeft, atRight, (x - left + 0.5) / (right - left));
    }
  }
}

function blend(from: number, to: number, part: number): number {
  return from + part * (to - from);
}
