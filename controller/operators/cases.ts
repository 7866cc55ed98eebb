import type { Entry } from '#contract/uplink/entries.ts';
import type { Db } from '#kit/store.ts';
import { type DeskFact, deskFacts } from './desk-facts.ts';
import { openingEvidence } from './opening-count.ts';

export const caseKinds = [
  'in-doubt',
  'blank-in-doubt',
  'box-shortage',
  'unexplained',
  'counter-unexplained',
  'unbooked-cards',
  'training-difference',
] as const;
export type CaseKind = (typeof caseKinds)[number];

/** Something that does not add up and that named people have to settle. It has an age, and nobody can delete it. */
export interface Case {
  /** `C-` and the number of the entry that opened it. */
  id: string;
  kind: CaseKind;
  /** The attempt whose body is meant, where one is. */
  subject: string | null;
  visitNo: string | null;
  what: string;
  openedMs: number;
  openedBy: number;
  /** The entry that settled it; null while it is open. */
  closedBy: number | null;
  /** Entries in which two people say that they looked for the body and did not find it. */
  lookedFor: number[];
}

/** A case while the journal is read: a counter is explained when both places were counted after it, and nothing is missing or in doubt. */
type Open = Case & { counted: Set<string> };

interface CaseBook {
  cases: Open[];
  /** What lies in `unexplained`, without the opening count of an epoch. */
  unexplained: number;
}

/** All cases that the facts tell of, oldest first; a projection that can be made anew at any time. */
export function casesOf(facts: readonly DeskFact[]): Case[] {
  const book: CaseBook = { cases: [], unexplained: 0 };
  for (const fact of facts) read(book, fact);
  return book.cases.map(({ counted: _, ...one }) => one);
}

export function openCases(db: Db): Case[] {
  return casesOf(deskFacts(db)).filter(({ closedBy }) => closedBy === null);
}

export function hasOpenCase(db: Db, kind: CaseKind): boolean {
  return openCases(db).some((one) => one.kind === kind);
}

function read(book: CaseBook, fact: DeskFact): void {
  const { entry } = fact;
  if (entry.type === 'print.outcome') readOutcome(book, fact, entry.data);
  if (entry.type === 'blanko.moved') readMovement(book, fact, entry.data);
  if (entry.type === 'card.handed-over' || entry.type === 'card.destroyed') closeOf(book, fact, bodyKinds);
  if (entry.type === 'operator.acted') acts[entry.data.action]?.(book, fact);
}

function readOutcome(book: CaseBook, fact: DeskFact, data: Extract<Entry, { type: 'print.outcome' }>['data']): void {
  if (data.outcome === 'in-doubt') open(book, fact, 'in-doubt', data.reason);
  if (data.outcome === 'unused' && data.place === 'unknown') open(book, fact, 'blank-in-doubt', data.reason);
}

/** A movement that makes the unexplained sum smaller explains a part; nothing is explained before the sum is 0 again. */
function readMovement(book: CaseBook, fact: DeskFact, data: Extract<Entry, { type: 'blanko.moved' }>['data']): void {
  const { from, to, count, evidence } = data;
  if (from === 'kecamatan-safe' && to === 'hopper') closeAll(book, fact, 'unbooked-cards');
  if ((from !== 'unexplained' && to !== 'unexplained') || evidence.startsWith(openingEvidence)) return;
  const before = book.unexplained;
  book.unexplained += to === 'unexplained' ? count : -count;
  if (book.unexplained === 0) closeAll(book, fact, 'unexplained');
  else if (Math.abs(book.unexplained) > Math.abs(before) || before * book.unexplained < 0)
    open(
      book,
      fact,
      'unexplained',
      to === 'unexplained' ? `${count} missing from ${from}: ${evidence}` : `${count} too many in ${to}: ${evidence}`,
    );
}

type Read = (book: CaseBook, fact: DeskFact) => void;

const bodyKinds: readonly CaseKind[] = ['in-doubt', 'box-shortage'];
const opens =
  (kind: CaseKind): Read =>
  (book, fact) =>
    open(book, fact, kind, fact.entry.type === 'operator.acted' ? (fact.entry.data.reason ?? '') : '');
const settles =
  (...kinds: CaseKind[]): Read =>
  (book, fact) =>
    closeOf(book, fact, kinds);

/** What an act of an operator, or of the machine, means for the cases. */
const acts: Record<string, Read> = {
  'box-shortage': opens('box-shortage'),
  'counter-unexplained': opens('counter-unexplained'),
  'feeder-unbooked': opens('unbooked-cards'),
  'training-difference': opens('training-difference'),
  'destroyed-blank': settles('blank-in-doubt'),
  'counted-blank': settles('blank-in-doubt'),
  'retained-card': settles(...bodyKinds),
  'body-found': settles('box-shortage'),
  'counted-hopper'(book, fact) {
    closeAll(book, fact, 'unbooked-cards');
    countedIn(book, fact, 'hopper');
  },
  'emptied-box': (book, fact) => countedIn(book, fact, 'box'),
  'opening-count'(book, fact) {
    closeAll(book, fact, 'unbooked-cards');
    countedIn(book, fact, 'hopper');
    countedIn(book, fact, 'box');
  },
  'not-found'(book, { seq, entry }) {
    for (const one of stillOpen(book)) if (one.subject === entry.subject) one.lookedFor.push(seq);
  },
  'case-explained'(book, { seq, entry }) {
    for (const one of stillOpen(book)) if (one.id === entry.subject) one.closedBy = seq;
  },
};

function open({ cases }: CaseBook, { seq, entry }: DeskFact, kind: CaseKind, what: string): void {
  const { subject = null, visitNo = null, at } = entry;
  const opened = { id: `C-${seq}`, openedMs: at.wallMs, openedBy: seq };
  cases.push({ ...opened, kind, subject, visitNo, what, closedBy: null, lookedFor: [], counted: new Set() });
}

const stillOpen = ({ cases }: CaseBook): Open[] => cases.filter(({ closedBy }) => closedBy === null);

function closeOf(book: CaseBook, { seq, entry }: DeskFact, kinds: readonly CaseKind[]): void {
  for (const one of stillOpen(book)) if (one.subject === entry.subject && kinds.includes(one.kind)) one.closedBy = seq;
}

function closeAll(book: CaseBook, { seq }: DeskFact, kind: CaseKind): void {
  for (const one of stillOpen(book)) if (one.kind === kind) one.closedBy = seq;
}

/** A blank that is missing may be the card that the counter tells of, under whatever name it is missing. */
const bodyIsMissing = (book: CaseBook): boolean => stillOpen(book).some(({ kind }) => missing.includes(kind));
const missing: readonly CaseKind[] = ['in-doubt', 'blank-in-doubt', 'box-shortage'];

function countedIn(book: CaseBook, { seq }: DeskFact, place: 'hopper' | 'box'): void {
  for (const one of stillOpen(book)) {
    if (one.kind !== 'counter-unexplained') continue;
    one.counted.add(place);
    if (one.counted.size === 2 && book.unexplained === 0 && !bodyIsMissing(book)) one.closedBy = seq;
  }
}
