import type { Bits } from './grid.ts';
import { angleBetween, type Ridge, type Skeleton } from './skeleton.ts';

/** A place where a ridge ends or forks. */
export interface Minutia {
  x: number;
  y: number;
  /** Along its own ridge (or, of a bifurcation, its valley), clockwise on the screen, rounded to 32 bits. */
  direction: number;
  type: MinutiaType;
}
export type MinutiaType = 'ending' | 'bifurcation';

/** Along the ridge, the pixels that the direction is taken from: not the first, which the thinning may have bent. */
const DIRECTION = { first: 1, last: 21 };
/** From the minutia away from its ridge; there the picture still has to be good. */
const BEYOND_PX = 10.06;
const CLOUD = { most: 4, squared: 20 ** 2 };
const MOST_MINUTIAE = 100;
/** Of the neighbours, the one whose distance says how lonely a minutia is. */
const LONELY_NEIGHBOUR = 5;

/** SourceAFIS, stage `skeleton-minutiae`. A fork of ridges is a valley that ends. */
export function collected(ridges: Skeleton, valleys: Skeleton): Minutia[] {
  return [...endsOf(ridges, 'ending'), ...endsOf(valleys, 'bifurcation')];
}

function endsOf({ nodes, width }: Skeleton, type: MinutiaType): Minutia[] {
  return nodes.flatMap(({ at, ridges }) => {
    const [ridge] = ridges;
    if (ridges.length !== 1 || !ridge) return [];
    return [{ x: at % width, y: Math.trunc(at / width), direction: directionOf(ridge, width), type }];
  });
}

function directionOf(ridge: Ridge, width: number): number {
  const last = Math.min(DIRECTION.last, ridge.length - 1);
  const first = Math.max(0, DIRECTION.first + last - DIRECTION.last);
  return Math.fround(angleBetween(ridge.point(first), ridge.point(last), width));
}

/** SourceAFIS, stage `inner-minutiae`: a ridge that leaves the picture does not end. */
export function inner(minutiae: readonly Minutia[], { width, height, cells }: Bits): Minutia[] {
  return minutiae.filter(({ x, y, direction }) => {
    const beyondX = x + Math.round(-BEYOND_PX * Math.cos(direction));
    const beyondY = y + Math.round(-BEYOND_PX * Math.sin(direction));
    if (beyondX < 0 || beyondY < 0 || beyondX >= width || beyondY >= height) return false;
    return cells[beyondY * width + beyondX] === 1;
  });
}

/** SourceAFIS, stage `removed-minutia-clouds`: where many lie close together, the skin is broken and none is real. */
export function withoutClouds(minutiae: readonly Minutia[]): Minutia[] {
  return minutiae.filter((one) => {
    const near = minutiae.filter((other) => other !== one && squaredApart(one, other) <= CLOUD.squared);
    return near.length <= CLOUD.most;
  });
}

/** SourceAFIS, stage `top-minutiae`: of too many, the lonely ones; they are the surest. */
export function loneliest(minutiae: readonly Minutia[]): Minutia[] {
  if (minutiae.length <= MOST_MINUTIAE) return [...minutiae];
  const ranked = minutiae.map((minutia) => ({ minutia, space: spaceAround(minutia, minutiae) }));
  return ranked
    .sort((a, b) => b.space - a.space)
    .slice(0, MOST_MINUTIAE)
    .map(({ minutia }) => minutia);
}

function spaceAround(minutia: Minutia, minutiae: readonly Minutia[]): number {
  const squares = minutiae.map((other) => squaredApart(minutia, other)).sort((a, b) => a - b);
  return squares[LONELY_NEIGHBOUR] ?? 0;
}

export function squaredApart(one: Minutia, other: Minutia): number {
  return (one.x - other.x) ** 2 + (one.y - other.y) ** 2;
}
