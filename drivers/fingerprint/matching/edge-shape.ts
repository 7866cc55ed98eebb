import { difference32, opposite32, PI_32, QUARTER_32 } from './angle32.ts';
import type { Minutia } from './minutiae.ts';

/** An edge as both its ends see it: whole pixels, and the angles between it and the directions of the minutiae. */
export interface EdgeShape {
  length: number;
  referenceAngle: number;
  neighbourAngle: number;
}

/** Lengths and angles are those of the first quadrant at 8 bits a side; longer edges are measured more coarsely. */
const SIDE = 256;
const lengths = new Int16Array(SIDE * SIDE);
const angles = new Float32Array(SIDE * SIDE);
for (let dy = 0; dy < SIDE; dy += 1) {
  for (let dx = 0; dx < SIDE; dx += 1) {
    lengths[dy * SIDE + dx] = Math.round(Math.sqrt(dx * dx + dy * dy));
    angles[dy * SIDE + dx] = Math.atan2(dy, dx);
  }
}

/** Measures the edge from `reference` to `neighbour` into `shape`, so that a loop over all pairs makes no garbage. */
export function measureEdge(reference: Minutia, neighbour: Minutia, shape: EdgeShape): void {
  let dx = neighbour.x - reference.x;
  let dy = neighbour.y - reference.y;
  let quadrant = 0;
  if (dy < 0) {
    dx = -dx;
    dy = -dy;
    quadrant = PI_32;
  }
  if (dx < 0) {
    [dx, dy] = [dy, -dx];
    quadrant = Math.fround(quadrant + QUARTER_32);
  }
  const shift = Math.max(0, 24 - Math.clz32(dx | dy));
  const at = (dy >> shift) * SIDE + (dx >> shift);
  const angle = Math.fround((angles[at] ?? 0) + quadrant);
  shape.length = (lengths[at] ?? 0) << shift;
  shape.referenceAngle = difference32(reference.direction, angle);
  shape.neighbourAngle = difference32(neighbour.direction, opposite32(angle));
}
