import { balance } from '#central/blanko/follow.ts';
import type { Db } from '#kit/store.ts';

/** Blanks of this kiosk that no lease and no command speaks for. */
export function room(db: Db, kiosk: string, nowMs: number): number {
  return balance(db, kiosk, 'hopper') - liveOfflineLeases(db, kiosk) - openOrders(db, kiosk, nowMs);
}

/** What its open epoch holds; a closed one is for people to decide. */
export function liveOfflineLeases(db: Db, kiosk: string): number {
  const row = db
    .prepare(
      `SELECT count(*) AS n FROM lease JOIN epoch USING (kiosk, epoch)
       WHERE kiosk = ? AND mode = 'offline' AND state = 'live' AND closed_ms IS NULL`,
    )
    .get(kiosk) as { n: number };
  return row.n;
}

const isOpen = "state IN ('created', 'sent', 'received') AND expires_ms > ?";

/** Orders that have led to no lease yet. */
function openOrders(db: Db, kiosk: string, nowMs: number): number {
  const row = db
    .prepare(
      `SELECT count(*) AS n FROM command c WHERE kiosk = ? AND kind = 'take-lease' AND ${isOpen} AND NOT EXISTS (
         SELECT 1 FROM lease l WHERE l.right_id = c.args ->> 'rightId' AND l.kiosk = c.kiosk AND l.state = 'live')`,
    )
    .get(kiosk, nowMs) as { n: number };
  return row.n;
}

export function isPromised(db: Db, rightId: string, nowMs: number): boolean {
  const row = db
    .prepare(`SELECT 1 FROM command WHERE kind = 'take-lease' AND args ->> 'rightId' = ? AND ${isOpen}`)
    .get(rightId, nowMs);
  return row !== undefined;
}

/** Only what the office ordered may be asked for ahead of time: a kiosk cannot collect the records of whom it likes. */
export function wasOrdered(db: Db, { kiosk, rightId }: { kiosk: string; rightId: string }, nowMs: number): boolean {
  const row = db
    .prepare(
      `SELECT 1 FROM command WHERE kiosk = ? AND ${isOpen} AND (
         (kind = 'take-lease' AND args ->> 'rightId' = ?) OR
         (kind = 'renew-lease' AND args ->> 'leaseId' IN (SELECT lease_id FROM lease WHERE right_id = ? AND kiosk = ?)))`,
    )
    .get(kiosk, nowMs, rightId, rightId, kiosk);
  return row !== undefined;
}
