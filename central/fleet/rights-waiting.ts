import { problemRow } from '#contract/problems/codes.ts';
import type { Db } from '#kit/store.ts';
import { type Action, blank, HOUR_MS } from './action.ts';

/** A lease that no intent has followed within this time keeps a citizen waiting somewhere. */
const leaseWaitsMs = HOUR_MS;

type What = 'held' | 'in-doubt' | 'fenced' | 'fenced-uncounted' | 'lost' | 'lease-waits';
const officeDecides: readonly What[] = ['fenced', 'fenced-uncounted', 'lost'];
const urgent: readonly What[] = ['in-doubt', 'fenced', 'fenced-uncounted'];

/** A closed epoch that nobody counted, and a later one is in use: a count of the office comes too late for it. */
const uncounted = `NOT EXISTS (SELECT 1 FROM office_count c WHERE c.kiosk = r.kiosk AND c.epoch = r.epoch)
  AND EXISTS (SELECT 1 FROM epoch n WHERE n.kiosk = r.kiosk AND n.epoch > r.epoch AND n.seq > 0)`;

/** Rights that wait for people, by kiosk. Whatever a closed epoch holds is the office's to decide: its kiosk's desk is gone. */
export function rightsWaiting(db: Db, nowMs: number): Action[] {
  const rows = db
    .prepare(
      `SELECT CASE WHEN state = 'lost' THEN 'lost' WHEN state = 'leased' THEN 'lease-waits'
           WHEN e.closed_ms IS NULL AND state IN ('held', 'in-doubt') THEN state
           WHEN ${uncounted} THEN 'fenced-uncounted' ELSE 'fenced' END AS what,
         kiosk, min(changed_ms) AS sinceMs, count(*) AS count
       FROM print_right r LEFT JOIN epoch e USING (kiosk, epoch)
       WHERE state IN ('held', 'in-doubt', 'fenced', 'fenced-inked') OR (state = 'leased' AND changed_ms < ?)
         OR (state = 'lost' AND NOT EXISTS (
           SELECT 1 FROM print_right n WHERE n.person = r.person AND n.generation > r.generation))
       GROUP BY what, kiosk`,
    )
    .all(nowMs - leaseWaitsMs) as { what: What; kiosk: string; sinceMs: number; count: number }[];
  return rows.map(({ what, kiosk, sinceMs, count }) => ({
    ...blank,
    ...{ what, kiosk, sinceMs, count },
    owner: officeDecides.includes(what) ? 'central' : 'operator',
    severity: urgent.includes(what) ? 'urgent' : 'warning',
    dueMs: what === 'lost' ? null : sinceMs + 24 * HOUR_MS,
  }));
}

/** Pauses that the registry should have ended by now, in one line: no kiosk holds such a right. */
export function rightsPaused(db: Db, nowMs: number): Action[] {
  const code = 'record/data-disputed';
  const { fixedBy, dueInHours } = problemRow(code);
  const dueMs = dueInHours * HOUR_MS;
  const { sinceMs, count } = db
    .prepare(
      "SELECT min(changed_ms) AS sinceMs, count(*) AS count FROM print_right WHERE state = 'paused' AND changed_ms <= ?",
    )
    .get(nowMs - dueMs) as { sinceMs: number | null; count: number };
  if (sinceMs === null) return [];
  const since = { sinceMs, dueMs: sinceMs + dueMs, count };
  return [{ ...blank, what: 'paused', kiosk: null, code, owner: fixedBy, severity: 'warning', ...since }];
}
