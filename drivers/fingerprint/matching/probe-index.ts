import { add32, difference32 } from './angle32.ts';
import { type EdgeShape, measureEdge } from './edge-shape.ts';
import type { Template } from './template.ts';
import { ANGLE_TOLERANCE, LENGTH_TOLERANCE_PX } from './tolerance.ts';

/** Bins of an angle. The tolerance is a hair below ten degrees, so there is one more than 36, and it is nearly empty. */
export const ANGLE_BINS = Math.ceil((2 * Math.PI) / ANGLE_TOLERANCE);

/**
 * SourceAFIS, stage `edge-hash`: all edges of the probe, found by their shape. A bucket for every combination of bins, not only for
 * those in use: a finger's picture has some 60,000, and to find one is a sum instead of a search. Bucket `i` is `entries[starts[i]]`
 * up to `starts[i + 1]`, each the number of an edge, in the order in which the edges were put in.
 */
export interface ProbeIndex {
  template: Template;
  edges: PairEdges;
  lengthBins: number;
  starts: Int32Array;
  entries: Int32Array;
}

/** The edges between all pairs of minutiae, both ways. */
export interface PairEdges {
  reference: Int32Array;
  length: Int32Array;
  referenceAngle: Float32Array;
  neighbourAngle: Float32Array;
}

export function indexProbe(template: Template): ProbeIndex {
  const edges = pairEdges(template);
  const longest = edges.length.reduce((most, length) => Math.max(most, length), 0);
  const lengthBins = lengthBin(longest + LENGTH_TOLERANCE_PX) + 1;
  const starts = new Int32Array(lengthBins * ANGLE_BINS * ANGLE_BINS + 1);
  forEachPlace(edges, lengthBins, (bucket) => {
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
  });
  for (let i = 1; i < starts.length; i += 1) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const entries = new Int32Array(starts.at(-1) ?? 0);
  const free = starts.slice();
  forEachPlace(edges, lengthBins, (bucket, edge) => {
    const at = free[bucket] ?? 0;
    entries[at] = edge;
    free[bucket] = at + 1;
  });
  return { template, edges, lengthBins, starts, entries };
}

function pairEdges({ minutiae }: Template): PairEdges {
  const pairs = minutiae.length * Math.max(0, minutiae.length - 1);
  const edges: PairEdges = {
    reference: new Int32Array(pairs),
    length: new Int32Array(pairs),
    referenceAngle: new Float32Array(pairs),
    neighbourAngle: new Float32Array(pairs),
  };
  const shape: EdgeShape = { length: 0, referenceAngle: 0, neighbourAngle: 0 };
  let at = 0;
  for (const [reference, here] of minutiae.entries()) {
    for (const [neighbour, there] of minutiae.entries()) {
      if (neighbour === reference) continue;
      measureEdge(here, there, shape);
      edges.reference[at] = reference;
      edges.length[at] = shape.length;
      edges.referenceAngle[at] = shape.referenceAngle;
      edges.neighbourAngle[at] = shape.neighbourAngle;
      at += 1;
    }
  }
  return edges;
}

/** Every bucket that an edge may be looked for in, up to its tolerance away from its own. */
function forEachPlace(edges: PairEdges, lengthBins: number, place: (bucket: number, edge: number) => void): void {
  for (let edge = 0; edge < edges.length.length; edge += 1) {
    const length = edges.length[edge] ?? 0;
    const [one, other] = [edges.referenceAngle[edge] ?? 0, edges.neighbourAngle[edge] ?? 0];
    const [firstOne, lastOne] = [lowestBin(one), highestBin(one)];
    const [firstOther, lastOther] = [lowestBin(other), highestBin(other)];
    const first = Math.max(0, lengthBin(length - LENGTH_TOLERANCE_PX));
    for (let bin = first; bin <= lengthBin(length + LENGTH_TOLERANCE_PX); bin += 1) {
      for (let a = firstOne; ; a = nextBin(a)) {
        for (let b = firstOther; ; b = nextBin(b)) {
          place(bucketOf(a, b, bin, lengthBins), edge);
          if (b === lastOther) break;
        }
        if (a === lastOne) break;
      }
    }
  }
}

export function lengthBin(length: number): number {
  return Math.trunc(length / LENGTH_TOLERANCE_PX);
}

export function angleBin(angle: number): number {
  return Math.trunc(Math.fround(angle / ANGLE_TOLERANCE));
}

function lowestBin(angle: number): number {
  return angleBin(difference32(angle, ANGLE_TOLERANCE));
}

function highestBin(angle: number): number {
  return angleBin(add32(angle, ANGLE_TOLERANCE));
}

function nextBin(bin: number): number {
  return bin + 1 < ANGLE_BINS ? bin + 1 : 0;
}

export function bucketOf(referenceBin: number, neighbourBin: number, length: number, lengthBins: number): number {
  return (referenceBin * ANGLE_BINS + neighbourBin) * lengthBins + length;
}
