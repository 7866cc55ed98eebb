import { difference32, PI_32, TURN_32 } from './angle32.ts';

/** How far two edges may differ and still be the same edge of the same finger. */
export const LENGTH_TOLERANCE_PX = 13;
/** Ten degrees, rounded as everything the matcher counts in. */
export const ANGLE_TOLERANCE = Math.fround(Math.fround(PI_32 / 180) * 10);
const WHOLE_TURN_LESS = Math.fround(TURN_32 - ANGLE_TOLERANCE);

export function anglesMatch(one: number, other: number): boolean {
  const apart = difference32(one, other);
  return apart <= ANGLE_TOLERANCE || apart >= WHOLE_TURN_LESS;
}
