import type { Db } from '#kit/store.ts';

/** A lease that came ahead of time and is live: its record is here, sealed, beside the wrapped key that opens it. */
export interface OfflineRow {
  leaseId: string;
  rightId: string;
  reqId: string;
  wrappedKey: string;
  sealed: string;
  class: string;
  policy: string;
  rule: string;
  receivedSeq: number;
  receivedWallMs: number;
  expiresMs: number;
  /** An unclean end, or another start of the board, came after it: nobody knows what it was used for until central has agreed to the journal's head. */
  needsCheck: boolean;
}

const rowSql = `
  SELECT o.lease_id AS leaseId, o.right_id AS rightId, o.req_id AS reqId, o.wrapped_key AS wrappedKey, o.sealed,
         o.class, o.policy, o.rule, o.received_seq AS receivedSeq, l.received_wall_ms AS receivedWallMs,
         l.expires_ms AS expiresMs, o.needs_check AS needsCheck
  FROM offline_lease o JOIN lease l ON l.lease_id = o.lease_id AND l.state = 'live'`;

type Raw = Omit<OfflineRow, 'needsCheck'> & { needsCheck: number };

export function offlineRows(db: Db): OfflineRow[] {
  return (db.prepare(`${rowSql} ORDER BY o.rowid`).all() as Raw[]).map(rowFrom);
}

export function offlineRow(db: Db, leaseId: string): OfflineRow | null {
  const row = db.prepare(`${rowSql} WHERE o.lease_id = ?`).get(leaseId) as Raw | undefined;
  return row ? rowFrom(row) : null;
}

const rowFrom = (raw: Raw): OfflineRow => ({ ...raw, needsCheck: raw.needsCheck === 1 });

/** Questions and leases of this kind together: as many keys are kept. */
export function keysKept(db: Db): number {
  return (db.prepare('SELECT count(*) AS n FROM offline_lease').get() as { n: number }).n;
}

export function attemptIsOpen(db: Db): boolean {
  return db.prepare('SELECT 1 FROM attempt WHERE outcome IS NULL').get() !== undefined;
}

/** A question for a lease ahead of time that waits for its answer. */
export interface OfflineQuestion {
  reqId: string;
  rightId: string;
  cmdId: string;
  /** JSON of the public half. */
  replyKey: string;
  wrappedKey: string;
}

export function questionOf(db: Db, cmdId: string): OfflineQuestion | null {
  const row = db
    .prepare(
      `SELECT req_id AS reqId, right_id AS rightId, cmd_id AS cmdId, reply_key AS replyKey, wrapped_key AS wrappedKey
       FROM offline_lease WHERE cmd_id = ? AND lease_id IS NULL`,
    )
    .get(cmdId) as OfflineQuestion | undefined;
  return row ?? null;
}

/** Whether this right is asked for, or kept, already. */
export function isKept(db: Db, rightId: string): boolean {
  return db.prepare('SELECT 1 FROM offline_lease WHERE right_id = ?').get(rightId) !== undefined;
}
