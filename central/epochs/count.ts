import type { Two } from '#central/commands/people.ts';
import type { Db } from '#kit/store.ts';
import { booksOf, type Counts, decidedMoves } from './books.ts';
import { type EpochRow, epochsOf } from './epochs.ts';

/** What two people found in a cabinet: blanks in the hopper, and every other card, by kind, wherever it lay inside. */
export interface Found {
  hopper: number;
  complete: number;
  partial: number;
  blank: number;
}

export interface OfficeCount extends Found {
  /** The row of the table. */
  countRow: number;
  epoch: number;
  by: string[];
  document: string;
  atMs: number;
}

/** A count beside the books of its epoch, as they stand now: late facts may still change them. */
export interface Compared {
  counted: { hopper: number; bodies: number };
  booked: { hopper: number; bodies: number };
  equal: boolean;
}

/**
 * Keeps a count of the newest closed epoch whose cabinet nobody has begun to use anew, in the caller's transaction.
 * Nothing is booked by it: a difference is shown as a case, and forbids that any right of that epoch is restored.
 */
export function countKiosk(
  db: Db,
  nowMs: number,
  kiosk: string,
  found: Found,
  { by, document }: { by: Two; document: string },
): { epoch: number; compared: Compared } {
  const { epoch } = countable(db, kiosk);
  const { hopper, complete, partial, blank } = found;
  db.prepare('INSERT INTO office_count VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    ...[kiosk, epoch, hopper, complete, partial, blank],
    ...[JSON.stringify(by), document, nowMs],
  );
  const count = lastCount(db, kiosk, epoch) as OfficeCount;
  return { epoch, compared: compare(db, kiosk, count) };
}

function countable(db: Db, kiosk: string): EpochRow {
  const all = epochsOf(db, kiosk);
  const found = countableNow(all);
  if (found) return found;
  const [newest, before] = all.slice(-2).reverse();
  if (!newest) throw new Error(`there is no kiosk ${kiosk}`);
  if (!before) throw new Error(`epoch ${newest.epoch} of ${kiosk} is open: its kiosk counts by itself`);
  throw new Error(
    `epoch ${newest.epoch} of ${kiosk} is in use: what lies there now is no count of epoch ${before.epoch}; its opening-count is enough for issued or lost`,
  );
}

/** The epoch that a count would be of: the newest, once it is closed, or the one before while nobody has begun the newest. */
export function countableNow(all: readonly EpochRow[]): EpochRow | null {
  const [newest, before] = all.slice(-2).reverse();
  if (!newest) return null;
  if (newest.closedMs !== null) return newest;
  return before && newest.seq === 0 ? before : null;
}

/** The last count of an epoch; null where nobody counted. */
export function lastCount(db: Db, kiosk: string, epoch: number): OfficeCount | null {
  const row = db
    .prepare('SELECT rowid AS row, * FROM office_count WHERE kiosk = ? AND epoch = ? ORDER BY rowid DESC LIMIT 1')
    .get(kiosk, epoch) as (Found & { row: number; counted_by: string; document: string; at_ms: number }) | undefined;
  if (!row) return null;
  const { hopper, complete, partial, blank, document } = row;
  return {
    ...{ hopper, complete, partial, blank, document, epoch },
    countRow: row.row,
    by: JSON.parse(row.counted_by) as string[],
    atMs: row.at_ms,
  };
}

export function compare(db: Db, kiosk: string, count: OfficeCount): Compared {
  const counted = { hopper: count.hopper, bodies: count.complete + count.partial + count.blank };
  const booked = inCabinetBy(booksOf(db, kiosk, count.epoch));
  // A body that was decided about on the strength of this very count lay there when it was counted.
  booked.bodies += decidedMoves(db, kiosk).filter(
    ({ lay, epoch, countRow }) => lay && epoch === count.epoch && countRow === count.countRow,
  ).length;
  return { counted, booked, equal: counted.hopper === booked.hopper && counted.bodies === booked.bodies };
}

/** A card whose fate is open counts as lying there: if it left, the count is one short, and nothing is restored. */
function inCabinetBy(books: Counts): { hopper: number; bodies: number } {
  const of = (account: keyof Counts) => books[account] ?? 0;
  return { hopper: of('hopper'), bodies: of('in-process') + of('retained') + of('spoiled') + of('in-doubt') };
}
