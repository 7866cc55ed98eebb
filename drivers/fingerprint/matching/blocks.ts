/** SourceAFIS, stage `blocks`: the picture in blocks of at most 15 pixels a side. Sizes differ by one pixel. */
export interface Blocks {
  columns: number;
  rows: number;
  /** Left edges of the columns, and the right edge of the last. */
  x: Int32Array;
  y: Int32Array;
}

const LARGEST_BLOCK_PX = 15;

export function blocksOf(width: number, height: number): Blocks {
  const [x, y] = [edges(width), edges(height)];
  return { columns: x.length - 1, rows: y.length - 1, x, y };
}

function edges(size: number): Int32Array {
  const count = Math.ceil(size / LARGEST_BLOCK_PX);
  return Int32Array.from({ length: count + 1 }, (_, i) => Math.floor((i * size) / count));
}

/** The second grid, whose cells lie around the corners of the first: its edges are the middles of the blocks. */
export function secondaryEdges(primary: Int32Array): Int32Array {
  const middles = Array.from(primary.subarray(1), (edge, i) => Math.floor(((primary[i] ?? 0) + edge) / 2));
  return Int32Array.of(0, ...middles, primary.at(-1) ?? 0);
}
