import type { Blocks } from './blocks.ts';
import type { Grid, Plane } from './grid.ts';

export const BINS = 256;
/** Counts of grey levels: `BINS` numbers a cell. */
export type Histograms = Grid<Int32Array>;
/** The bin of every pixel. */
export type Levels = Grid<Uint8Array>;

export function levelsOf({ width, height, cells }: Plane): Levels {
  const levels = new Uint8Array(cells.length);
  for (let i = 0; i < cells.length; i += 1) {
    levels[i] = Math.max(0, Math.min(BINS - 1, Math.trunc((cells[i] ?? 0) * BINS)));
  }
  return { width, height, cells: levels };
}

/** SourceAFIS, stage `histogram`: one a block. */
export function histogramsOf(levels: Levels, blocks: Blocks): Histograms {
  const counts = new Int32Array(blocks.columns * blocks.rows * BINS);
  for (let row = 0; row < blocks.rows; row += 1) {
    for (let column = 0; column < blocks.columns; column += 1) {
      countBlock(levels, blocks, column, row, counts);
    }
  }
  return { width: blocks.columns, height: blocks.rows, cells: counts };
}

function countBlock(levels: Levels, { x, y, columns }: Blocks, column: number, row: number, counts: Int32Array): void {
  const base = (row * columns + column) * BINS;
  const [left, right] = [x[column] ?? 0, x[column + 1] ?? 0];
  for (let at = y[row] ?? 0; at < (y[row + 1] ?? 0); at += 1) {
    for (let i = at * levels.width + left; i < at * levels.width + right; i += 1) {
      const bin = base + (levels.cells[i] ?? 0);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
}

/** SourceAFIS, stage `smoothed-histogram`: one a corner of the blocks, the sum of the up to four blocks that touch it. */
export function smoothedHistograms(histograms: Histograms): Histograms {
  const [width, height] = [histograms.width + 1, histograms.height + 1];
  const sums = new Int32Array(width * height * BINS);
  const stacked = new Int32Array((histograms.width + 2) * BINS);
  for (let row = 0; row < height; row += 1) {
    stack(histograms, row, stacked);
    const start = row * width * BINS;
    for (let i = 0; i < width * BINS; i += 1) sums[start + i] = (stacked[i] ?? 0) + (stacked[i + BINS] ?? 0);
  }
  return { width, height, cells: sums };
}

/** The blocks above a row of corners and those below it, added up, between two empty ones. */
function stack({ width, height, cells }: Histograms, row: number, stacked: Int32Array): void {
  const length = width * BINS;
  if (row === 0) stacked.set(cells.subarray(0, length), BINS);
  else if (row === height) stacked.set(cells.subarray((row - 1) * length), BINS);
  else {
    const [above, below] = [(row - 1) * length, row * length];
    for (let i = 0; i < length; i += 1) stacked[BINS + i] = (cells[above + i] ?? 0) + (cells[below + i] ?? 0);
  }
}
