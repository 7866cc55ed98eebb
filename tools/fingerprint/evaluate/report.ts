import type { Evaluation } from './evaluate.ts';
import type { Rates } from './rates.ts';

const COLUMNS = [
  ['EER', 'eer'],
  ['FMR100', 'fmr100'],
  ['FMR1000', 'fmr1000'],
  ['FMR10000', 'fmr10000'],
  ['ZeroFMR', 'zeroFmr'],
  ['FNMR@30', 'fnmrAt30'],
  ['FNMR@40', 'fnmrAt40'],
] as const satisfies [string, keyof Rates][];

const MOST_NAMED = 10;

/** For people; rates in per cent. */
export function reportOf(evaluation: Evaluation): string {
  const { sets, pooled, timesMs, matchesPerSecond } = evaluation;
  const rows = sets.length > 1 ? sets.map((set) => row(set.name, set)) : [];
  const width = Math.max(6, ...sets.map(({ name }) => name.length)) + 2;
  const lines = [
    `${evaluation.pictures} pictures, ${pooled.genuine} genuine and ${pooled.impostor} impostor comparisons; rates in %, and the highest impostor`,
    '',
    table(['set', ...COLUMNS.map(([name]) => name), 'impostor'], width),
    ...rows.map((cells) => table(cells, width)),
    table(row('pooled', pooled), width),
    '',
    `FMR at score 20: ${percent(pooled.fmrAt20, 3)} %   30: ${percent(pooled.fmrAt30, 3)} %   40: ${percent(pooled.fmrAt40, 3)} %`,
    `medians: extraction ${timesMs.extraction.toFixed(1)} ms, index ${timesMs.index.toFixed(2)} ms, ` +
      `match ${timesMs.match.toFixed(3)} ms (${Math.round(matchesPerSecond)}/s a core); ${(timesMs.total / 1000).toFixed(1)} s in all`,
    ...failureLines(evaluation.failures),
  ];
  return lines.join('\n');
}

function row(name: string, rates: Rates): string[] {
  return [name, ...COLUMNS.map(([, key]) => percent(rates[key], 2)), percent(rates.highestImpostor / 100, 1)];
}

function table([first = '', ...others]: string[], width: number): string {
  return first.padEnd(width) + others.map((cell) => cell.padStart(10)).join('');
}

export function percent(part: number, digits: number): string {
  return Number.isNaN(part) ? '-' : (100 * part).toFixed(digits);
}

function failureLines({ unreadable, empty, passedOver, comparisonsLeftOut }: Evaluation['failures']): string[] {
  return [
    ...named(`could not be read (${comparisonsLeftOut} comparisons left out)`, unreadable),
    ...named('show no minutia and score 0', empty),
    ...named('are not named FINGER_IMPRESSION, or twice, and were passed over', passedOver),
  ];
}

function named(what: string, files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const more = files.length - MOST_NAMED;
  const shown = files.slice(0, MOST_NAMED).map((file) => `  ${file}`);
  return [`${files.length} ${what}:`, ...shown, ...(more > 0 ? [`  and ${more} more`] : [])];
}
