import type { Bits } from './grid.ts';
import { lineBetween } from './line.ts';
import { connect, type Skeleton, type SkeletonNode } from './skeleton.ts';

/**
 * SourceAFIS, stages `ridges-traced-skeleton` and `valleys-traced-skeleton`: from pixels to nodes and ridges. The frame of `thin` is
 * clear, as `thinned` leaves it. Closed rings without an end or a fork are lost, and nobody misses them.
 */
export function traced(thin: Bits): Skeleton {
  const tracing = new Tracing(thin);
  tracing.findNodes();
  tracing.followRidges();
  for (const node of tracing.nodes) reachNode(node, thin.width);
  return { width: thin.width, height: thin.height, nodes: tracing.nodes };
}

class Tracing {
  readonly nodes: SkeletonNode[] = [];
  readonly #thin: Uint8Array;
  readonly #around: readonly number[];
  readonly #width: number;
  /** Pixels where a line ends or forks, in order. */
  readonly #ends: number[] = [];
  readonly #isEnd: Uint8Array;
  readonly #nodeAt = new Map<number, SkeletonNode>();
  /** Second pixels of the ridges that are known, from either side. */
  readonly #leads = new Set<number>();

  constructor({ width, cells }: Bits) {
    this.#thin = cells;
    this.#width = width;
    this.#around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
    this.#isEnd = new Uint8Array(cells.length);
    for (let pixel = cells.indexOf(1); pixel >= 0; pixel = cells.indexOf(1, pixel + 1)) {
      const lines = this.#countAround(pixel);
      if (lines !== 1 && lines <= 2) continue;
      this.#ends.push(pixel);
      this.#isEnd[pixel] = 1;
    }
  }

  findNodes(): void {
    for (const end of this.#ends) {
      if (this.#nodeAt.has(end)) continue;
      const node: SkeletonNode = { at: 0, ridges: [] };
      node.at = this.#middleOf(this.#clusterOf(end, node));
      this.nodes.push(node);
    }
  }

  /** Where forks and ends touch, they are one node. */
  #clusterOf(first: number, node: SkeletonNode): number[] {
    const cluster = [first];
    this.#nodeAt.set(first, node);
    for (const pixel of cluster) {
      for (const offset of this.#around) {
        const next = pixel + offset;
        if (!this.#isEnd[next] || this.#nodeAt.has(next)) continue;
        this.#nodeAt.set(next, node);
        cluster.push(next);
      }
    }
    return cluster;
  }

  #middleOf(cluster: readonly number[]): number {
    let [x, y] = [0, 0];
    for (const pixel of cluster) {
      x += pixel % this.#width;
      y += Math.trunc(pixel / this.#width);
    }
    return Math.trunc(y / cluster.length) * this.#width + Math.trunc(x / cluster.length);
  }

  followRidges(): void {
    for (const end of this.#ends) {
      for (const offset of this.#around) {
        const lead = end + offset;
        if (this.#thin[lead] && !this.#isEnd[lead] && !this.#leads.has(lead)) this.#follow(end, lead);
      }
    }
  }

  #follow(end: number, lead: number): void {
    const points = [end, lead];
    let [before, here] = [end, lead];
    while (!this.#isEnd[here]) {
      const next = this.#nextAfter(here, before);
      points.push(next);
      [before, here] = [here, next];
    }
    this.#leads.add(lead).add(before);
    const [from, to] = [this.#nodeAt.get(end), this.#nodeAt.get(here)];
    if (from && to) connect(points, from, to);
  }

  /** Every pixel of a line has two neighbours: the one it is reached from, and this. */
  #nextAfter(here: number, before: number): number {
    for (const offset of this.#around) {
      const next = here + offset;
      if (this.#thin[next] && next !== before) return next;
    }
    throw new Error('a line ends at a pixel that is no end');
  }

  #countAround(pixel: number): number {
    let count = 0;
    for (const offset of this.#around) count += this.#thin[pixel + offset] ?? 0;
    return count;
  }
}

/** A ridge starts at a pixel of the cluster; the node is its middle. */
function reachNode(node: SkeletonNode, width: number): void {
  for (const ridge of node.ridges) {
    const first = ridge.point(0);
    if (first === node.at) continue;
    for (const pixel of lineBetween(first, node.at, width).slice(1)) ridge.prepend(pixel);
  }
}
