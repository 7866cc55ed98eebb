import { DOTS_PER_LINE, FACE_WIDTH_PX, GROUPS_PER_LINE, LINES, MONO_LINE_BYTES } from './geometry.ts';

const ROW_BYTES = FACE_WIDTH_PX / 8;
const BLANK_LINE = 0x00;
const SOLID_LINE = 0xff;

/** Turns a landscape plane of one bit per pixel into the printer's lines: line i is column i, first dot the lowest row (card-printer.md 1.3). */
export function turnMono(plane: Uint8Array): Uint8Array {
  const lines = new Uint8Array(LINES * MONO_LINE_BYTES);
  for (let group = 0; group < GROUPS_PER_LINE; group += 1) {
    const lowestRow = (DOTS_PER_LINE - 1 - group * 8) * ROW_BYTES;
    for (let column = 0; column < ROW_BYTES; column += 1) {
      turn8x8(plane, lowestRow + column, lines, column * 8 * MONO_LINE_BYTES + group);
    }
  }
  return lines;
}

/** Eight rows by eight columns, transposed in two registers by swapping ever larger squares of bits. */
function turn8x8(plane: Uint8Array, at: number, lines: Uint8Array, to: number): void {
  const row = (n: number) => plane[at - n * ROW_BYTES] as number;
  let high = (row(0) << 24) | (row(1) << 16) | (row(2) << 8) | row(3);
  let low = (row(4) << 24) | (row(5) << 16) | (row(6) << 8) | row(7);
  if ((high | low) === 0) return;
  high = swap(swap(high, 7, 0x00aa00aa), 14, 0x0000cccc);
  low = swap(swap(low, 7, 0x00aa00aa), 14, 0x0000cccc);
  const top = (high & 0xf0f0f0f0) | ((low >>> 4) & 0x0f0f0f0f);
  const bottom = ((high << 4) & 0xf0f0f0f0) | (low & 0x0f0f0f0f);
  for (let n = 0; n < 4; n += 1) {
    lines[to + n * MONO_LINE_BYTES] = top >>> (24 - 8 * n);
    lines[to + (n + 4) * MONO_LINE_BYTES] = bottom >>> (24 - 8 * n);
  }
}

function swap(bits: number, by: number, mask: number): number {
  const differs = (bits ^ (bits >>> by)) & mask;
  return bits ^ differs ^ (differs << by);
}

/**
 * Compresses lines for `Dbc`: `00` a blank line, `FF` a solid one, else a count and so many bytes, the rest of the line
 * being zero (card-printer.md 1.4, vectors in 1.13).
 */
export function compressMono(lines: Uint8Array): Uint8Array {
  const out = new Uint8Array(lines.length + lines.length / MONO_LINE_BYTES);
  let to = 0;
  for (let at = 0; at < lines.length; at += MONO_LINE_BYTES) {
    const count = inkedBytes(lines, at);
    if (count === 0 || isSolid(lines, at)) {
      out[to] = count === 0 ? BLANK_LINE : SOLID_LINE;
      to += 1;
      continue;
    }
    out[to] = count;
    out.set(lines.subarray(at, at + count), to + 1);
    to += 1 + count;
  }
  return out.subarray(0, to);
}

/** Bytes of the line up to the last that has ink. */
function inkedBytes(lines: Uint8Array, at: number): number {
  let count = MONO_LINE_BYTES;
  while (count > 0 && lines[at + count - 1] === 0) count -= 1;
  return count;
}

function isSolid(lines: Uint8Array, at: number): boolean {
  for (let n = 0; n < MONO_LINE_BYTES; n += 1) if (lines[at + n] !== 0xff) return false;
  return true;
}
