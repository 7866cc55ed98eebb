/**
 * Directions of minutiae and of edges: as in `angle.ts`, but rounded to 32 bits after every step. The published scores were
 * measured so, and a tolerance of ten degrees falls on one side or the other by the last bit.
 */
const fround = (value: number): number => Math.fround(value);

export const PI_32 = fround(Math.PI);
export const TURN_32 = fround(2 * Math.PI);
export const QUARTER_32 = fround(Math.PI / 2);

/** From `other` to `one`; TURN_32 itself where they are a hair apart. */
export function difference32(one: number, other: number): number {
  const apart = fround(one - other);
  return apart >= 0 ? apart : fround(apart + TURN_32);
}

export function add32(one: number, other: number): number {
  const sum = fround(one + other);
  return sum < TURN_32 ? sum : fround(sum - TURN_32);
}

export function opposite32(angle: number): number {
  return angle < PI_32 ? fround(angle + PI_32) : fround(angle - PI_32);
}

export function distance32(one: number, other: number): number {
  const apart = Math.abs(fround(one - other));
  return apart <= PI_32 ? apart : fround(TURN_32 - apart);
}

export function mirrored32(angle: number): number {
  const other = fround(TURN_32 - angle);
  return other < TURN_32 ? other : fround(other - TURN_32);
}
