import type { Db } from '#kit/store.ts';
import { type Action, blank, HOUR_MS } from './action.ts';

/** Orders that take authority back; what each is called on the work list, and how long it may stay there. */
const taking = {
  'revoke-lease': { what: 'revoke-undone', severity: 'urgent', dueInHours: 0 },
  'surrender-lease': { what: 'surrender-undone', severity: 'warning', dueInHours: 24 },
  'epoch-closed': { what: 'closing-undone', severity: 'warning', dueInHours: 24 },
} as const satisfies Record<string, Pick<Action, 'what' | 'severity'> & { dueInHours: number }>;

/** While an epoch is open its leases are ordered about one by one; a closed one waits as long as any of them is out. */
const leaseIsOut = `CASE kind
  WHEN 'epoch-closed' THEN EXISTS (SELECT 1 FROM lease l
    WHERE l.state = 'live' AND l.kiosk = c.kiosk AND l.epoch = CAST(c.args ->> 'epoch' AS INTEGER))
  ELSE EXISTS (SELECT 1 FROM lease l JOIN epoch e USING (kiosk, epoch)
    WHERE l.state = 'live' AND l.lease_id = c.args ->> 'leaseId' AND e.closed_ms IS NULL) END`;

/**
 * Orders that failed, or were not confirmed in time and are still sent, while the lease that they are about is out. One that was
 * given again counts by its last giving, and a revocation stands for a surrender before it. A kiosk that is never heard of expires nothing: the clock says it then.
 */
export function ordersUndone(db: Db, nowMs: number): Action[] {
  const rows = db
    .prepare(
      `SELECT kind, kiosk, min(iif(state = 'failed', changed_ms, expires_ms)) AS sinceMs, count(*) AS count FROM command c
       WHERE kind IN ('revoke-lease', 'surrender-lease', 'epoch-closed') AND ${leaseIsOut}
         AND (state IN ('expired', 'failed') OR (state IN ('created', 'sent', 'received') AND expires_ms <= ?))
         AND NOT EXISTS (SELECT 1 FROM command n
           WHERE n.kiosk = c.kiosk AND n.kind IN (c.kind, 'revoke-lease') AND n.args = c.args AND n.rowid > c.rowid)
       GROUP BY kind, kiosk`,
    )
    .all(nowMs) as { kind: keyof typeof taking; kiosk: string; sinceMs: number; count: number }[];
  return rows.map(({ kind, kiosk, sinceMs, count }) => {
    const { dueInHours, ...line } = taking[kind];
    return { ...blank, ...line, kiosk, owner: 'central', sinceMs, dueMs: sinceMs + dueInHours * HOUR_MS, count };
  });
}
