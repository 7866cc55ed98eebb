/** A rectangle of cells (pixels or blocks), row by row from the top left. */
export interface Grid<Cells> {
  width: number;
  height: number;
  cells: Cells;
}

/** One number a cell. */
export type Plane = Grid<Float64Array>;
/** One bit a cell, kept as 0 or 1. */
export type Bits = Grid<Uint8Array>;

export function emptyPlane(width: number, height: number): Plane {
  return { width, height, cells: new Float64Array(width * height) };
}

export function emptyBits(width: number, height: number): Bits {
  return { width, height, cells: new Uint8Array(width * height) };
}

export function countSet(bits: Bits): number {
  let count = 0;
  for (let i = 0; i < bits.cells.length; i += 1) count += bits.cells[i] ?? 0;
  return count;
}

export function union(one: Bits, other: Bits): Bits {
  return { ...one, cells: one.cells.map((bit, i) => bit | (other.cells[i] ?? 0)) };
}

export function complement(bits: Bits): Bits {
  return { ...bits, cells: bits.cells.map((bit) => bit ^ 1) };
}
