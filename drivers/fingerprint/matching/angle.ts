/**
 * Directions in [0, 2 pi); y grows downwards, so they turn clockwise on the screen. The direction of a ridge has no sign and is
 * kept doubled: then opposite directions are one value, and sums of vectors are averages.
 */
export const TURN = 2 * Math.PI;

export function angleOf(dx: number, dy: number): number {
  const angle = Math.atan2(dy, dx);
  return angle >= 0 ? angle : angle + TURN;
}

export function opposite(angle: number): number {
  return angle < Math.PI ? angle + Math.PI : angle - Math.PI;
}

/** How far two directions are apart, whichever way around is shorter. */
export function distance(one: number, other: number): number {
  const apart = Math.abs(one - other);
  return apart <= Math.PI ? apart : TURN - apart;
}

export function add(one: number, other: number): number {
  const sum = one + other;
  return sum < TURN ? sum : sum - TURN;
}

/** Of a direction, the doubled angle of its ridge. */
export function doubled(angle: number): number {
  return angle < Math.PI ? 2 * angle : 2 * (angle - Math.PI);
}

/** The same direction, counted the other way around. */
export function mirrored(angle: number): number {
  const other = TURN - angle;
  return other < TURN ? other : other - TURN;
}
