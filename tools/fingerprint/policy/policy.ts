import { everyOrderedPair } from '../evaluate/comparisons.ts';
import { findSets } from '../evaluate/data-sets.ts';
import { percent } from '../evaluate/report.ts';
import { scoresOf } from '../evaluate/scores.ts';
import { type Settings, templatesOf } from '../evaluate/templates.ts';
import { Crew } from '../work/crew.ts';
import { progressOf } from '../work/progress.ts';
import { type PolicyRow, type ScoreTable, simulate } from './simulate.ts';

/** What `--json` prints. Rates are parts of one. */
export interface Policy {
  folder: string;
  settings: Settings;
  pictures: number;
  unreadable: string[];
  rows: PolicyRow[];
}

export async function policy(folder: string, settings: Settings): Promise<Policy> {
  const { sets } = findSets(folder);
  await using crew = new Crew();
  const { templates, extractions } = await templatesOf(crew, sets, settings);
  const pictures = sets.reduce((sum, { impressions }) => sum + impressions.length, 0);
  const done = progressOf(
    'comparing',
    templates.reduce((sum, { probes }) => sum + probes.filter(Boolean).length, 0),
  );
  const tables: ScoreTable[] = [];
  for (const [at, { impressions }] of sets.entries()) {
    const { genuine, impostor } = everyOrderedPair(impressions);
    const comparisons = [...genuine, ...impostor];
    const { scores } = await scoresOf(crew, templates[at] ?? { probes: [], candidates: [] }, comparisons, done);
    const cells = new Float64Array(impressions.length ** 2).fill(Number.NaN);
    for (const [i, { probe, candidate }] of comparisons.entries()) {
      cells[probe * impressions.length + candidate] = scores[i] ?? Number.NaN;
    }
    const scoreOf = (probe: number, candidate: number) => cells[probe * impressions.length + candidate] ?? Number.NaN;
    tables.push({ impressions, scoreOf });
  }
  return { folder, settings, pictures, unreadable: extractions.unreadable, rows: simulate(tables) };
}

const HEAD = ['threshold', 'tries', 'one finger', 'two fingers', 'stranger, one', 'stranger, two'];

/** For people; in per cent. */
export function policyTable({ pictures, unreadable, rows }: Policy): string {
  const cells = rows.map((row) => [
    String(row.threshold),
    String(row.tries),
    percent(row.refusedOneFinger, 1),
    percent(row.refusedTwoFingers, 1),
    percent(row.strangerOneFinger, 3),
    percent(row.strangerTwoFingers, 3),
  ]);
  const lines = [HEAD, ...cells].map((line) => line.map((cell) => cell.padStart(14)).join(''));
  return [
    `${pictures} pictures${unreadable.length > 0 ? `, ${unreadable.length} could not be read` : ''}; in %`,
    'one finger, two fingers: citizens who are refused by every try, with so many enrolled (two take turns)',
    'stranger: people who are taken for somebody else within so many tries, with so many enrolled',
    '',
    ...lines,
  ].join('\n');
}
