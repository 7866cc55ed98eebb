import { type EdgeShape, measureEdge } from './edge-shape.ts';
import type { Minutia } from './minutiae.ts';
import { angleBin, bucketOf, lengthBin, type ProbeIndex } from './probe-index.ts';
import { anglesMatch, LENGTH_TOLERANCE_PX } from './tolerance.ts';

/** Long edges first: their angles say more. */
const LONG_PX = 58;
const MOST_TRIED = 70;
const MOST_LOOKUPS = 1_633;

/**
 * SourceAFIS, stage `root-pairs`: pairs of a minutia of the probe and one of the candidate from which a pairing may grow, because an
 * edge at one looks like an edge at the other.
 */
export class Roots {
  readonly probe = new Int32Array(MOST_TRIED);
  readonly candidate = new Int32Array(MOST_TRIED);
  count = 0;
  #tried = 0;
  #lookups = 0;
  readonly #shape: EdgeShape = { length: 0, referenceAngle: 0, neighbourAngle: 0 };

  find(probe: ProbeIndex, candidate: readonly Minutia[]): void {
    this.count = 0;
    this.#tried = 0;
    this.#lookups = 0;
    if (!this.#pass(probe, candidate, true)) this.#pass(probe, candidate, false);
  }

  /** The edges of one class, spread over all minutiae and all directions from the start. True at the end of what may be tried. */
  #pass(probe: ProbeIndex, candidate: readonly Minutia[], isLong: boolean): boolean {
    for (let period = 1; period < candidate.length; period += 1) {
      for (let phase = 0; phase <= period; phase += 1) {
        for (let reference = phase; reference < candidate.length; reference += period + 1) {
          const neighbour = (reference + period) % candidate.length;
          if (!this.#measure(candidate, reference, neighbour, isLong)) continue;
          if (this.#lookUp(probe, reference)) return true;
        }
      }
    }
    return false;
  }

  #measure(candidate: readonly Minutia[], reference: number, neighbour: number, isLong: boolean): boolean {
    const [here, there] = [candidate[reference], candidate[neighbour]];
    if (!here || !there) return false;
    measureEdge(here, there, this.#shape);
    return this.#shape.length >= LONG_PX === isLong;
  }

  #lookUp(probe: ProbeIndex, reference: number): boolean {
    const { length, referenceAngle, neighbourAngle } = this.#shape;
    const bin = lengthBin(length);
    if (bin < probe.lengthBins) {
      const bucket = bucketOf(angleBin(referenceAngle), angleBin(neighbourAngle), bin, probe.lengthBins);
      const end = probe.starts[bucket + 1] ?? 0;
      for (let at = probe.starts[bucket] ?? 0; at < end; at += 1) {
        const edge = probe.entries[at] ?? 0;
        if (!this.#isHit(probe, edge)) continue;
        this.#addOnce(probe.edges.reference[edge] ?? 0, reference);
        this.#tried += 1;
        if (this.#tried >= MOST_TRIED) return true;
      }
    }
    this.#lookups += 1;
    return this.#lookups >= MOST_LOOKUPS;
  }

  #isHit({ edges }: ProbeIndex, edge: number): boolean {
    const { length, referenceAngle, neighbourAngle } = this.#shape;
    return (
      Math.abs((edges.length[edge] ?? 0) - length) <= LENGTH_TOLERANCE_PX &&
      anglesMatch(edges.referenceAngle[edge] ?? 0, referenceAngle) &&
      anglesMatch(edges.neighbourAngle[edge] ?? 0, neighbourAngle)
    );
  }

  /** A pair that was found before counts as tried all the same. */
  #addOnce(probe: number, candidate: number): void {
    for (let i = 0; i < this.count; i += 1) {
      if (this.probe[i] === probe && this.candidate[i] === candidate) return;
    }
    this.probe[this.count] = probe;
    this.candidate[this.count] = candidate;
    this.count += 1;
  }
}
