import { aims, aimText, verdictOn } from './aims.ts';
import type { Detail, Findings, Measure } from './figure.ts';
import type { Machine } from './machine.ts';

export interface Report {
  machine: Machine;
  figures: ({ name: string; title: string } & Findings)[];
  /** Figures that could not be measured, with the reason. */
  failed: { name: string; reason: string }[];
}

/** The report for machines: every measure with its aim and verdict beside it. */
export function asJson({ machine, figures, failed }: Report): string {
  const judged = figures.map((figure) => ({ ...figure, measures: figure.measures.map(judge) }));
  return JSON.stringify({ machine, aims, figures: judged, failed }, null, 2);
}

function judge(measure: Measure) {
  const { aim, value } = measure;
  return { ...measure, wanted: aim && aimText(aim), verdict: aim && verdictOn(aim, value) };
}

/** The report for people: all that has an aim in one table, then what explains it, figure by figure. */
export function asText({ machine, figures, failed }: Report): string {
  const { cpu, cores, memoryGb, node, loadBefore, loadAfter, diskSyncMs } = machine;
  const load = `load ${loadBefore.join(' ')} before, ${loadAfter.join(' ')} after`;
  const head = `${cpu}, ${cores} cores, ${memoryGb} GB · Node ${node} · ${load} · disk sync ${diskSyncMs} ms`;
  const measures = figures.flatMap((figure) => figure.measures.filter(({ aim }) => aim !== null));
  const table = asTable({ title: 'Measured beside its aim', columns: aimColumns, rows: measures.map(aimRow) });
  const parts = [head, table, ...figures.map(explained)];
  if (failed.length > 0) parts.push(failed.map(({ name, reason }) => `${name} FAILED: ${reason}`).join('\n'));
  return `${parts.join('\n\n')}\n`;
}

const aimColumns = ['figure', 'measured', 'aim', '', 'runs'];

function aimRow({ aim, what, value, unit, runs }: Measure): (string | number)[] {
  if (aim === null) return [what, `${rounded(value)} ${unit}`, '', '', runs];
  return [what, `${rounded(value)} ${unit}`.trim(), aimText(aim), verdictOn(aim, value), runs];
}

function explained({ name, title, measures, details, notes }: Report['figures'][number]): string {
  const free = measures.filter(({ aim }) => aim === null);
  const lines = free.map(({ what, value, unit }) => `  ${what}: ${rounded(value)} ${unit}`);
  const heading = `== ${name}: ${title}`;
  return [heading, ...lines, ...details.map(asTable), ...notes.map((note) => `  Note: ${note}`)].join('\n');
}

function asTable({ title, columns, rows }: Detail): string {
  const cells = [columns, ...rows].map((row) => row.map((cell) => (typeof cell === 'number' ? rounded(cell) : cell)));
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const line = (row: string[]) =>
    `    ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')}`;
  return [`  ${title}`, ...cells.map(line)].map((text) => text.trimEnd()).join('\n');
}

/** Three digits that mean something, and no more. */
export function rounded(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return String(Math.round(value));
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
