import { PairQueue } from './pair-queue.ts';
import { StarMatches } from './star-matches.ts';
import type { Template } from './template.ts';

/** A star has nine edges, so a pair brings at most 81 others. */
const MOST_PAIRS_A_STAR = 81;
const NONE = -1;

/**
 * SourceAFIS, stage `pairing`: which minutia of the probe is which of the candidate, grown from one pair along edges that look
 * alike, the shortest first. A tree: every pair but the root has the one it was reached from. All buffers are kept for the next.
 */
export class Pairing {
  /** By the number of a pair, the root first. */
  probe = new Int32Array(0);
  candidate = new Int32Array(0);
  /** The pair it was reached from, and the edges that led there; -1 for the root. */
  parent = new Int32Array(0);
  probeEdge = new Int32Array(0);
  candidateEdge = new Int32Array(0);
  /** Edges that lead to the pair besides the one of the tree, and edges from it that do so elsewhere. */
  support = new Int32Array(0);
  count = 0;
  readonly #queue = new PairQueue();
  readonly #matches = new StarMatches();
  /** Of a minutia, the number of its pair. */
  #ofProbe = new Int32Array(0);
  #ofCandidate = new Int32Array(0);

  /** Makes room for two templates, and forgets those before. */
  prepare(probe: Template, candidate: Template): void {
    this.#forget();
    const [ours, theirs] = [probe.minutiae.length, candidate.minutiae.length];
    if (this.#ofProbe.length < ours) {
      this.#ofProbe = new Int32Array(ours).fill(NONE);
      this.probe = new Int32Array(ours);
      this.candidate = new Int32Array(ours);
      this.parent = new Int32Array(ours);
      this.probeEdge = new Int32Array(ours);
      this.candidateEdge = new Int32Array(ours);
      this.support = new Int32Array(ours);
    }
    if (this.#ofCandidate.length < theirs) this.#ofCandidate = new Int32Array(theirs).fill(NONE);
    this.#matches.prepare(ours, theirs);
  }

  grow(probe: Template, candidate: Template, rootProbe: number, rootCandidate: number): void {
    this.#forget();
    const most = Math.min(probe.minutiae.length, candidate.minutiae.length);
    this.#queue.clear(1 + most * MOST_PAIRS_A_STAR);
    this.#queue.push(rootProbe, rootCandidate, NONE, NONE, NONE, 0);
    do {
      this.#matchStars(probe, candidate, this.#add());
      this.#skipPaired();
    } while (this.#queue.size > 0);
  }

  #forget(): void {
    for (let pair = 0; pair < this.count; pair += 1) {
      this.#ofProbe[this.probe[pair] ?? 0] = NONE;
      this.#ofCandidate[this.candidate[pair] ?? 0] = NONE;
    }
    this.count = 0;
  }

  #add(): number {
    const queue = this.#queue;
    const waiting = queue.pop();
    const pair = this.count;
    this.count += 1;
    const probe = queue.probe[waiting] ?? 0;
    const candidate = queue.candidate[waiting] ?? 0;
    this.probe[pair] = probe;
    this.candidate[pair] = candidate;
    this.parent[pair] = queue.parent[waiting] ?? 0;
    this.probeEdge[pair] = queue.probeEdge[waiting] ?? 0;
    this.candidateEdge[pair] = queue.candidateEdge[waiting] ?? 0;
    this.support[pair] = 0;
    this.#ofProbe[probe] = pair;
    this.#ofCandidate[candidate] = pair;
    return pair;
  }

  #matchStars({ edges: ours }: Template, { edges: theirs }: Template, pair: number): void {
    const matches = this.#matches;
    matches.find(ours, theirs, this.probe[pair] ?? 0, this.candidate[pair] ?? 0);
    for (let i = matches.from; i < matches.to; i += 2) {
      const our = matches.edges[i] ?? 0;
      const their = matches.edges[i + 1] ?? 0;
      const probe = ours.neighbour[our] ?? 0;
      const candidate = theirs.neighbour[their] ?? 0;
      if (this.#isFree(probe, candidate)) {
        this.#queue.push(probe, candidate, pair, our, their, theirs.length[their] ?? 0);
      } else {
        this.#supports(probe, candidate, pair);
      }
    }
  }

  #isFree(probe: number, candidate: number): boolean {
    return this.#ofProbe[probe] === NONE && this.#ofCandidate[candidate] === NONE;
  }

  /** What waited while one of its minutiae was paired otherwise is no pair any more, but may still support one. */
  #skipPaired(): void {
    const queue = this.#queue;
    while (queue.size > 0) {
      const { head } = queue;
      const probe = queue.probe[head] ?? 0;
      const candidate = queue.candidate[head] ?? 0;
      if (this.#isFree(probe, candidate)) return;
      queue.pop();
      this.#supports(probe, candidate, queue.parent[head] ?? 0);
    }
  }

  /** Only where both are paired with each other; an edge that leads to somebody else's pair says nothing. */
  #supports(probe: number, candidate: number, parent: number): void {
    const pair = this.#ofProbe[probe] ?? NONE;
    if (pair === NONE || this.candidate[pair] !== candidate) return;
    this.support[pair] = (this.support[pair] ?? 0) + 1;
    this.support[parent] = (this.support[parent] ?? 0) + 1;
  }
}
