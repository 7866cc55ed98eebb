import { createHash } from 'node:crypto';
import type { Skeleton } from '../skeleton.ts';
import measured from './fingerprint-vectors.json' with { type: 'json' };
import type { ImageName } from './images.ts';

type Bitmap = { set: number; sha256: string };
/** Nodes, ridges, pixels of ridges, nodes of degree 1, nodes of degree 3. */
type SkeletonCounts = number[];

export interface MeasuredImage {
  scaled: number[];
  bitmaps: Record<string, Bitmap>;
  skeletons: Record<string, SkeletonCounts>;
  counts: { collected: number; inner: number; clouds: number; top: number };
  pixelsSha256: string;
  minutiae: [x: number, y: number, direction: number, type: string][];
  edges: [neighbour: number, length: number, referenceAngle: number, neighbourAngle: number][][];
  isoHex: string;
}
export interface MeasuredMatch {
  score: number;
  roots: number;
  best: { raw: number; pairs: number; supportingEdgeSum: number; rootIndex: number };
}

export const measuredImages = measured.images as unknown as Record<ImageName, MeasuredImage>;
export const measuredMatches = measured.scores as Record<string, MeasuredMatch>;

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function countsOf({ nodes }: Skeleton): SkeletonCounts {
  const degrees = nodes.map(({ ridges }) => ridges.length);
  const lengths = nodes.flatMap(({ ridges }) => ridges.map(({ length }) => length));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const ofDegree = (degree: number) => degrees.filter((one) => one === degree).length;
  return [nodes.length, sum(degrees) / 2, sum(lengths) / 2, ofDegree(1), ofDegree(3)]; // every ridge has two ends
}
