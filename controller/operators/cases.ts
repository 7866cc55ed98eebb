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
  /** Of a counter: where two people have counted since it was seen to differ. */
  counted: ('hopper' | 'box')[];
}

/** A case while the journal is read. Of an unexplained one: which cards, and how many; missing above 0. */
type Open = Case & { of: { ink: Ink; amount: number } | null };

/** A card with ink is somebody's: found unbooked, it is never the blank that is missing elsewhere. */
type Ink = 'bare' | 'inked';

interface CaseBook {
  cases: Open[];
  /** What lies in `unexplained` and no document has explained, without the opening count of an epoch. */
  unexplained: Record<Ink, number>;
}

/** All cases that the facts tell of, oldest first; a projection that can be made anew at any time. */
export function casesOf(facts: readonly DeskFact[]): Case[] {
  const book: CaseBook = { cases: [], unexplained: { bare: 0, inked: 0 } };
  for (const fact of facts) read(book, fact);
  return book.cases.map(({ of: _, ...one }) => one);
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
  if (data.outcome === 'in-doubt') open(book, fact, 'in-doubt', { what: data.reason });
  if (data.outcome === 'unused' && data.place === 'unknown') open(book, fact, 'blank-in-doubt', { what: data.reason });
}

/** A movement that makes the unexplained sum smaller explains a part; nothing is explained before the sum is 0 again. */
function readMovement(book: CaseBook, fact: DeskFact, data: Extract<Entry, { type: 'blanko.moved' }>['data']): void {
  const { from, to, count, evidence } = data;
  if (from === 'kecamatan-safe' && to === 'hopper') closeAll(book, fact, ({ kind }) => kind === 'unbooked-cards');
  if ((from !== 'unexplained' && to !== 'unexplained') || evidence.startsWith(openingEvidence)) return;
  const ink = inkOf(data);
  const amount = to === 'unexplained' ? count : -count;
  const before = book.unexplained[ink];
  const after = before + amount;
  book.unexplained[ink] = after;
  if (after === 0) closeAll(book, fact, ({ kind, of }) => kind === 'unexplained' && of?.ink === ink);
  else if (Math.abs(after) > Math.abs(before) || before * after < 0)
    open(book, fact, 'unexplained', {
      what: amount > 0 ? `${count} missing from ${from}: ${evidence}` : `${count} too many in ${to}: ${evidence}`,
      of: { ink, amount },
    });
}

/** Where it is not said, a card that lay in the box, was handed over or destroyed is inked, and anything else a blank. */
function inkOf({ from, to, kind }: Extract<Entry, { type: 'blanko.moved' }>['data']): Ink {
  if (kind) return kind === 'blank' ? 'bare' : 'inked';
  return inkedAccounts.includes(from) || inkedAccounts.includes(to) ? 'inked' : 'bare';
}

const inkedAccounts: readonly string[] = ['spoiled', 'retained', 'issued', 'destroyed'];

type Read = (book: CaseBook, fact: DeskFact) => void;

const bodyKinds: readonly CaseKind[] = ['in-doubt', 'box-shortage'];
const opens =
  (kind: CaseKind): Read =>
  (book, fact) =>
    open(book, fact, kind, { what: fact.entry.type === 'operator.acted' ? (fact.entry.data.reason ?? '') : '' });
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
    closeAll(book, fact, ({ kind }) => kind === 'unbooked-cards');
    countedIn(book, 'hopper');
  },
  'emptied-box': (book) => countedIn(book, 'box'),
  'opening-count'(book, fact) {
    closeAll(book, fact, ({ kind }) => kind === 'unbooked-cards');
    countedIn(book, 'hopper');
    countedIn(book, 'box');
  },
  'not-found'(book, { seq, entry }) {
    for (const one of stillOpen(book)) if (one.subject === entry.subject) one.lookedFor.push(seq);
  },
  'case-explained'(book, { seq, entry }) {
    for (const one of stillOpen(book)) {
      if (one.id !== entry.subject) continue;
      one.closedBy = seq;
      if (one.of) takeOut(book, one.of);
    }
  },
};

/** What a document explains cancels nothing that is found or missed later. */
function takeOut({ unexplained }: CaseBook, { ink, amount }: { ink: Ink; amount: number }): void {
  const sign = Math.sign(amount);
  const left = Math.max(0, sign * unexplained[ink]); // a part of it may have been found meanwhile
  unexplained[ink] -= sign * Math.min(Math.abs(amount), left);
}

function open(
  { cases }: CaseBook,
  { seq, entry }: DeskFact,
  kind: CaseKind,
  { what, of = null }: { what: string; of?: Open['of'] },
): void {
  const { subject = null, visitNo = null, at } = entry;
  const opened = { id: `C-${seq}`, openedMs: at.wallMs, openedBy: seq };
  cases.push({ ...opened, kind, subject, visitNo, what, closedBy: null, lookedFor: [], counted: [], of });
}

const stillOpen = ({ cases }: CaseBook): Open[] => cases.filter(({ closedBy }) => closedBy === null);

function closeOf(book: CaseBook, { seq, entry }: DeskFact, kinds: readonly CaseKind[]): void {
  for (const one of stillOpen(book)) if (one.subject === entry.subject && kinds.includes(one.kind)) one.closedBy = seq;
}

function closeAll(book: CaseBook, { seq }: DeskFact, which: (one: Open) => boolean): void {
  for (const one of stillOpen(book)) if (which(one)) one.closedBy = seq;
}

/** A count alone explains no counter: that it agrees does not say which card was fed. */
function countedIn(book: CaseBook, place: 'hopper' | 'box'): void {
  for (const { kind, counted } of stillOpen(book))
    if (kind === 'counter-unexplained' && !counted.includes(place)) counted.push(place);
}

/** A blank that is missing, or a card that nobody knows, may be what the counter tells of, under whatever name. */
const mayBeIt: readonly CaseKind[] = ['in-doubt', 'blank-in-doubt', 'box-shortage', 'unexplained'];

/** Throws in words where two people may not explain it yet. */
export function requireExplicable({ kind, counted, openedBy }: Case, open: readonly Case[]): void {
  if (kind !== 'counter-unexplained') return;
  if (counted.length < 2) throw new Error('count both first, since the counter differs: count-hopper and empty-box');
  const isOlder = (one: Case) => one.kind === 'in-doubt' && one.openedBy < openedBy; // that right stays closed, whatever the counter says
  const first = open.find((one) => mayBeIt.includes(one.kind) && !isOlder(one));
  if (first)
    throw new Error(
      `settle ${first.id} first (${first.kind}): it may be the card that the counter tells of; where nobody can, central closes the epoch`,
    );
}
