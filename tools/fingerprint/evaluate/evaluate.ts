import { systemClock } from '#kit/clock.ts';
import { median } from '#tools/bench/stats.ts';
import { Crew } from '../work/crew.ts';
import { progressOf } from '../work/progress.ts';
import { type Comparison, everyPair } from './comparisons.ts';
import { findSets } from './data-sets.ts';
import { type Rates, ratesOf } from './rates.ts';
import { scoresOf } from './scores.ts';
import { type Extractions, type Settings, templatesOf } from './templates.ts';

/** What `--json` prints. Rates are parts of one, times are medians. */
export interface Evaluation {
  folder: string;
  settings: Settings;
  pictures: number;
  pooled: Rates;
  sets: ({ name: string; pictures: number; fingers: number } & Rates)[];
  /** Paths, with the reason where a file could not be read. Comparisons with those are left out; empty ones score 0. */
  failures: { unreadable: string[]; empty: string[]; passedOver: string[]; comparisonsLeftOut: number };
  timesMs: { extraction: number; index: number; match: number; total: number };
  matchesPerSecond: number;
}

/** Scores of one set, or of all sets one after the other. */
export interface Sorted {
  name: string;
  genuine: number[];
  impostor: number[];
}

export interface Evaluated {
  evaluation: Evaluation;
  pooled: Sorted;
  sets: Sorted[];
}

export async function evaluate(folder: string, settings: Settings): Promise<Evaluated> {
  const startMs = systemClock.monotonicMs();
  const { sets, passedOver } = findSets(folder);
  await using crew = new Crew();
  const { templates, extractions } = await templatesOf(crew, sets, settings);
  const times = { index: [] as number[], match: [] as number[] };
  const done = progressOf('comparing', probesWith(templates));
  const sorted: Sorted[] = [];
  for (const [at, set] of sets.entries()) {
    const { genuine, impostor } = everyPair(set.impressions);
    const comparisons = [...genuine, ...impostor];
    const own = templates[at] ?? { probes: [], candidates: [] };
    const { scores, indexMs, matchMs } = await scoresOf(crew, own, comparisons, done);
    times.index.push(...indexMs);
    times.match.push(...matchMs);
    sorted.push({ name: set.name, ...split(scores, genuine) });
  }
  const pooled = pooledOf(sorted);
  const compared = pooled.genuine.length + pooled.impostor.length;
  const asked = sets.reduce((sum, { impressions: { length } }) => sum + (length * (length - 1)) / 2, 0);
  const evaluation: Evaluation = {
    folder,
    settings,
    pictures: sets.reduce((sum, { impressions }) => sum + impressions.length, 0),
    pooled: ratesOf(pooled.genuine, pooled.impostor),
    sets: sets.map(({ name, impressions }, at) => ({
      name,
      pictures: impressions.length,
      fingers: new Set(impressions.map(({ finger }) => finger)).size,
      ...ratesOf(sorted[at]?.genuine ?? [], sorted[at]?.impostor ?? []),
    })),
    failures: { ...failuresOf(extractions), passedOver, comparisonsLeftOut: asked - compared },
    ...timesOf(extractions, times, systemClock.monotonicMs() - startMs),
  };
  return { evaluation, pooled, sets: sorted };
}

function probesWith(templates: readonly { probes: unknown[] }[]): number {
  return templates.reduce((sum, { probes }) => sum + Math.max(0, probes.slice(0, -1).filter(Boolean).length), 0);
}

function split(scores: readonly number[], genuine: readonly Comparison[]) {
  const isKnown = (score: number) => !Number.isNaN(score);
  return {
    genuine: scores.slice(0, genuine.length).filter(isKnown),
    impostor: scores.slice(genuine.length).filter(isKnown),
  };
}

function pooledOf(sets: readonly Sorted[]): Sorted {
  const genuine = sets.flatMap((set) => set.genuine);
  return { name: 'pooled', genuine, impostor: sets.flatMap((set) => set.impostor) };
}

function failuresOf({ unreadable, empty }: Extractions) {
  return { unreadable, empty };
}

function timesOf({ extractMs }: Extractions, { index, match }: { index: number[]; match: number[] }, total: number) {
  const middle = (values: number[]) => (values.length > 0 ? median(values) : 0);
  const timesMs = { extraction: middle(extractMs), index: middle(index), match: middle(match), total };
  return { timesMs, matchesPerSecond: timesMs.match > 0 ? 1000 / timesMs.match : 0 };
}
