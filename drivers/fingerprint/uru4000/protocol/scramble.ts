import { type Block, type Frame, frameSize } from './frame.ts';

/** Which keys a frame needs, in the order in which they are used: the first, and one more for each block that asks. */
export function keysNeeded({ firstKey, blocks }: Frame): number[] {
  if (blocks.every(({ key }) => key !== 'unscrambles')) return [];
  return [firstKey, ...blocks.filter(({ nextKey }) => nextKey).map((_, n) => (firstKey + n + 1) & 0xff)];
}

/** Positions in the key whose bits make one mask byte, lowest bit first. */
const MASK_BITS = [4, 8, 11, 14, 18, 21, 24, 29] as const;
/** Bits of the key whose parity is fed back at the top. */
const FEEDBACK_BITS = 0x9248144d;

/** The generator of the reader's masks: a shift register of 32 bits. */
export function nextKey(key: number): number {
  let parity = key & FEEDBACK_BITS;
  for (const half of [16, 8, 4, 2, 1]) parity ^= parity >>> half;
  return ((parity << 31) | (key >>> 1)) >>> 0;
}

export function maskOf(key: number): number {
  let mask = 0;
  for (let bit = 0; bit < 8; bit++) mask |= ((key >>> (MASK_BITS[bit] ?? 0)) & 1) << bit;
  return mask;
}

/** The rows of a frame without their masks. Pure; without keys they come back as they are. */
export function unscramble(frame: Frame, keys: readonly number[]): Uint8Array {
  const rows = new Uint8Array(frame.rows); // a copy: `slice` of a Buffer is none
  if (keys.length === 0) return rows;
  let key = keys[0] ?? 0;
  let used = 1;
  let at = 0;
  for (const block of frame.blocks) {
    if (block.nextKey) key = keys[used++] ?? 0;
    const steps = block.lines * frameSize.widthPx;
    const sent = block.absent ? 0 : steps;
    key = stepThrough(block, rows.subarray(at, at + sent), steps, key);
    at += sent;
  }
  return rows;
}

/** Goes over one block and returns the key as it is after it. */
function stepThrough({ key: use }: Block, bytes: Uint8Array, steps: number, key: number): number {
  if (use === 'rests') return key;
  let now = key;
  for (let i = 0; i < steps; i++) {
    if (use === 'unscrambles' && i < bytes.length) bytes[i] = unmasked(bytes, i, now);
    now = nextKey(now);
  }
  return now;
}

/** Each byte lies one place further on than its mask; the last one of a block is never sent. */
function unmasked(bytes: Uint8Array, i: number, key: number): number {
  const masked = bytes[i + 1];
  return masked === undefined ? 0 : masked ^ maskOf(key);
}
