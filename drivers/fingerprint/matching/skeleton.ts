import { angleOf } from './angle.ts';
import { type Bits, emptyBits } from './grid.ts';

/** The lines of a picture, one pixel wide: nodes where lines end or fork, and ridges between them. */
export interface Skeleton {
  width: number;
  height: number;
  nodes: SkeletonNode[];
}

/** A node at a pixel (its index in the picture), with the ridges that start there in the order in which they came. */
export interface SkeletonNode {
  at: number;
  ridges: Ridge[];
}

/**
 * A ridge as seen from one of its ends. `reversed` is the same ridge from the other end; both share one list of pixels, and the
 * end of one is the start of the other.
 */
export class Ridge {
  readonly reversed: Ridge;
  readonly #points: number[];
  readonly #isForward: boolean;
  #start: SkeletonNode | null = null;

  constructor(points: number[], reversed?: Ridge) {
    this.#points = points;
    this.#isForward = reversed === undefined;
    this.reversed = reversed ?? new Ridge(points, this);
  }

  get length(): number {
    return this.#points.length;
  }

  get start(): SkeletonNode | null {
    return this.#start;
  }

  get end(): SkeletonNode | null {
    return this.reversed.#start;
  }

  /** Leaves the node it started at, and is the last ridge of the new one. */
  startAt(node: SkeletonNode | null): void {
    const ridges = this.#start?.ridges;
    if (ridges) ridges.splice(ridges.indexOf(this), 1);
    this.#start = node;
    node?.ridges.push(this);
  }

  endAt(node: SkeletonNode | null): void {
    this.reversed.startAt(node);
  }

  detach(): void {
    this.startAt(null);
    this.endAt(null);
  }

  /** The pixel `index` steps from the start. */
  point(index: number): number {
    return this.#points[this.#isForward ? index : this.#points.length - 1 - index] ?? 0;
  }

  prepend(point: number): void {
    if (this.#isForward) this.#points.unshift(point);
    else this.#points.push(point);
  }

  /** Goes on with `other` instead of its own last point. */
  extend(other: Ridge): void {
    if (this.#isForward) this.#points.pop();
    else this.#points.shift();
    for (let i = 0; i < other.length; i += 1) this.reversed.prepend(other.point(i));
  }
}

export function connect(points: number[], from: SkeletonNode, to: SkeletonNode): void {
  const ridge = new Ridge(points);
  ridge.startAt(from);
  ridge.endAt(to);
}

/** How two pixels lie to each other. */
export function angleBetween(from: number, to: number, width: number): number {
  return angleOf((to % width) - (from % width), Math.trunc(to / width) - Math.trunc(from / width));
}

export function squaredDistance(from: number, to: number, width: number): number {
  return ((to % width) - (from % width)) ** 2 + (Math.trunc(to / width) - Math.trunc(from / width)) ** 2;
}

/** Every pixel of the skeleton: for pictures of it, and to see what is in the way. */
export function pixelsOf({ width, height, nodes }: Skeleton): Bits {
  const pixels = emptyBits(width, height);
  for (const { at, ridges } of nodes) {
    pixels.cells[at] = 1;
    for (const ridge of ridges) for (let i = 0; i < ridge.length; i += 1) pixels.cells[ridge.point(i)] = 1;
  }
  return pixels;
}
