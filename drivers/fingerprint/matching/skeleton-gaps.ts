import { distance, opposite } from './angle.ts';
import { lineBetween } from './line.ts';
import {
  angleBetween,
  connect,
  pixelsOf,
  type Ridge,
  type Skeleton,
  type SkeletonNode,
  squaredDistance,
} from './skeleton.ts';
import { removeKnots } from './skeleton-filters.ts';

const SHORTEST_RIDGE = 7;
/** So near that the direction is not asked. */
const NEAR_SQUARED = 5 ** 2;
const FAR_SQUARED = 20 ** 2;
const WIDEST_TURN = Math.PI / 4;
/** How far along its ridge the direction of an end is taken. */
const DIRECTION_POINT = 22;

interface Gap {
  from: SkeletonNode;
  to: SkeletonNode;
  squared: number;
}

/**
 * SourceAFIS, stage `removed-gaps`: a scar or a dry spot breaks a ridge; ends that lie opposite each other become one line, the
 * nearest first, where nothing lies between them.
 */
export function removeGaps(skeleton: Skeleton): void {
  const { cells: taken } = pixelsOf(skeleton);
  for (const { from, to } of gapsOf(skeleton)) {
    if (from.ridges.length !== 1 || to.ridges.length !== 1) continue;
    const line = lineBetween(from.at, to.at, skeleton.width);
    if (line.slice(2, -2).some((pixel) => taken[pixel])) continue;
    connect(line, from, to);
    for (const pixel of line) taken[pixel] = 1;
  }
  removeKnots(skeleton);
}

/** Both orders of a pair: the line between two pixels depends on where it starts. */
function gapsOf({ nodes, width }: Skeleton): Gap[] {
  const ends = nodes.filter((node) => node.ridges.length === 1 && (node.ridges[0]?.length ?? 0) >= SHORTEST_RIDGE);
  const gaps: Gap[] = [];
  for (const from of ends) {
    for (const to of ends) {
      const squared = squaredDistance(from.at, to.at, width);
      if (squared <= FAR_SQUARED && from !== to && isGap(from, to, squared, width)) gaps.push({ from, to, squared });
    }
  }
  return gaps.sort((a, b) => a.squared - b.squared || a.from.at - b.from.at || a.to.at - b.to.at);
}

function isGap(from: SkeletonNode, to: SkeletonNode, squared: number, width: number): boolean {
  const [one, other] = [from.ridges[0], to.ridges[0]];
  if (!one || !other || one.end === to) return false;
  if (squared <= NEAR_SQUARED) return true;
  const across = angleBetween(from.at, to.at, width);
  const isStraight = (ridge: Ridge, at: number, wanted: number) =>
    distance(angleBetween(at, directionPoint(ridge), width), wanted) <= WIDEST_TURN;
  return isStraight(one, from.at, opposite(across)) && isStraight(other, to.at, across);
}

function directionPoint(ridge: Ridge): number {
  return ridge.length > DIRECTION_POINT ? ridge.point(DIRECTION_POINT) : (ridge.end?.at ?? 0);
}
