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
  let longest = 0;
  for (const length of edges.length) longest = Math.max(longest, length);
  const lengthBins = lengthBin(longest + LENGTH_TOLERANCE_PX) + 1;
  const places = placesOf(edges, lengthBins);
  const starts = new Int32Array(lengthBins * ANGLE_BINS * ANGLE_BINS + 1);
  const entries = sortIn(places, starts);
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

/** At most three bins of length, and of either angle three and the nearly empty one. */
const MOST_PLACES = 3 * 4 * 4;

/** For every edge the buckets in which it may be looked for: those up to its tolerance away from its own. */
interface Places {
  /** Of an edge, the end of its buckets; they start where those of the edge before it end. */
  ends: Int32Array;
  bucket: Int32Array;
}

function placesOf(edges: PairEdges, lengthBins: number): Places {
  const count = edges.length.length;
  const places: Places = { ends: new Int32Array(count), bucket: new Int32Array(count * MOST_PLACES) };
  let at = 0;
  for (let edge = 0; edge < count; edge += 1) {
    at = placeEdge(edges, edge, lengthBins, places.bucket, at);
    places.ends[edge] = at;
  }
  return places;
}

function placeEdge(edges: PairEdges, edge: number, lengthBins: number, bucket: Int32Array, start: number): number {
  const length = edges.length[edge] ?? 0;
  const one = edges.referenceAngle[edge] ?? 0;
  const other = edges.neighbourAngle[edge] ?? 0;
  const afterOne = nextBin(highestBin(one));
  const afterOther = nextBin(highestBin(other));
  const firstOther = lowestBin(other);
  const first = Math.max(0, lengthBin(length - LENGTH_TOLERANCE_PX));
  const last = lengthBin(length + LENGTH_TOLERANCE_PX);
  let at = start;
  for (let a = lowestBin(one); a !== afterOne; a = nextBin(a)) {
    for (let b = firstOther; b !== afterOther; b = nextBin(b)) {
      const row = bucketOf(a, b, 0, lengthBins);
      for (let bin = first; bin <= last; bin += 1) {
        bucket[at] = row + bin;
        at += 1;
      }
    }
  }
  return at;
}

/** Counts what every bucket will hold, sets `starts`, and puts the edges in, in their order. */
function sortIn({ ends, bucket }: Places, starts: Int32Array): Int32Array {
  const total = ends.at(-1) ?? 0;
  for (let i = 0; i < total; i += 1) {
    const next = (bucket[i] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let i = 1; i < starts.length; i += 1) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const entries = new Int32Array(total);
  const free = starts.slice();
  let at = 0;
  for (let edge = 0; edge < ends.length; edge += 1) {
    for (const end = ends[edge] ?? 0; at < end; at += 1) {
      const to = free[bucket[at] ?? 0] ?? 0;
      entries[to] = edge;
      free[bucket[at] ?? 0] = to + 1;
    }
  }
  return entries;
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
