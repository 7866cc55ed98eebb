import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Append, Journal } from '#controller/journal/journal.ts';
import { hasOpenCase } from '#controller/operators/cases.ts';
import type { CardPrinterWitness } from '#drivers/card-printer/card-printer.ts';
import type { Db, Store } from '#kit/store.ts';

/**
 * What the books know of the printer's own counters: it had fed `fed` cards, and since then at most `mayFeed` were due; its
 * ribbon had `prints` left, and since then at most `mayInk` were used. That a ribbon loses no print without a card is an
 * assumption: a printer that skips one when it is switched on would open a case.
 */
interface Known {
  serial: string;
  /** Null where it does not count. */
  fed: number | null;
  mayFeed: number;
  /** Null where it was never told, or another ribbon was put in since. */
  prints: number | null;
  mayInk: number;
}

const fedRow = 'printer-fed:';
const mayFeedRow = 'printer-may-feed';
const printsRow = 'printer-prints-left';
const mayInkRow = 'printer-may-ink';
/** In place of a count. */
const doesNotCount = -1;

/**
 * What of the counters the journal does not explain, in words, or null (rule 13). A printer that does not count says nothing,
 * and one that is met for the first time is believed. No change proves nothing, so only more or less than is due counts; of
 * a ribbon only less, for a fresh one may have been put in.
 */
export function unexplained(db: Db, now: CardPrinterWitness): string | null {
  const known = knownIn(db);
  if (!known || now.serial === null) return null;
  if (known.serial !== now.serial)
    return `printer ${now.serial}: ${now.cardsFed ?? 'not told how many'} fed, another printer was here before`;
  const what = feedBeyond(known, now.cardsFed) ?? inkBeyond(known, now.ribbonPrintsLeft);
  return what && `printer ${now.serial}: ${what}`;
}

function feedBeyond({ fed, mayFeed }: Known, now: number | null): string | null {
  if (now === null || fed === null || (now >= fed && now <= fed + mayFeed)) return null;
  return `${now} fed, ${fed + mayFeed} explained`;
}

function inkBeyond({ prints, mayInk }: Known, now: number | null): string | null {
  const isExplained = now === null || prints === null || now >= prints - mayInk;
  return isExplained ? null : `${now} prints left, ${prints - mayInk} explained`;
}

/** Whether a printer that has counted until now does not say how many it has fed: then nothing can be held against the books. */
export function fallsSilent(db: Db, { serial, cardsFed }: CardPrinterWitness): boolean {
  const known = knownIn(db);
  return known !== null && known.fed !== null && cardsFed === null && (serial === null || serial === known.serial);
}

/**
 * At a start: opens a case where the counter moved without the journal. A printer that is met for the first time is
 * remembered at once, so that an older disk finds it moved. Writes nothing where it is explained.
 */
export function compareCounter({ journal, store }: { journal: Journal; store: Store }, now: CardPrinterWitness): void {
  if (store.read(knownIn) === null) journal.record('counter.met', (_, db) => know(db, now, 0));
  if (store.read((db) => unexplained(db, now)) === null) return;
  journal.record('counter.unexplained', (append, db) => {
    openCase(append, db, now);
    know(db, now, 0);
  });
}

/** At an intent, in its own write: the same, and from here one card more is due. A counter that lags behind stays explained. */
export function expectFeed(append: Append, db: Db, now: CardPrinterWitness): void {
  if (!fallsSilent(db, now)) {
    const known = knownIn(db);
    const isExplained = unexplained(db, now) === null;
    openCase(append, db, now);
    const due = known && known.fed !== null && isExplained ? known.fed + known.mayFeed - (now.cardsFed ?? 0) : 0;
    know(db, now, due);
  }
  expectOneMore(db);
}

/** A card that is fed for another reason that the journal tells, such as a SPECIMEN: in the write that tells it. */
export function expectOneMore(db: Db): void {
  put(db, mayFeedRow, (get(db, mayFeedRow) ?? 0) + 1);
}

/** In the write that lets ink flow: from here a print of the ribbon may be used. */
export function expectInk(db: Db): void {
  put(db, mayInkRow, (get(db, mayInkRow) ?? 0) + 1);
}

/** Another ribbon was put in, and is told: how many prints it has, the printer says next. */
export function forgetRibbon(db: Db): void {
  db.prepare('DELETE FROM counter WHERE name IN (?, ?)').run(printsRow, mayInkRow);
}

/** Nothing was fed for the last card that was due, so it is due no more: one that is counted later has another story. */
export function expectNoFeed(db: Db): void {
  put(db, mayFeedRow, Math.max(0, (get(db, mayFeedRow) ?? 0) - 1));
}

/** Whether a card or a print is due that the printer had not counted when it was looked at last. Of a ribbon that is not counted nothing is. */
export const isSomethingDue = (db: Db): boolean =>
  (get(db, mayFeedRow) ?? 0) > 0 || (get(db, printsRow) !== null && (get(db, mayInkRow) ?? 0) > 0);

/** Once the path is proved empty, and when training ends: every card is counted by now, so what was due and not fed is due no more. */
export function expectNothing(db: Db, now: CardPrinterWitness): void {
  if (!fallsSilent(db, now) && unexplained(db, now) === null) know(db, now, 0);
}

/**
 * Why no lease may be used without central now: the counter is not explained. It ends when two people have counted hopper and
 * box after it, and explained it with a document.
 */
export function offlineForbidden(db: Db): ProblemCode | null {
  return hasOpenCase(db, 'counter-unexplained') ? 'kiosk/counter-unexplained' : null;
}

function openCase(append: Append, db: Db, now: CardPrinterWitness): void {
  const reason = unexplained(db, now)?.slice(0, 120);
  if (reason) append({ type: 'operator.acted', data: { action: 'counter-unexplained', reason } });
}

/** Of a printer without a serial number nothing is known, and of the one before it nothing any more. */
function know(db: Db, { serial, cardsFed, ribbonPrintsLeft }: CardPrinterWitness, mayFeed: number): void {
  const isSame = knownIn(db)?.serial === serial;
  db.prepare('DELETE FROM counter WHERE name GLOB ?').run(`${fedRow}*`);
  if (serial !== null) put(db, fedRow + serial, cardsFed ?? doesNotCount);
  put(db, mayFeedRow, mayFeed);
  if (ribbonPrintsLeft === null && isSame) return; // what was known of it stands
  forgetRibbon(db);
  if (ribbonPrintsLeft !== null) put(db, printsRow, ribbonPrintsLeft);
}

function knownIn(db: Db): Known | null {
  const row = db.prepare('SELECT name, value FROM counter WHERE name GLOB ?').get(`${fedRow}*`) as
    | { name: string; value: number }
    | undefined;
  if (!row) return null;
  const [mayFeed, mayInk] = [get(db, mayFeedRow) ?? 0, get(db, mayInkRow) ?? 0];
  const fed = row.value === doesNotCount ? null : row.value;
  return { serial: row.name.slice(fedRow.length), fed, mayFeed, prints: get(db, printsRow), mayInk };
}

function get(db: Db, name: string): number | null {
  const row = db.prepare('SELECT value FROM counter WHERE name = ?').get(name) as { value: number } | undefined;
  return row?.value ?? null;
}

function put(db: Db, name: string, value: number): void {
  db.prepare('INSERT OR REPLACE INTO counter VALUES (?, ?)').run(name, value);
}
