import { COLOUR_LINE_BYTES, DOTS_PER_LINE, FACE_WIDTH_PX, GROUPS_PER_LINE, LINES } from './geometry.ts';

const ROW_BYTES = FACE_WIDTH_PX * 3;
/** Columns done together: what they are read from and written to then fits the processor's cache. */
const TILE_LINES = 32;

/** The colour of light that each dye takes away: its place in an RGB pixel. */
const CHANNEL = { y: 2, m: 1, c: 0 } as const;
export type Dye = keyof typeof CHANNEL;

/**
 * Packs one dye of an RGB face: `(255 - value) >> 1`, turned so that line i is column i and its first dot the lowest row
 * (card-printer.md 1.3), eight 7-bit samples in seven bytes.
 *
 * INFERRED: that the samples are packed with the most significant bit first. The guide gives the packing, not the bit order
 * (1.3, 8.2); a printer that wants the other order shows it at once as colour noise, and this function is the place.
 */
export function packColour(rgb: Uint8Array, dye: Dye, into: Uint8Array): void {
  for (let line = 0; line < LINES; line += TILE_LINES) {
    const end = Math.min(line + TILE_LINES, LINES);
    for (let group = 0; group < GROUPS_PER_LINE; group += 1) packGroup(rgb, CHANNEL[dye], into, line, end, group);
  }
}

/** Eight rows of the face, from the bottom up, for some neighbouring columns. */
function packGroup(rgb: Uint8Array, channel: number, into: Uint8Array, from: number, end: number, group: number): void {
  const lowestRow = DOTS_PER_LINE - 1 - group * 8;
  let at = lowestRow * ROW_BYTES + from * 3 + channel;
  let to = from * COLOUR_LINE_BYTES + group * 7;
  for (let line = from; line < end; line += 1, at += 3, to += COLOUR_LINE_BYTES) pack8(rgb, at, into, to);
}

/** Dropping the last bit and turning all others round is the same as `(255 - value) >> 1`, and can be done to whole bytes. */
function pack8(rgb: Uint8Array, at: number, into: Uint8Array, to: number): void {
  const a = (rgb[at] as number) >> 1;
  const b = (rgb[at - ROW_BYTES] as number) >> 1;
  const c = (rgb[at - 2 * ROW_BYTES] as number) >> 1;
  const d = (rgb[at - 3 * ROW_BYTES] as number) >> 1;
  const e = (rgb[at - 4 * ROW_BYTES] as number) >> 1;
  const f = (rgb[at - 5 * ROW_BYTES] as number) >> 1;
  const g = (rgb[at - 6 * ROW_BYTES] as number) >> 1;
  const h = (rgb[at - 7 * ROW_BYTES] as number) >> 1;
  into[to] = ~((a << 1) | (b >> 6));
  into[to + 1] = ~((b << 2) | (c >> 5));
  into[to + 2] = ~((c << 3) | (d >> 4));
  into[to + 3] = ~((d << 4) | (e >> 3));
  into[to + 4] = ~((e << 5) | (f >> 2));
  into[to + 5] = ~((f << 6) | (g >> 1));
  into[to + 6] = ~((g << 7) | h);
}
