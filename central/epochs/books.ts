import type { Account } from '#contract/uplink/accounts.ts';
import type { Db } from '#kit/store.ts';

/** Accounts of what lies in one cabinet: with its journal they begin at 0 in each epoch. */
export const inCabinet: readonly Account[] = ['hopper', 'in-process', 'retained', 'spoiled', 'in-doubt'];

/** What a decision of the office moved in the books, kept with the decision. */
export interface DecidedMove {
  kiosk: string;
  epoch: number;
  /** The attempt whose body it is: what its kiosk still says of this card later is kept, and booked no more. */
  subject: string;
  from: Account;
  to: Account;
  /** The newest entry at that moment, as a row of the table: only what came in after it is late. */
  afterRow: number;
  /** The count it relied on, as a row of `office_count`; null where only a later epoch was counted. */
  countRow: number | null;
  /** Whether the body itself was there: then that count has seen it. */
  lay: boolean;
}

export type Counts = Partial<Record<Account, number>>;

/** Where a movement of an old epoch is booked once a newer one is open: the new accounts are never touched by the old. */
export const ofOldEpoch = (account: Account): Account => (inCabinet.includes(account) ? 'unexplained' : account);

/** Books both sides, so that the sum of all accounts never changes. */
export function bookMove(db: Db, kiosk: string, from: Account, to: Account, count: number): void {
  if (from === to) return;
  const book = db.prepare(
    'INSERT INTO stock VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
  );
  book.run(kiosk, from, -count);
  book.run(kiosk, to, count);
}

export function balance(db: Db, kiosk: string, account: string): number {
  const row = db.prepare('SELECT count FROM stock WHERE kiosk = ? AND account = ?').get(kiosk, account);
  return (row as { count: number } | undefined)?.count ?? 0;
}

/** Moves what the cabinet holds by the books to `unexplained`; returns how many that were. */
export function leaveCabinet(db: Db, kiosk: string): number {
  const held = inCabinet.map((account) => ({ account, count: balance(db, kiosk, account) }));
  for (const { account, count } of held) bookMove(db, kiosk, account, 'unexplained', count);
  return held.reduce((sum, { count }) => sum + count, 0);
}

export function isOldEpoch(db: Db, kiosk: string, epoch: number): boolean {
  const newer = db.prepare('SELECT 1 FROM epoch WHERE kiosk = ? AND epoch > ? LIMIT 1').get(kiosk, epoch);
  return newer !== undefined;
}

const decidedAttempt = `json_extract(d.body, '$.books.kiosk') = e.kiosk AND json_extract(d.body, '$.books.epoch') = e.epoch
  AND json_extract(d.body, '$.books.subject') = e.subject AND e.rowid > json_extract(d.body, '$.books.afterRow')`;

/** Whether people have already said where this attempt's card is. */
export function isDecided(db: Db, kiosk: string, epoch: number, subject: string | undefined): boolean {
  if (subject === undefined) return false;
  const row = db
    .prepare(
      `SELECT 1 FROM decision WHERE json_extract(body, '$.books.kiosk') = ? AND json_extract(body, '$.books.epoch') = ?
       AND json_extract(body, '$.books.subject') = ? LIMIT 1`,
    )
    .get(kiosk, epoch, subject);
  return row !== undefined;
}

interface Moved {
  epoch: number;
  src: Account;
  dst: Account;
  count: number;
}

/** All movements of a kiosk as its journals tell them, by epoch; what came after a decision about that card is left out. */
function movedByJournal(db: Db, kiosk: string, epoch?: number): Moved[] {
  return db
    .prepare(
      `SELECT epoch, json_extract(text, '$.data.from') AS src, json_extract(text, '$.data.to') AS dst,
         sum(json_extract(text, '$.data.count')) AS count
       FROM entry e WHERE kiosk = ? ${epoch === undefined ? '' : 'AND epoch = ?'} AND type = 'blanko.moved' AND quarantined IS NULL
         AND NOT EXISTS (SELECT 1 FROM decision d WHERE ${decidedAttempt})
       GROUP BY epoch, src, dst`,
    )
    .all(...(epoch === undefined ? [kiosk] : [kiosk, epoch])) as Moved[];
}

export function decidedMoves(db: Db, kiosk: string): DecidedMove[] {
  const rows = db
    .prepare("SELECT body FROM decision WHERE json_extract(body, '$.books.kiosk') = ? ORDER BY rowid")
    .all(kiosk) as { body: string }[];
  return rows.map(({ body }) => (JSON.parse(body) as { books: DecidedMove }).books);
}

/** The accounts of one epoch by its own journal, with what the office decided about its cards. */
export function booksOf(db: Db, kiosk: string, epoch: number): Counts {
  return folded([
    ...movedByJournal(db, kiosk, epoch),
    ...asMoves(decidedMoves(db, kiosk).filter((move) => move.epoch === epoch)),
  ]);
}

/** The accounts of one epoch as its kiosk keeps them: the office's own acts are not in its journal. */
export function ownBooksOf(db: Db, kiosk: string, epoch: number): Counts {
  return folded(
    db
      .prepare(
        `SELECT json_extract(text, '$.data.from') AS src, json_extract(text, '$.data.to') AS dst,
           sum(json_extract(text, '$.data.count')) AS count
         FROM entry WHERE kiosk = ? AND epoch = ? AND type = 'blanko.moved' AND quarantined IS NULL GROUP BY src, dst`,
      )
      .all(kiosk, epoch) as Moved[],
  );
}

/** All accounts of a kiosk, booked again from the first movement on: what the table `stock` must hold. */
export function replayed(db: Db, kiosk: string): Counts {
  const newest = (db.prepare('SELECT max(epoch) AS epoch FROM epoch WHERE kiosk = ?').get(kiosk) as { epoch: number })
    .epoch;
  const all = [...movedByJournal(db, kiosk), ...asMoves(decidedMoves(db, kiosk))];
  return folded(
    all.map((move) => (move.epoch < newest ? { ...move, src: ofOldEpoch(move.src), dst: ofOldEpoch(move.dst) } : move)),
  );
}

const asMoves = (moves: DecidedMove[]): Moved[] =>
  moves.map(({ epoch, from, to }) => ({ epoch, src: from, dst: to, count: 1 }));

function folded(moves: readonly Omit<Moved, 'epoch'>[]): Counts {
  const counts: Counts = {};
  for (const { src, dst, count } of moves) {
    counts[src] = (counts[src] ?? 0) - count;
    counts[dst] = (counts[dst] ?? 0) + count;
  }
  return counts;
}
