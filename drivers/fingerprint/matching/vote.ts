import { type Bits, emptyBits } from './grid.ts';

export interface Vote {
  /** Of the square that is asked: `2 * radius + 1` cells a side, cut off at the edges. */
  radius: number;
  /** Part of the square that has to be set. */
  majority: number;
  /** Cells nearer to an edge get no vote. */
  border: number;
}

/**
 * SourceAFIS, the vote filter: a cell is set where enough of its neighbourhood is, whatever it was itself. `within` says which
 * cells get a vote; all are counted.
 */
export function vote(bits: Bits, { radius, majority, border }: Vote, within?: Bits): Bits {
  const { width, height } = bits;
  const result = emptyBits(width, height);
  const needed = neededOf(radius, majority);
  forEachRowOfCounts(bits, radius, border, (y, rows, counts) => {
    for (let x = border; x < width - border; x += 1) {
      const columns = Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1;
      const isAsked = within ? within.cells[y * width + x] : 1;
      if (isAsked && (counts[x] ?? 0) >= (needed[columns * rows] ?? 0)) result.cells[y * width + x] = 1;
    }
  });
  return result;
}

/** For every size of a cut-off square, how many of its cells have to be set. */
export function neededOf(radius: number, majority: number): Int32Array {
  return Int32Array.from({ length: (2 * radius + 1) ** 2 + 1 }, (_, cells) => Math.ceil(majority * cells));
}

/**
 * How many cells are set around each cell, row by row, for the rows that are `border` away from the edges; the square has `rows`
 * rows there. Counts column by column and adds up along the row, so the radius does not matter to the time it takes.
 */
export function forEachRowOfCounts(
  { width, height, cells }: Bits,
  radius: number,
  border: number,
  visit: (y: number, rows: number, counts: Int32Array) => void,
): void {
  const columns = new Int32Array(width);
  const upTo = new Int32Array(width + 2 * radius + 1);
  const counts = new Int32Array(width);
  for (let y = 0; y < Math.min(radius, height); y += 1) slide(columns, cells, y * width, 1);
  for (let y = 0; y < height; y += 1) {
    if (y + radius < height) slide(columns, cells, (y + radius) * width, 1);
    if (y > radius) slide(columns, cells, (y - radius - 1) * width, -1);
    if (y < border || y >= height - border) continue;
    addUp(columns, radius, upTo);
    for (let x = 0; x < width; x += 1) counts[x] = (upTo[x + 2 * radius + 1] ?? 0) - (upTo[x] ?? 0);
    visit(y, Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1, counts);
  }
}

function slide(columns: Int32Array, cells: Uint8Array, row: number, sign: number): void {
  for (let x = 0; x < columns.length; x += 1) columns[x] = (columns[x] ?? 0) + sign * (cells[row + x] ?? 0);
}

/** Sums from the left, with `radius` empty columns on either side. */
function addUp(columns: Int32Array, radius: number, upTo: Int32Array): void {
  let sum = 0;
  for (let x = 0; x < columns.length; x += 1) {
    sum += columns[x] ?? 0;
    upTo[x + radius + 1] = sum;
  }
  upTo.fill(sum, columns.length + radius + 1);
}
