import type { Bits } from './grid.ts';
import { withoutFrame } from './inner-mask.ts';

/** A ridge 26 pixels wide is none; what is left undecided then is not part of the skeleton. */
const MOST_ITERATIONS = 26;
const TL = 1;
const T = 2;
const TR = 4;
const L = 8;
const R = 16;
const BL = 32;
const B = 64;
const BR = 128;
/** A pixel with all four of its sides set is inside, and waits. */
const SIDES = T | L | R | B;

/** What is to become of a pixel, by the pixels around it. */
export const REMOVABLE = 0;
export const KEEP = 1;
export const ENDING = 2;
export const pixelClasses = Uint8Array.from({ length: 256 }, (_, around) => classOf(around));

function classOf(around: number): number {
  const has = (bits: number) => (around & bits) !== 0;
  if (around !== 0 && (around & (around - 1)) === 0) return ENDING;
  const isDiagonal =
    (has(TL) && !has(T | L)) || (has(TR) && !has(T | R)) || (has(BL) && !has(B | L)) || (has(BR) && !has(B | R));
  const isHorizontal = !has(T | B) && has(TR | R | BR) && has(TL | L | BL);
  const isVertical = !has(L | R) && has(TL | T | TR) && has(BL | B | BR);
  return isDiagonal || isHorizontal || isVertical ? KEEP : REMOVABLE;
}

/**
 * SourceAFIS, stages `ridges-thinned-skeleton` and `valleys-thinned-skeleton`: what is left of the lines when they are peeled from
 * both sides. Four passes an iteration, every second pixel of every second row, so that neighbours never go together.
 */
export function thinned(bits: Bits): Bits {
  const { width, height, cells: left } = withoutFrame(bits);
  const passes = [1, 2].flatMap((y) => [1, 2].map((x) => undecidedOf(left, width, height, x, y)));
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration += 1) {
    let removed = 0;
    for (const pass of passes) removed += peel(left, pass, width);
    if (removed === 0) break;
  }
  for (const { pixels, count } of passes) for (let i = 0; i < count; i += 1) left[pixels[i] ?? 0] = 0;
  return { width, height, cells: left };
}

/** Pixels of one pass of which nobody knows yet whether they stay, row by row. */
interface Undecided {
  pixels: Int32Array;
  count: number;
}

function undecidedOf(left: Uint8Array, width: number, height: number, firstX: number, firstY: number): Undecided {
  const pixels = new Int32Array(Math.ceil(width / 2) * Math.ceil(height / 2));
  let count = 0;
  for (let y = firstY; y < height - 1; y += 2) {
    const end = (y + 1) * width - 1;
    for (let at = y * width + firstX; at < end; at += 2) {
      pixels[count] = at;
      count += left[at] ?? 0;
    }
  }
  return { pixels, count };
}

/** Decides what lies at a side now; what lies inside waits, in its place. Gives how many went. */
function peel(left: Uint8Array, pass: Undecided, width: number): number {
  const { pixels, count } = pass;
  let removed = 0;
  pass.count = 0;
  for (let i = 0; i < count; i += 1) {
    const at = pixels[i] ?? 0;
    const bits = around(left, at, width);
    if ((bits & SIDES) === SIDES) {
      pixels[pass.count] = at;
      pass.count += 1;
      continue;
    }
    const kind = pixelClasses[bits];
    if (kind === KEEP || (kind === ENDING && !isFalseEnding(left, at, width, bits))) continue;
    left[at] = 0;
    removed += 1;
  }
  return removed;
}

function around(left: Uint8Array, at: number, width: number): number {
  const above = at - width;
  const below = at + width;
  return (
    (left[above - 1] ?? 0) |
    ((left[above] ?? 0) << 1) |
    ((left[above + 1] ?? 0) << 2) |
    ((left[at - 1] ?? 0) << 3) |
    ((left[at + 1] ?? 0) << 4) |
    ((left[below - 1] ?? 0) << 5) |
    ((left[below] ?? 0) << 6) |
    ((left[below + 1] ?? 0) << 7)
  );
}

/** A spur: the one neighbour has further ones, so the line goes on there without this pixel. */
function isFalseEnding(left: Uint8Array, at: number, width: number, bits: number): boolean {
  const offsets = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
  const neighbour = at + (offsets[Math.log2(bits)] ?? 0);
  let count = 0;
  for (let rest = around(left, neighbour, width); rest !== 0; rest &= rest - 1) count += 1;
  return count > 2;
}
