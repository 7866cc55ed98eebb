import { type Counts, ownBooksOf, replayed } from '#central/epochs/books.ts';
import { newestEpoch } from '#central/epochs/epochs.ts';
import { type Account, accounts } from '#contract/uplink/accounts.ts';
import type { Db } from '#kit/store.ts';
import { linesWhere } from './entry-line.ts';

/** The blanks of one kiosk: each movement leaves one account and enters another, so that the sum never changes. */
export interface Stock {
  /** Accounts that ever held something, in the order of the contract. The safe is what the kiosk drew from it, below zero. */
  accounts: { account: Account; count: number }[];
  /** When the last movement happened; null where there was none. */
  asOfMs: number | null;
  /** 0, or the books are wrong. */
  sum: number;
}

export function stockOf(db: Db, kiosk: string): Stock {
  const rows = db.prepare('SELECT account, count FROM stock WHERE kiosk = ?').all(kiosk) as Stock['accounts'];
  const last = db // walks back from the end: the last movement is never far
    .prepare(
      "SELECT at_ms AS ms FROM entry WHERE kiosk = ? AND +type = 'blanko.moved' ORDER BY epoch DESC, seq DESC LIMIT 1",
    )
    .get(kiosk) as { ms: number } | undefined;
  return {
    accounts: accounts.flatMap((account) => rows.filter((row) => row.account === account)),
    asOfMs: last?.ms ?? null,
    sum: rows.reduce((sum, { count }) => sum + count, 0),
  };
}

export interface StockCheck {
  /** The sum of all accounts is 0. */
  sums: boolean;
  /** All movements and decisions, booked again from the first on, give the same accounts. */
  replays: boolean;
  /** What the kiosk says of itself; `cannot-say` while entries of it are still on their way. */
  kiosk: 'agrees' | 'differs' | 'cannot-say';
}

/** Holds the accounts against the journal and against the kiosk's own books. `said` is null where it is not comparable. */
export function checkStock(db: Db, kiosk: string, said: Record<string, number> | null): StockCheck {
  const { accounts: kept, sum } = stockOf(db, kiosk);
  const own = Object.fromEntries(kept.map(({ account, count }) => [account, count]));
  return {
    sums: sum === 0,
    replays: sameCounts(own, replayed(db, kiosk)),
    kiosk: said === null ? 'cannot-say' : sameCounts(currentBooks(db, kiosk), said) ? 'agrees' : 'differs',
  };
}

/** What the newest epoch's journal says: a kiosk's own accounts begin at 0 with it. */
function currentBooks(db: Db, kiosk: string): Counts {
  const newest = newestEpoch(db, kiosk);
  return newest ? ownBooksOf(db, kiosk, newest.epoch) : {};
}

/** An account that was never used holds 0. */
function sameCounts(one: Counts, other: Counts): boolean {
  return ([...Object.keys(one), ...Object.keys(other)] as Account[]).every(
    (name) => (one[name] ?? 0) === (other[name] ?? 0),
  );
}

/** The last movements, newest first, each with its document or evidence. */
export function movementsOf(db: Db, kiosk: string, limit: number) {
  const lines = linesWhere(
    db,
    `rowid IN (SELECT rowid FROM entry WHERE kiosk = ? AND type = 'blanko.moved' ORDER BY epoch DESC, seq DESC LIMIT ?)`,
    kiosk,
    limit,
  );
  return lines.reverse();
}
