import type { EdgeTable } from './edges.ts';
import { anglesMatch, LENGTH_TOLERANCE_PX } from './tolerance.ts';

const NOT_LOOKED_AT = -1;

/**
 * Which edges of a probe's star look like which of a candidate's. It does not depend on the root, and the pairings of one comparison
 * meet the same stars again and again, so each two are compared once.
 */
export class StarMatches {
  /** What the last `find` found: matches `from` to `to`, two numbers each, the probe's edge and the candidate's. */
  edges = new Int32Array(1_024);
  from = 0;
  to = 0;
  #used = 0;
  #starts = new Int32Array(0);
  #ends = new Int32Array(0);
  #width = 0;

  /** Forgets the last comparison. */
  prepare(probeMinutiae: number, candidateMinutiae: number): void {
    const size = probeMinutiae * candidateMinutiae;
    if (this.#starts.length < size) {
      this.#starts = new Int32Array(size);
      this.#ends = new Int32Array(size);
    }
    this.#starts.fill(NOT_LOOKED_AT, 0, size);
    this.#width = candidateMinutiae;
    this.#used = 0;
  }

  find(ours: EdgeTable, theirs: EdgeTable, probe: number, candidate: number): void {
    const at = probe * this.#width + candidate;
    if (this.#starts[at] === NOT_LOOKED_AT) {
      this.#starts[at] = this.#used;
      this.#compare(ours, theirs, probe, candidate);
      this.#ends[at] = this.#used;
    }
    this.from = this.#starts[at] ?? 0;
    this.to = this.#ends[at] ?? 0;
  }

  /** Stars are sorted by length, so the longer the candidate's edge, the further on the probe's edges that are long enough start. */
  #compare(ours: EdgeTable, theirs: EdgeTable, probe: number, candidate: number): void {
    const ourEnd = ours.starts[probe + 1] ?? 0;
    const theirEnd = theirs.starts[candidate + 1] ?? 0;
    let first = ours.starts[probe] ?? 0;
    for (let their = theirs.starts[candidate] ?? 0; their < theirEnd; their += 1) {
      const length = theirs.length[their] ?? 0;
      while (first < ourEnd && (ours.length[first] ?? 0) < length - LENGTH_TOLERANCE_PX) first += 1;
      for (let our = first; our < ourEnd && (ours.length[our] ?? 0) <= length + LENGTH_TOLERANCE_PX; our += 1) {
        if (!anglesMatch(ours.referenceAngle[our] ?? 0, theirs.referenceAngle[their] ?? 0)) continue;
        if (anglesMatch(ours.neighbourAngle[our] ?? 0, theirs.neighbourAngle[their] ?? 0)) this.#keep(our, their);
      }
    }
  }

  #keep(our: number, their: number): void {
    if (this.#used + 2 > this.edges.length) {
      const larger = new Int32Array(2 * this.edges.length);
      larger.set(this.edges);
      this.edges = larger;
    }
    this.edges[this.#used] = our;
    this.edges[this.#used + 1] = their;
    this.#used += 2;
  }
}
