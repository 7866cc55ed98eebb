import type { Append } from '#controller/journal/journal.ts';
import type { Db } from '#kit/store.ts';

/** What came of ending a lease now. */
export type EndVerdict =
  | 'ended'
  /** An attempt or a doubt holds it: nothing more is begun, and when that is over the lease ends by itself. */
  | 'with-its-attempt'
  /** The right is with a card body already, and the lease was left as it is. */
  | 'inked'
  | 'ended-before'
  /** Spent, held, in doubt, or in use. */
  | 'not-live'
  | 'unknown';

interface LeaseRow {
  lease_id: string;
  req_id: string;
  state: string;
  phase: string | null;
}

/** Writes the end of a question or a lease that will not be used: central frees the right by this entry and by nothing else. */
export function voidIn(append: Append, db: Db, reqId: string, reason: string, visitNo?: string): void {
  const row = db
    .prepare(
      'SELECT r.right_id, l.lease_id FROM lease_request r LEFT JOIN lease l ON l.req_id = r.req_id WHERE r.req_id = ?',
    )
    .get(reqId) as { right_id: string; lease_id: string | null };
  append({
    type: 'lease.voided',
    ...(visitNo && { visitNo }),
    data: { reqId, rightId: row.right_id, reason, ...(row.lease_id && { leaseId: row.lease_id }) },
  });
  db.prepare("UPDATE lease_request SET state = 'ended' WHERE req_id = ?").run(reqId);
  db.prepare("UPDATE lease SET state = 'voided' WHERE req_id = ? AND state = 'live'").run(reqId);
}

/** What may not be called unused yet: whether any lease, and which questions. */
export interface Held {
  leases: boolean;
  /** Those of an earlier life: a disk that comes back older has lost the answer, and what became of it. */
  questions: ReadonlySet<string>;
}

/** The end of a question that has no answer here. A held one loses its key now, and gets its end when it is known to be unused. */
export function endQuestion(append: Append, db: Db, reqId: string, reason: string, held: Held): void {
  if (held.questions.has(reqId)) db.prepare('DELETE FROM offline_lease WHERE req_id = ?').run(reqId);
  else voidIn(append, db, reqId, reason);
}

/** How far a card for this lease may have come for the lease to be ended now. */
export type EndUntil =
  /** Nothing is under way. */
  | 'idle'
  /** An attempt is stopped, unless ink may have flowed. */
  | 'before-ink'
  /** Whatever follows the outcome of the present attempt is taken away, even after ink. */
  | 'always';

/**
 * Ends a live lease, if its card has come no further than `until` says. `hold`: nothing is printed from it any more, but
 * central is not told yet that it was unused, for that is what nobody knows.
 */
export function endLease(
  append: Append,
  db: Db,
  leaseId: string,
  { reason, until, cmdId, hold = false }: { reason: string; until: EndUntil; cmdId?: string; hold?: boolean },
): EndVerdict {
  const row = leaseRow(db, leaseId);
  if (!row) return 'unknown';
  const inked = row.phase !== null && row.phase !== 'intended';
  if (inked && (until !== 'always' || row.state === 'revoked')) return 'inked'; // revoked already: that end waits for the outcome
  if (row.state !== 'live') return row.state === 'voided' || row.state === 'revoked' ? 'ended-before' : 'not-live';
  if (row.phase !== null && until === 'idle') return 'not-live';
  if (reason === 'revoked' || row.phase !== null || hold)
    db.prepare("UPDATE lease SET state = 'revoked' WHERE lease_id = ?").run(leaseId);
  if (row.phase !== null || hold) {
    db.prepare('INSERT OR REPLACE INTO lease_end VALUES (?, ?, ?)').run(leaseId, reason, cmdId ?? null);
    return 'with-its-attempt';
  }
  voidIn(append, db, row.req_id, reason);
  return 'ended';
}

/** An end that waited for an attempt, and whether it came as ordered: a card that was printed meanwhile is no void. */
export interface SettledEnd {
  cmdId: string | null;
  asOrdered: boolean;
}

interface DueEnd extends LeaseRow {
  reason: string;
  cmd_id: string | null;
  asked: string;
}

/** Ends whose attempt has its outcome now. `hold`: only those of a lease that its card has used, for they free nothing. */
function dueEnds(db: Db, hold: boolean): DueEnd[] {
  const rows = db.prepare(endsWithoutAttempt).all() as DueEnd[];
  return hold ? rows.filter(({ state }) => state !== 'revoked') : rows;
}

export const endsAreWaiting = (db: Db, hold: boolean): boolean => dueEnds(db, hold).length > 0;

/** Voids the leases whose last attempt has its outcome now, and says what became of each. */
export function settleEnds(append: Append, db: Db, hold: boolean): SettledEnd[] {
  return dueEnds(db, hold).map(({ lease_id, req_id, state, reason, cmd_id, asked }) => {
    if (state === 'revoked' && asked !== 'ended') voidIn(append, db, req_id, reason);
    db.prepare('DELETE FROM lease_end WHERE lease_id = ?').run(lease_id);
    return { cmdId: cmd_id, asOrdered: state === 'revoked' };
  });
}

const endsWithoutAttempt = `
  SELECT e.lease_id, e.reason, e.cmd_id, l.req_id, l.state, r.state AS asked
  FROM lease_end e JOIN lease l ON l.lease_id = e.lease_id JOIN lease_request r ON r.req_id = l.req_id
  WHERE NOT EXISTS (SELECT 1 FROM attempt a WHERE a.lease_id = e.lease_id AND a.outcome IS NULL)`;

function leaseRow(db: Db, leaseId: string): LeaseRow | undefined {
  return db
    .prepare(
      `SELECT l.lease_id, l.req_id, l.state, a.phase FROM lease l
       LEFT JOIN attempt a ON a.lease_id = l.lease_id AND a.outcome IS NULL WHERE l.lease_id = ?`,
    )
    .get(leaseId) as LeaseRow | undefined;
}

/** Questions and leases that nothing holds and nobody will use: neither an attempt, nor the plan to use them without central. */
export function unusedRequests(db: Db): string[] {
  return ids(
    db,
    `SELECT r.req_id FROM lease_request r LEFT JOIN lease l ON l.req_id = r.req_id
     WHERE r.state != 'ended' AND (l.lease_id IS NULL OR l.state IN ('live', 'revoked'))
       AND NOT EXISTS (SELECT 1 FROM offline_lease o WHERE o.req_id = r.req_id)
       AND NOT EXISTS (SELECT 1 FROM lease_end e WHERE e.lease_id = l.lease_id)
       AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.lease_id = l.lease_id AND a.outcome IS NULL)`,
  );
}

/** Questions that central has not answered, of every kind. */
export function unansweredRequests(db: Db): string[] {
  return ids(db, "SELECT req_id FROM lease_request WHERE state = 'asked'");
}

export function liveLeases(db: Db): string[] {
  return ids(db, "SELECT lease_id AS req_id FROM lease WHERE state = 'live'");
}

function ids(db: Db, sql: string): string[] {
  return (db.prepare(sql).all() as { req_id: string }[]).map((row) => row.req_id);
}
