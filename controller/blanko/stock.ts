import type { Account } from '#contract/uplink/accounts.ts';
import type { EntryData } from '#contract/uplink/entries.ts';
import type { Append } from '#controller/journal/journal.ts';
import type { Db, Store } from '#kit/store.ts';

export type Movement = EntryData<'blanko.moved'>;

/** Books one movement with its evidence, in the caller's write. Refuses to take from the hopper what it does not hold. */
export function moveBlanko(
  append: Append,
  db: Db,
  movement: Movement,
  where: { subject?: string; visitNo?: string } = {},
): void {
  const { from, to, count } = movement;
  const left = countIn(db, from) - count;
  if (left < 0 && (from === 'hopper' || from === 'in-process'))
    throw new RangeError(`${from} holds ${left + count}, not ${count}`);
  append({ type: 'blanko.moved', ...where, data: movement });
  book(db, from, -count);
  book(db, to, count);
  const byCount = movement.evidence.startsWith(countEvidence); // then people say what lay there, and nothing was moved
  if (movement.kind && boxed.has(to) && !byCount) putIntoBox(db, movement.kind, count);
}

function book(db: Db, account: Account, count: number): void {
  db.prepare('INSERT INTO stock VALUES (?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count').run(
    account,
    count,
  );
}

/** How the evidence of a physical count begins. */
export const countEvidence = 'count:';

/** Accounts of bodies that lie in the reject box. */
const boxed: ReadonlySet<Account> = new Set(['spoiled', 'retained', 'in-doubt']);

export type BoxKind = NonNullable<Movement['kind']>;

export function putIntoBox(db: Db, kind: BoxKind, count: number): void {
  db.prepare('INSERT INTO reject_box VALUES (?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count').run(
    kind,
    count,
  );
}

/** One card was taken out of the box by people: the very card that is handed over, or destroyed. */
export function takeFromBox(db: Db, kind: BoxKind): void {
  putIntoBox(db, kind, -1);
}

/** What should lie in the reject box since it was last emptied. */
export function boxContent(db: Db): Record<BoxKind, number> {
  const rows = db.prepare('SELECT kind, count FROM reject_box').all() as { kind: BoxKind; count: number }[];
  return { complete: 0, partial: 0, blank: 0, ...Object.fromEntries(rows.map(({ kind, count }) => [kind, count])) };
}

export function emptyBoxBooks(db: Db): void {
  db.prepare("UPDATE attempt SET out_of_box = 1 WHERE outcome IN ('retained', 'in-doubt') AND settled IS NULL").run();
  db.prepare('DELETE FROM reject_box').run();
}

export function countIn(db: Db, account: Account): number {
  const row = db.prepare('SELECT count FROM stock WHERE account = ?').get(account) as { count: number } | undefined;
  return row?.count ?? 0;
}

/** All accounts that ever held something. */
export function allAccounts(store: Store): Partial<Record<Account, number>> {
  const rows = store.read((db) => db.prepare('SELECT account, count FROM stock').all()) as {
    account: Account;
    count: number;
  }[];
  return Object.fromEntries(rows.map(({ account, count }) => [account, count]));
}

export function hopperCount(store: Store): number {
  return store.read((db) => countIn(db, 'hopper'));
}
