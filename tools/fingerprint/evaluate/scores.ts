import type { Crew } from '../work/crew.ts';
import type { Comparison } from './comparisons.ts';
import type { Templates } from './templates.ts';

/** Scores in the order of the comparisons; NaN where one side has no template. */
export interface Scores {
  scores: number[];
  indexMs: number[];
  /** Mean of one comparison, one number a probe. */
  matchMs: number[];
}

export async function scoresOf(
  crew: Crew,
  { probes, candidates }: Templates,
  comparisons: readonly Comparison[],
  done: () => void,
): Promise<Scores> {
  await crew.each('candidates', { templates: candidates });
  const byProbe = [...Map.groupBy(comparisons.keys(), (at) => comparisons[at]?.probe ?? -1)];
  const usable = byProbe.filter(([probe]) => probes[probe]);
  const asks = usable.flatMap(([probe, places]) => {
    const template = probes[probe];
    return template ? [{ probe: template, candidates: places.map((at) => comparisons[at]?.candidate ?? -1) }] : [];
  });
  const outcomes = await crew.all('match', asks, done);
  const found: Scores = { scores: Array<number>(comparisons.length).fill(Number.NaN), indexMs: [], matchMs: [] };
  for (const [at, outcome] of outcomes.entries()) {
    if (!outcome.ok) throw new Error(outcome.fault);
    const places = usable[at]?.[1] ?? [];
    for (const [i, place] of places.entries()) found.scores[place] = outcome.value.scores[i] ?? Number.NaN;
    found.indexMs.push(outcome.value.indexMs);
    found.matchMs.push(outcome.value.matchMs / places.length);
  }
  return found;
}
