import { type Block, frameSize } from './frame.ts';

/**
 * The picture as people see it: upright, ridges dark. The reader looks at the finger from below and the other way round and
 * sends negatives, so that the whole of it is inverted and turned by half a circle. Rows that nobody sent are the platen.
 */
export function pictureOf(blocks: readonly Block[], rows: Uint8Array): Uint8Array {
  const seen = placeRows(blocks, rows);
  return seen.map((value) => 255 - value).reverse();
}

/** Rows that are absent show what comes next, as libfprint's uru4000 driver has it. */
function placeRows(blocks: readonly Block[], rows: Uint8Array): Uint8Array {
  const { widthPx, heightPx } = frameSize;
  const placed = new Uint8Array(widthPx * heightPx);
  let [from, to] = [0, 0];
  for (const { lines, absent } of blocks) {
    const bytes = lines * widthPx;
    placed.set(rows.subarray(from, from + bytes), to);
    if (!absent) from += bytes;
    to += bytes;
  }
  return placed;
}

const BRIGHT = 128;
/** Of the pixels. The last byte of each scrambled block is bright in any picture: at most 290 of 111,360. */
const LEAST_BRIGHT_PART = 0.01;

/**
 * A picture without light: no finger covers the whole platen, and its edge is bright. Inferred from the recorded session, in
 * which nearly all pixels are; nobody has seen a reader whose light is out.
 */
export function isDark(picture: Uint8Array): boolean {
  const bright = picture.reduce((count, value) => count + (value >= BRIGHT ? 1 : 0), 0);
  return bright < picture.length * LEAST_BRIGHT_PART;
}
