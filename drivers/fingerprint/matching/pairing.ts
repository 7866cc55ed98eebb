import { PairQueue } from './pair-queue.ts';
import type { Template } from './template.ts';
import { anglesMatch, LENGTH_TOLERANCE_PX } from './tolerance.ts';

/** A star has nine edges, so a pair brings at most 81 others. */
const MOST_PAIRS_A_STAR = 81;
const NOT_PAIRED = -1;

/**
 * SourceAFIS, stage `pairing`: which minutia of the probe is which of the candidate, grown from one pair along edges that look
 * alike, the shortest first. A tree: every pair but the root has the one it was reached from. All buffers are kept for the next.
 */
export class Pairing {
  /** By the number of a pair, the root first. */
  probe = new Int32Array(0);
  candidate = new Int32Array(0);
  probeParent = new Int32Array(0);
  candidateParent = new Int32Array(0);
  /** Edges that lead to the pair besides the one of the tree, and edges from it that do so elsewhere. */
  support = new Int32Array(0);
  count = 0;
  readonly #queue = new PairQueue();
  /** Of a minutia, the number of its pair. */
  #ofProbe = new Int32Array(0);
  #ofCandidate = new Int32Array(0);

  /** Makes room for two templates. */
  prepare(probe: Template, candidate: Template): void {
    this.#forget();
    if (this.#ofProbe.length < probe.minutiae.length) {
      const size = probe.minutiae.length;
      this.#ofProbe = new Int32Array(size).fill(NOT_PAIRED);
      this.probe = new Int32Array(size);
      this.candidate = new Int32Array(size);
      this.probeParent = new Int32Array(size);
      this.candidateParent = new Int32Array(size);
      this.support = new Int32Array(size);
    }
    if (this.#ofCandidate.length < candidate.minutiae.length) {
      this.#ofCandidate = new Int32Array(candidate.minutiae.length).fill(NOT_PAIRED);
    }
  }

  grow(probe: Template, candidate: Template, rootProbe: number, rootCandidate: number): void {
    this.#forget();
    const most = Math.min(probe.minutiae.length, candidate.minutiae.length);
    this.#queue.clear(1 + most * MOST_PAIRS_A_STAR);
    this.#queue.push(rootProbe, rootCandidate, NOT_PAIRED, NOT_PAIRED, 0);
    do {
      const pair = this.#add();
      this.#matchStars(probe, candidate, pair);
      this.#skipPaired();
    } while (this.#queue.size > 0);
  }

  #forget(): void {
    for (let pair = 0; pair < this.count; pair += 1) {
      this.#ofProbe[this.probe[pair] ?? 0] = NOT_PAIRED;
      this.#ofCandidate[this.candidate[pair] ?? 0] = NOT_PAIRED;
    }
    this.count = 0;
  }

  #add(): number {
    const queue = this.#queue;
    const waiting = queue.pop();
    const pair = this.count;
    this.count += 1;
    const [probe, candidate] = [queue.probe[waiting] ?? 0, queue.candidate[waiting] ?? 0];
    this.probe[pair] = probe;
    this.candidate[pair] = candidate;
    this.probeParent[pair] = queue.probeParent[waiting] ?? 0;
    this.candidateParent[pair] = queue.candidateParent[waiting] ?? 0;
    this.support[pair] = 0;
    this.#ofProbe[probe] = pair;
    this.#ofCandidate[candidate] = pair;
    return pair;
  }

  /** Stars are sorted by length, so for every edge of the candidate the probe's edges that are long enough start further on. */
  #matchStars({ edges: ours }: Template, { edges: theirs }: Template, pair: number): void {
    const [probe, candidate] = [this.probe[pair] ?? 0, this.candidate[pair] ?? 0];
    const ourEnd = ours.starts[probe + 1] ?? 0;
    const theirEnd = theirs.starts[candidate + 1] ?? 0;
    let first = ours.starts[probe] ?? 0;
    for (let their = theirs.starts[candidate] ?? 0; their < theirEnd; their += 1) {
      const length = theirs.length[their] ?? 0;
      while (first < ourEnd && (ours.length[first] ?? 0) < length - LENGTH_TOLERANCE_PX) first += 1;
      for (let our = first; our < ourEnd && (ours.length[our] ?? 0) <= length + LENGTH_TOLERANCE_PX; our += 1) {
        if (!anglesMatch(ours.referenceAngle[our] ?? 0, theirs.referenceAngle[their] ?? 0)) continue;
        if (!anglesMatch(ours.neighbourAngle[our] ?? 0, theirs.neighbourAngle[their] ?? 0)) continue;
        this.#meet(ours.neighbour[our] ?? 0, theirs.neighbour[their] ?? 0, probe, candidate, length);
      }
    }
  }

  #meet(probe: number, candidate: number, probeParent: number, candidateParent: number, length: number): void {
    if (this.#ofProbe[probe] === NOT_PAIRED && this.#ofCandidate[candidate] === NOT_PAIRED) {
      this.#queue.push(probe, candidate, probeParent, candidateParent, length);
    } else {
      this.#supports(probe, candidate, probeParent);
    }
  }

  #skipPaired(): void {
    const queue = this.#queue;
    while (queue.size > 0) {
      const { head } = queue;
      const [probe, candidate] = [queue.probe[head] ?? 0, queue.candidate[head] ?? 0];
      if (this.#ofProbe[probe] === NOT_PAIRED && this.#ofCandidate[candidate] === NOT_PAIRED) return;
      queue.pop();
      this.#supports(probe, candidate, queue.probeParent[head] ?? 0);
    }
  }

  /** Only where both are paired with each other; an edge that leads to somebody else's pair says nothing. */
  #supports(probe: number, candidate: number, probeParent: number): void {
    const pair = this.#ofProbe[probe] ?? NOT_PAIRED;
    if (pair === NOT_PAIRED || this.candidate[pair] !== candidate) return;
    const parent = this.#ofProbe[probeParent] ?? 0;
    this.support[pair] = (this.support[pair] ?? 0) + 1;
    this.support[parent] = (this.support[parent] ?? 0) + 1;
  }
}
