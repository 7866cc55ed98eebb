import { MaskStream } from './masks.ts';

export const WIDTH = 384;
export const HEIGHT = 290;
const HEADER = 64;

/** `[flags, lines]`, as the header lists them. */
export type BlockRow = readonly [flags: number, lines: number];
const NEXT_KEY = 0x80;
const KEY_RESTS = 0x04;
const SCRAMBLED = 0x02;
const ABSENT = 0x01;

/** The blocks of the recorded session: 289 lines are sent, one is not. */
export const recordedBlocks: readonly BlockRow[] = [
  [SCRAMBLED, 72],
  [0, 1],
  [SCRAMBLED, 49],
  [ABSENT, 1],
  [0, 1],
  [SCRAMBLED, 49],
  [0, 1],
  [SCRAMBLED, 116],
];

/** A picture as the reader sends it. `pixels`: upright, ridges dark; the reader sees its negative, the wrong way round. */
export function buildFrame(
  pixels: Uint8Array,
  blocks: readonly BlockRow[],
  firstKey: number,
  keyOf: (number: number) => number,
): Uint8Array {
  const seen = Uint8Array.from(pixels, (_, i) => 255 - (pixels[pixels.length - 1 - i] ?? 0));
  const rows: Uint8Array[] = [];
  let number = firstKey;
  let masks = new MaskStream(keyOf(number));
  let line = 0;
  for (const [flags, lines] of blocks) {
    if (flags & NEXT_KEY) masks = new MaskStream(keyOf(++number & 0xff));
    const plain = seen.subarray(line * WIDTH, (line + lines) * WIDTH);
    const sent = throughMasks(plain, flags, masks);
    if (!(flags & ABSENT)) rows.push(sent);
    line += lines;
  }
  return withHeader(rows, blocks, firstKey);
}

function throughMasks(plain: Uint8Array, flags: number, masks: MaskStream): Uint8Array {
  if (flags & KEY_RESTS) return plain;
  if (flags & SCRAMBLED) return scrambled(plain, masks);
  masks.skip(plain.length);
  return plain;
}

/** Everything moves one place on; what stands first then means nothing, and the last one of the block is lost. */
function scrambled(plain: Uint8Array, masks: MaskStream): Uint8Array {
  const out = new Uint8Array(plain.length);
  for (let i = 0; i + 1 < plain.length; i++) out[i + 1] = (plain[i] ?? 0) ^ masks.next();
  masks.skip(1);
  return out;
}

function withHeader(rows: readonly Uint8Array[], blocks: readonly BlockRow[], firstKey: number): Uint8Array {
  const lines = rows.reduce((sum, some) => sum + some.length, 0) / WIDTH;
  const header = new Uint8Array(HEADER);
  header.set([0x10, 0x40, 0x08, 0x00, lines & 0xff, lines >> 8, firstKey]);
  header.set(blocks.flat(), 16);
  return new Uint8Array(Buffer.concat([header, ...rows]));
}

/** The same frame with another line count in its header. */
export function claimingLines(frame: Uint8Array, lines: number): Uint8Array {
  const altered = frame.slice();
  altered.set([lines & 0xff, lines >> 8], 4);
  return altered;
}
