import { distance32 } from './angle32.ts';
import type { Pairing } from './pairing.ts';
import type { Template } from './template.ts';
import { ANGLE_TOLERANCE, LENGTH_TOLERANCE_PX } from './tolerance.ts';

/** What a pairing says for two fingers being one. */
export interface ScoreTerms {
  minutiae: number;
  /** Of the probe's minutiae and of the candidate's, the mean part that is paired. */
  fraction: number;
  supported: number;
  edges: number;
  sameType: number;
  distanceAccuracy: number;
  angleAccuracy: number;
}

const WEIGHTS = {
  minutiae: 0.032,
  fraction: 8.98,
  supported: 0.193,
  edges: 0.265,
  sameType: 0.629,
  distanceAccuracy: 9.9,
  angleAccuracy: 2.79,
} as const satisfies Record<keyof ScoreTerms, number>;

/** Differences below these count as much as these do: nobody's finger lies that still. */
const FREE_LENGTH_PX = Math.round(0.69 * LENGTH_TOLERANCE_PX);
const FREE_ANGLE = Math.fround(0.27 * ANGLE_TOLERANCE);

/** Raw scores and what they stand for: each ten more, ten times fewer false matches. Measured by the author of SourceAFIS. */
const SHAPE: readonly (readonly [raw: number, shaped: number])[] = [
  [8.48, 0],
  [11.12, 3],
  [14.15, 10],
  [18.22, 20],
  [22.39, 30],
  [27.24, 40],
  [32.01, 50],
];
/** Beyond the last step, on as steep as over the three before it. */
const BEYOND = { raw: 32.01, shaped: 50, steps: { raw: 32.01 - 18.22, shaped: 30 } };

/** SourceAFIS, stage `score`, into `terms`. */
export function judge(pairing: Pairing, probe: Template, candidate: Template, terms: ScoreTerms): void {
  terms.minutiae = pairing.count;
  terms.fraction = (pairing.count / probe.minutiae.length + pairing.count / candidate.minutiae.length) / 2;
  countPairs(pairing, probe, candidate, terms);
  sumErrors(pairing, probe, candidate, terms);
}

function countPairs(pairing: Pairing, probe: Template, candidate: Template, terms: ScoreTerms): void {
  let supported = 0;
  let edges = pairing.count;
  let sameType = 0;
  for (let pair = 0; pair < pairing.count; pair += 1) {
    const support = pairing.support[pair] ?? 0;
    if (support > 0) supported += 1;
    edges += support;
    const type = probe.minutiae[pairing.probe[pair] ?? 0]?.type;
    if (type === candidate.minutiae[pairing.candidate[pair] ?? 0]?.type) sameType += 1;
  }
  terms.supported = supported;
  terms.edges = edges;
  terms.sameType = sameType;
}

/** Along the edges of the tree; a root alone has none, and no accuracy. */
function sumErrors(pairing: Pairing, { edges: ours }: Template, { edges: theirs }: Template, terms: ScoreTerms): void {
  let lengths = 0;
  let angles = 0;
  for (let pair = 1; pair < pairing.count; pair += 1) {
    const our = pairing.probeEdge[pair] ?? 0;
    const their = pairing.candidateEdge[pair] ?? 0;
    const apart = Math.abs((ours.length[our] ?? 0) - (theirs.length[their] ?? 0));
    const reference = distance32(ours.referenceAngle[our] ?? 0, theirs.referenceAngle[their] ?? 0);
    const neighbour = distance32(ours.neighbourAngle[our] ?? 0, theirs.neighbourAngle[their] ?? 0);
    lengths += Math.max(FREE_LENGTH_PX, apart);
    angles = Math.fround(angles + Math.max(FREE_ANGLE, reference));
    angles = Math.fround(angles + Math.max(FREE_ANGLE, neighbour));
  }
  const edges = pairing.count - 1;
  const lengthPotential = LENGTH_TOLERANCE_PX * edges;
  const anglePotential = Math.fround(ANGLE_TOLERANCE * 2 * edges);
  terms.distanceAccuracy = edges > 0 ? (lengthPotential - lengths) / lengthPotential : 0;
  terms.angleAccuracy = edges > 0 ? Math.fround(Math.fround(anglePotential - angles) / anglePotential) : 0;
}

export function rawScore(terms: ScoreTerms): number {
  return (
    WEIGHTS.minutiae * terms.minutiae +
    WEIGHTS.fraction * terms.fraction +
    WEIGHTS.supported * terms.supported +
    WEIGHTS.edges * terms.edges +
    WEIGHTS.sameType * terms.sameType +
    WEIGHTS.distanceAccuracy * terms.distanceAccuracy +
    WEIGHTS.angleAccuracy * terms.angleAccuracy
  );
}

/** 40 stands for one false match in 10,000 comparisons, 30 for one in 1,000, 50 for one in 100,000. */
export function shapedScore(raw: number): number {
  if (raw >= BEYOND.raw) return ((raw - BEYOND.raw) / BEYOND.steps.raw) * BEYOND.steps.shaped + BEYOND.shaped;
  for (let step = SHAPE.length - 1; step > 0; step -= 1) {
    const [from, to] = [SHAPE[step - 1], SHAPE[step]];
    if (from && to && raw >= from[0]) return from[1] + ((raw - from[0]) / (to[0] - from[0])) * (to[1] - from[1]);
  }
  return 0;
}
