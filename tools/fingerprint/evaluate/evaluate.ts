import { systemClock } from '#kit/clock.ts';
import { median } from '#tools/bench/stats.ts';
import { InputError } from '../faults.ts';
import { Crew } from '../work/crew.ts';
import { progressOf } from '../work/progress.ts';
import { everyPair } from './comparisons.ts';
import { type DataSet, findSets } from './data-sets.ts';
import { type Rates, ratesOf } from './rates.ts';
import { scoresOf } from './scores.ts';
import { type Settings, type Templates, templatesOf } from './templates.ts';

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
  const { sorted, indexMs, matchMs } = await compareAll(crew, sets, templates);
  const pooled = pooledOf(sorted);
  if (pooled.genuine.length + pooled.impostor.length === 0)
    throw new InputError(`${folder}: no two pictures could be compared`);
  const { unreadable, empty, extractMs } = extractions;
  const evaluation: Evaluation = {
    folder,
    settings,
    pictures: sets.reduce((sum, { impressions }) => sum + impressions.length, 0),
    pooled: ratesOf(pooled.genuine, pooled.impostor),
    sets: sets.map((set, at) => setRates(set, sorted[at])),
    failures: { unreadable, empty, passedOver, comparisonsLeftOut: leftOut(sets, pooled) },
    ...timesOf(extractMs, indexMs, matchMs, systemClock.monotonicMs() - startMs),
  };
  return { evaluation, pooled, sets: sorted };
}

async function compareAll(crew: Crew, sets: readonly DataSet[], templates: readonly Templates[]) {
  const done = progressOf('comparing', probesWith(templates));
  const found = { sorted: [] as Sorted[], indexMs: [] as number[], matchMs: [] as number[] };
  for (const [at, set] of sets.entries()) {
    const { genuine, impostor } = everyPair(set.impressions);
    const own = templates[at] ?? { probes: [], candidates: [] };
    const { scores, indexMs, matchMs } = await scoresOf(crew, own, [...genuine, ...impostor], done);
    found.indexMs.push(...indexMs);
    found.matchMs.push(...matchMs);
    found.sorted.push({ name: set.name, ...split(scores, genuine.length) });
  }
  return found;
}

/** The last picture of a set is never a probe. */
function probesWith(templates: readonly Templates[]): number {
  return templates.reduce((sum, { probes }) => sum + probes.slice(0, -1).filter(Boolean).length, 0);
}

function split(scores: readonly number[], genuine: number) {
  const isKnown = (score: number) => !Number.isNaN(score);
  return { genuine: scores.slice(0, genuine).filter(isKnown), impostor: scores.slice(genuine).filter(isKnown) };
}

function setRates({ name, impressions }: DataSet, scores: Sorted | undefined): Evaluation['sets'][number] {
  const fingers = new Set(impressions.map(({ finger }) => finger)).size;
  return { name, pictures: impressions.length, fingers, ...ratesOf(scores?.genuine ?? [], scores?.impostor ?? []) };
}

function leftOut(sets: readonly DataSet[], { genuine, impostor }: Sorted): number {
  const asked = sets.reduce((sum, { impressions: { length } }) => sum + (length * (length - 1)) / 2, 0);
  return asked - genuine.length - impostor.length;
}

function pooledOf(sets: readonly Sorted[]): Sorted {
  const genuine = sets.flatMap((set) => set.genuine);
  return { name: 'pooled', genuine, impostor: sets.flatMap((set) => set.impostor) };
}

function timesOf(extractMs: number[], indexMs: number[], matchMs: number[], total: number) {
  const middle = (values: number[]) => (values.length > 0 ? median(values) : 0);
  const timesMs = { extraction: middle(extractMs), index: middle(indexMs), match: middle(matchMs), total };
  return { timesMs, matchesPerSecond: timesMs.match > 0 ? 1000 / timesMs.match : 0 };
}
