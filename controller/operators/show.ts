import { localTime } from '#kit/civil-date.ts';
import { ageInWords, type Lang } from './age.ts';
import type { Case } from './cases.ts';
import type { WaitingCard } from './desk.ts';
import type { Dossier } from './dossier.ts';

/** Whatever says since when gets its age beside it, in words and in milliseconds. */
export function withAges(value: unknown, nowMs: number, lang: Lang): unknown {
  if (Array.isArray(value)) return value.map((one) => withAges(one, nowMs, lang));
  if (value === null || typeof value !== 'object') return value;
  const parts = Object.entries(value).map(([name, part]) => [name, withAges(part, nowMs, lang)]);
  const sinceMs = ['openedMs', 'sinceMs'].map((name) => (value as Record<string, unknown>)[name]).find(Number.isFinite);
  const aged = Object.fromEntries(parts) as Record<string, unknown>;
  if (typeof sinceMs !== 'number') return aged;
  const ageMs = Math.max(0, nowMs - sinceMs);
  return { ...aged, ageMs, age: ageInWords(ageMs, lang) };
}

/** An answer as lines for a person: cases and the desk in sentences, a list line by line, and nothing as `done`. */
export function inLines(command: string, value: unknown, nowMs: number, lang: Lang): string {
  const age = (ms: number) => ageInWords(Math.max(0, nowMs - ms), lang);
  if (command === 'cases') return listOf((value as Case[]).map((one) => caseLine(one, age)));
  if (command === 'desk') return deskLines(value as DeskList | Dossier, age);
  if (Array.isArray(value)) return listOf(value.map(tableLine));
  return tableLine(value);
}

type Age = (sinceMs: number) => string;
type DeskList = { waiting: WaitingCard[]; cases: Case[] };

const listOf = (lines: string[]): string => (lines.length > 0 ? lines.join('\n') : 'none');

function caseLine({ id, kind, subject, visitNo, what, openedMs, closedBy, lookedFor }: Case, age: Age): string {
  const about = [visitNo, subject].filter((name) => name !== null).join(' ');
  const notes = [
    lookedFor.length > 0 && `looked for ${lookedFor.length} times, not found`,
    closedBy !== null && `settled by entry ${closedBy}`,
  ].filter(Boolean);
  return [`${id}  ${age(openedMs)}  ${kind}`, about, what, ...notes].filter(Boolean).join('  ');
}

function deskLines(answer: DeskList | Dossier, age: Age): string {
  if ('waiting' in answer) {
    const cards = answer.waiting.map(
      ({ visitNo, subject, state, place, sinceMs }) =>
        `${visitNo ?? '-'}  ${age(sinceMs)}  ${state}  ${subject}  ${place}`,
    );
    return listOf([...cards, ...answer.cases.map((one) => caseLine(one, age))]);
  }
  const { matter, visitNo, subject, sinceMs, journal, atIntent, now, picture, decisions } = answer;
  return [
    `${visitNo ?? '-'}  ${subject ?? '-'}  ${matter.join(', ')}  ${age(sinceMs)}`,
    ...journal.map(({ seq, atMs, words }) => `  ${seq}  ${localTime(atMs)}  ${words}`),
    `intent: ${tableLine(atIntent ?? { printer: '?' })}`,
    `now: ${tableLine(now)}`,
    ...(picture ? [`picture: ${picture}`] : []),
    ...decisions.map(({ decision, command }) =>
      command
        ? `  npm run kiosk -- ${command}`
        : `  ${decision}: only the central office, after this kiosk's epoch is closed and it was counted`,
    ),
  ].join('\n');
}

function tableLine(value: unknown): string {
  if (value === null || typeof value !== 'object') return 'done';
  const parts = Object.entries(value).map(
    ([name, part]) => `${name}: ${typeof part === 'object' ? JSON.stringify(part) : String(part)}`,
  );
  return parts.join('  ');
}
