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
 * cells get a vote; all are counted. Counts column by column and slides along the rows: six steps a cell, whatever the radius.
 */
export function vote(bits: Bits, { radius, majority, border }: Vote, within?: Bits): Bits {
  const { width, height, cells } = bits;
  const result = emptyBits(width, height);
  const needed = neededOf(radius, majority);
  const columns = new Int32Array(width);
  for (let y = 0; y < Math.min(radius, height); y += 1) slide(columns, cells, y * width, 1);
  for (let y = 0; y < height; y += 1) {
    if (y + radius < height) slide(columns, cells, (y + radius) * width, 1);
    if (y > radius) slide(columns, cells, (y - radius - 1) * width, -1);
    if (y < border || y >= height - border) continue;
    const rows = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    voteRow(result.cells, y * width, { columns, rows, radius, border, needed });
  }
  if (within)
    for (let i = 0; i < cells.length; i += 1) result.cells[i] = (result.cells[i] ?? 0) & (within.cells[i] ?? 0);
  return result;
}

/** For every size of a cut-off square, how many of its cells have to be set. */
function neededOf(radius: number, majority: number): Int32Array {
  return Int32Array.from({ length: (2 * radius + 1) ** 2 + 1 }, (_, cells) => Math.ceil(majority * cells));
}

function slide(columns: Int32Array, cells: Uint8Array, row: number, sign: number): void {
  for (let x = 0; x < columns.length; x += 1) columns[x] = (columns[x] ?? 0) + sign * (cells[row + x] ?? 0);
}

interface Ballot {
  columns: Int32Array;
  rows: number;
  radius: number;
  border: number;
  needed: Int32Array;
}

function voteRow(result: Uint8Array, at: number, { columns, rows, radius, border, needed }: Ballot): void {
  const width = columns.length;
  let count = 0;
  let asked = 0;
  for (let x = -radius; x < width - border; x += 1) {
    if (x + radius < width) {
      count += columns[x + radius] ?? 0;
      asked += rows;
    }
    if (x > radius) {
      count -= columns[x - radius - 1] ?? 0;
      asked -= rows;
    }
    if (x >= border && count >= (needed[asked] ?? 0)) result[at + x] = 1;
  }
}
