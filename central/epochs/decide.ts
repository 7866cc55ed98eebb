import { moveRight, type RightRow, rightOf } from '#central/rights/follow.ts';
import type { Account } from '#contract/uplink/accounts.ts';
import type { RightMove } from '#contract/uplink/rights.ts';
import type { Db } from '#kit/store.ts';
import { bookMove, type DecidedMove, isOldEpoch, ofOldEpoch } from './books.ts';
import { compare, lastCount, type OfficeCount } from './count.ts';
import { type Act, epochStands } from './epochs.ts';
import { refuseUnlessCounted } from './kinds.ts';
import { refuseUnlessLooked } from './later-count.ts';

export const decisions = ['issued', 'destroyed', 'lost'] as const;
export type Decided = (typeof decisions)[number];

export interface Decision extends Act {
  rightId: string;
  as: Decided;
  /** Which body, and where it was found: named where a right is restored. */
  body: { text: string; place: string } | null;
}

/** What is kept in the column `decision.body`. */
interface Kept {
  text: string | null;
  place: string | null;
  books: DecidedMove | null;
}

/**
 * Decides about a right that its kiosk can no longer decide, in the caller's transaction: only after the epoch was closed
 * and its cabinet counted; where no right is restored a later count is enough. Only a body restores a right: one that the
 * books know of and that a count equal to the books has seen, also by its kind. Where they know of none a load that was never
 * told could hide a card that left. Throws why not.
 */
export function decideRight(db: Db, nowMs: number, decision: Decision): { state: string; moved: DecidedMove | null } {
  const { rightId, as, body } = decision;
  const right = rightOf(db, rightId);
  if (!right) throw new Error(`there is no right ${rightId}`);
  const { kiosk, epoch } = right;
  if (kiosk === null || epoch === null)
    throw new Error(`right ${rightId} is ${right.state}: there is nothing to decide`);
  if (epochStands(db, kiosk, epoch) !== 'closed')
    throw new Error(`epoch ${epoch} of ${kiosk} is open: only that kiosk decides; close-epoch first`);
  const count = lastCount(db, kiosk, epoch);
  if (!count) refuseUnlessLooked(db, kiosk, epoch, as === 'destroyed');
  else if (as === 'destroyed') refuseUnlessProved(db, kiosk, count, body);
  if (as === 'lost' && body) throw new Error('a body that was found is not lost');
  if (body) refuseIfNamedBefore(db, body.text);
  const books = bodyInBooks(db, right, decision, count?.countRow ?? null);
  if (as === 'destroyed') {
    if (!count || !books) throw new Error('the books know no card of this right that could lie there: issued or lost');
    refuseUnlessCounted(db, count, books);
  }
  const odd = moveRight(db, right, `decided:${as}` satisfies RightMove, nowMs);
  if (odd) throw new Error(`right ${rightId} is ${right.state}: there is nothing to decide`);
  const late = isOldEpoch(db, kiosk, epoch);
  if (books) bookMove(db, kiosk, late ? ofOldEpoch(books.from) : books.from, late ? ofOldEpoch(books.to) : books.to, 1);
  keep(db, nowMs, decision, books);
  return { state: as === 'destroyed' ? 'usable' : as, moved: books };
}

function refuseUnlessProved(db: Db, kiosk: string, count: OfficeCount, body: Decision['body']): void {
  if (!body)
    throw new Error('destroying names the body and its place: --body TEXT --place TEXT; without it: issued or lost');
  const { counted, booked, equal } = compare(db, kiosk, count);
  if (!equal)
    throw new Error(
      `the count does not equal the books (hopper ${counted.hopper} of ${booked.hopper}, other cards ${counted.bodies} of ${booked.bodies}): issued or lost`,
    );
}

/** One body answers for one right. */
function refuseIfNamedBefore(db: Db, text: string): void {
  const rows = db.prepare('SELECT body FROM decision WHERE body IS NOT NULL').all() as { body: string }[];
  const named = rows.some(({ body }) => (JSON.parse(body) as Kept).text?.toLowerCase() === text.toLowerCase());
  if (named) throw new Error(`the body ${JSON.stringify(text)} was named for another decision`);
}

const targets = { issued: 'issued', destroyed: 'destroyed', lost: 'unexplained' } as const satisfies Record<
  Decided,
  Account
>;

/** The card of the lease's last attempt, if the books still hold it somewhere that is not its end. */
function bodyInBooks(db: Db, right: RightRow, { as, body }: Decision, countRow: number | null): DecidedMove | null {
  const { kiosk, epoch, lease_id: leaseId } = right;
  if (kiosk === null || epoch === null || leaseId === null) return null;
  const last = db
    .prepare(
      `SELECT subject FROM entry WHERE kiosk = ? AND epoch = ? AND type = 'print.intended' AND quarantined IS NULL
       AND subject IN (${attempts.map((attempt) => `? || '/${attempt}'`).join(', ')}) ORDER BY seq DESC LIMIT 1`,
    )
    .get(kiosk, epoch, ...attempts.map(() => leaseId)) as { subject: string } | undefined;
  if (!last) return null;
  const from = accountOf(db, kiosk, epoch, last.subject);
  if (from === null) return null;
  const { row } = db.prepare('SELECT max(rowid) AS row FROM entry').get() as { row: number };
  return { kiosk, epoch, subject: last.subject, from, to: targets[as], afterRow: row, countRow, lay: body !== null };
}

const attempts = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const undecided: readonly Account[] = ['in-process', 'retained', 'in-doubt'];

function accountOf(db: Db, kiosk: string, epoch: number, subject: string): Account | null {
  const rows = db
    .prepare(
      `SELECT json_extract(text, '$.data.to') AS dst FROM entry
       WHERE kiosk = ? AND epoch = ? AND subject = ? AND type = 'blanko.moved' AND quarantined IS NULL ORDER BY seq DESC LIMIT 1`,
    )
    .get(kiosk, epoch, subject) as { dst: Account } | undefined;
  return rows && undecided.includes(rows.dst) ? rows.dst : null;
}

function keep(db: Db, nowMs: number, { rightId, as, body, by, reason }: Decision, books: DecidedMove | null): void {
  const kept: Kept = { text: body?.text ?? null, place: body?.place ?? null, books };
  db.prepare('INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?)').run(
    rightId,
    as,
    JSON.stringify(kept),
    JSON.stringify(by),
    reason,
    nowMs,
  );
}
