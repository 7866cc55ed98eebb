/**
 * What a matcher is judged by. Rates are parts of one, scores are those of the matcher. NaN (null as JSON) where there was nothing to
 * count: of one finger alone nobody knows how often others pass for it.
 */
export interface Rates {
  genuine: number;
  impostor: number;
  /** Where as many fingers are refused as others are taken for them. */
  eer: number;
  /** The fewest of one's own refused (FNMR) while at most one other in so many is accepted (FMR). */
  fmr100: number;
  fmr1000: number;
  fmr10000: number;
  zeroFmr: number;
  /** At the scores that decide. */
  fnmrAt30: number;
  fnmrAt40: number;
  fmrAt20: number;
  fmrAt30: number;
  fmrAt40: number;
  highestImpostor: number;
}

export function ratesOf(genuine: readonly number[], impostor: readonly number[]): Rates {
  const scores = sortedScores(genuine, impostor);
  const points = curveOf(scores);
  const fewest = (most: number) => points.find(({ fmr }) => fmr <= most)?.fnmr ?? Number.NaN;
  return {
    genuine: genuine.length,
    impostor: impostor.length,
    eer: equalErrorRate(points),
    fmr100: fewest(1 / 100),
    fmr1000: fewest(1 / 1000),
    fmr10000: fewest(1 / 10_000),
    zeroFmr: fewest(0),
    fnmrAt30: fnmrAt(scores, 30),
    fnmrAt40: fnmrAt(scores, 40),
    fmrAt20: fmrAt(scores, 20),
    fmrAt30: fmrAt(scores, 30),
    fmrAt40: fmrAt(scores, 40),
    highestImpostor: scores.impostor.at(-1) ?? Number.NaN,
  };
}

/** Both kinds, lowest first. */
export interface SortedScores {
  genuine: Float64Array;
  impostor: Float64Array;
}

export function sortedScores(genuine: readonly number[], impostor: readonly number[]): SortedScores {
  return { genuine: Float64Array.from(genuine).sort(), impostor: Float64Array.from(impostor).sort() };
}

/** At a threshold, a score of it or more is a match. */
export interface CurvePoint {
  threshold: number;
  fmr: number;
  fnmr: number;
}

/** One point a threshold at which anything changes, lowest first; the last is beyond every score. */
export function curveOf(scores: SortedScores): CurvePoint[] {
  const thresholds = [...new Set([0, ...scores.genuine, ...scores.impostor])].sort((a, b) => a - b);
  thresholds.push(Number.POSITIVE_INFINITY);
  return thresholds.map((threshold) => ({ threshold, fmr: fmrAt(scores, threshold), fnmr: fnmrAt(scores, threshold) }));
}

export function fmrAt({ impostor }: SortedScores, threshold: number): number {
  return part(impostor.length - countBelow(impostor, threshold), impostor.length);
}

export function fnmrAt({ genuine }: SortedScores, threshold: number): number {
  return part(countBelow(genuine, threshold), genuine.length);
}

function part(some: number, all: number): number {
  return all === 0 ? Number.NaN : some / all;
}

function countBelow(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * After Maio and others, 2000 (FVC2000): scores come in steps, so the two curves rarely meet; of the last point before they cross
 * and the first after, the nearer one counts, and of that the mean of both rates.
 */
function equalErrorRate(points: readonly CurvePoint[]): number {
  const at = points.findIndex(({ fmr, fnmr }) => fnmr >= fmr);
  const [before, after] = [points[at - 1], points[at]];
  if (!after) return Number.NaN;
  const nearer = before && before.fmr + before.fnmr <= after.fmr + after.fnmr ? before : after;
  return (nearer.fmr + nearer.fnmr) / 2;
}
