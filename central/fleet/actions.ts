import { compare, lastCount, type OfficeCount } from '#central/epochs/count.ts';
import { newestEpoch } from '#central/epochs/epochs.ts';
import { awaited } from '#central/restore/restoring.ts';
import { rightsAt } from '#central/rights/follow.ts';
import { isProblemCode, type ProblemCode, problemRow } from '#contract/problems/codes.ts';
import type { ProblemRow } from '#contract/problems/row.ts';
import type { Db } from '#kit/store.ts';
import { excludedAfterMs, type KioskNow, oldAfterMs } from './kiosks.ts';
import { countAnomalies } from './oddities.ts';

/** Something that waits for a person: who, since when, until when. */
export interface Action {
  what:
    | 'device'
    | 'service'
    | 'silent'
    | 'held'
    | 'in-doubt'
    | 'fenced'
    | 'lost'
    | 'lease-waits'
    | 'epoch-closed'
    | 'count-differs'
    | 'unexplained'
    | 'restoring'
    | 'books'
    | 'anomaly'
    | 'fork';
  /** Null where it concerns all of them. */
  kiosk: string | null;
  code: ProblemCode | null;
  device: string | null;
  owner: ProblemRow['fixedBy'];
  severity: ProblemRow['severity'];
  sinceMs: number | null;
  /** Null where the table sets no time. */
  dueMs: number | null;
  count: number;
}

const HOUR_MS = 3_600_000;
/** A lease that no intent has followed within this time keeps a citizen waiting somewhere. */
const leaseWaitsMs = HOUR_MS;
const oddityWindowMs = 7 * 24 * HOUR_MS;
const severities = ['urgent', 'warning', 'info'] as const;

/** The work list: what is overdue first, then what is most severe, then what has waited longest. */
export function actionsNow(db: Db, kiosks: readonly KioskNow[], nowMs: number): Action[] {
  const list = [
    ...kiosks.flatMap((kiosk) => [...ofKiosk(kiosk, nowMs), ...casesOf(db, kiosk)]),
    ...rightsWaiting(db, nowMs),
    ...awaited(db).map(
      (kiosk): Action => ({ ...blank, what: 'restoring', kiosk, owner: 'central', severity: 'urgent' }),
    ),
    ...odd(db, nowMs),
  ];
  const overdue = ({ dueMs }: Action) => Number(dueMs !== null && dueMs < nowMs);
  return list.sort(
    (a, b) =>
      overdue(b) - overdue(a) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      (a.sinceMs ?? nowMs) - (b.sinceMs ?? nowMs),
  );
}

const blank = { code: null, device: null, sinceMs: null, dueMs: null, count: 1 };

function ofKiosk(one: KioskNow, nowMs: number): Action[] {
  const { kiosk, lastWordMs } = one;
  const heard = one.link === 'connected';
  const list: Action[] = [];
  const age = nowMs - (lastWordMs ?? one.registeredMs);
  if (!heard && age > oldAfterMs) {
    const since = lastWordMs ?? one.registeredMs;
    list.push({
      ...blank,
      what: 'silent',
      kiosk,
      owner: 'technician',
      severity: age > excludedAfterMs ? 'urgent' : 'warning',
      sinceMs: since,
      dueMs: since + excludedAfterMs,
    });
  }
  if (one.stock.sum !== 0) list.push({ ...blank, what: 'books', kiosk, owner: 'central', severity: 'urgent' });
  if (!heard) return list;
  const troubled = one.devices.filter(({ code }) => code !== null);
  for (const { device, code, sinceMs } of troubled) list.push(...byTable('device', kiosk, code, sinceMs, device));
  const reason = one.service?.reason ?? null;
  if (!troubled.some(({ code }) => code === reason)) list.push(...byTable('service', kiosk, reason, null, null));
  return list;
}

/** Owner, severity and time are the problem table's; a code that is no task there is none here. */
function byTable(
  what: 'device' | 'service',
  kiosk: string,
  code: string | null,
  sinceMs: number | null,
  device: string | null,
): Action[] {
  if (!isProblemCode(code)) return [];
  const { fixedBy, severity, dueInHours } = problemRow(code);
  if (dueInHours === 0) return [];
  const dueMs = sinceMs === null ? null : sinceMs + dueInHours * HOUR_MS;
  return [{ what, kiosk, code, device, owner: fixedBy, severity, sinceMs, dueMs, count: 1 }];
}

/** What the office itself must settle: another history, an epoch that ended, cards that no count explains. */
function casesOf(db: Db, { kiosk, stock }: KioskNow): Action[] {
  const one = { ...blank, kiosk, owner: 'central' as const };
  const list: Action[] = [];
  const epoch = newestEpoch(db, kiosk);
  const fork = forksOf(db, kiosk);
  if (fork) list.push({ ...one, what: 'fork', code: 'kiosk/journal-fork', severity: 'urgent', ...fork });
  if (epoch?.closedMs) list.push({ ...one, what: 'epoch-closed', severity: 'warning', sinceMs: epoch.closedMs });
  const count = lastCountOf(db, kiosk);
  if (count && !compare(db, kiosk, count).equal)
    list.push({ ...one, what: 'count-differs', severity: 'urgent', sinceMs: count.atMs });
  const unexplained = stock.accounts.find(({ account }) => account === 'unexplained')?.count ?? 0;
  if (unexplained !== 0)
    list.push({
      ...one,
      what: 'unexplained',
      severity: 'warning',
      sinceMs: epoch?.openedMs ?? null,
      count: unexplained,
    });
  return list;
}

/** Of an epoch that is still open: once it was closed there is nothing left to stop. */
function forksOf(db: Db, kiosk: string): { sinceMs: number; count: number } | null {
  const row = db
    .prepare(
      `SELECT min(f.received_ms) AS sinceMs, count(*) AS count FROM fork f JOIN epoch e USING (kiosk, epoch)
       WHERE kiosk = ? AND e.closed_ms IS NULL`,
    )
    .get(kiosk) as { sinceMs: number | null; count: number };
  return row.sinceMs === null ? null : { sinceMs: row.sinceMs, count: row.count };
}

/** The count of the epoch that was counted last, while anything still hangs on it. */
function lastCountOf(db: Db, kiosk: string): OfficeCount | null {
  const row = db.prepare('SELECT max(epoch) AS epoch FROM office_count WHERE kiosk = ?').get(kiosk);
  const { epoch } = row as { epoch: number | null };
  if (epoch === null) return null;
  const settled = newestEpoch(db, kiosk)?.epoch !== epoch && rightsAt(db, kiosk, epoch).length === 0;
  return settled ? null : lastCount(db, kiosk, epoch);
}

function rightsWaiting(db: Db, nowMs: number): Action[] {
  const rows = db
    .prepare(
      `SELECT CASE state WHEN 'leased' THEN 'lease-waits' WHEN 'fenced-inked' THEN 'fenced' ELSE state END AS what,
         kiosk, min(changed_ms) AS sinceMs, count(*) AS count
       FROM print_right r
       WHERE state IN ('held', 'in-doubt', 'fenced', 'fenced-inked') OR (state = 'leased' AND changed_ms < ?)
         OR (state = 'lost' AND NOT EXISTS (
           SELECT 1 FROM print_right n WHERE n.person = r.person AND n.generation > r.generation))
       GROUP BY what, kiosk`,
    )
    .all(nowMs - leaseWaitsMs) as {
    what: 'held' | 'in-doubt' | 'fenced' | 'lost' | 'lease-waits';
    kiosk: string;
    sinceMs: number;
    count: number;
  }[];
  return rows.map(({ what, kiosk, sinceMs, count }) => ({
    ...blank,
    ...{ what, kiosk, sinceMs, count },
    owner: what === 'fenced' || what === 'lost' ? 'central' : 'operator',
    severity: what === 'in-doubt' || what === 'fenced' ? 'urgent' : 'warning',
    dueMs: what === 'lost' ? null : sinceMs + 24 * HOUR_MS,
  }));
}

function odd(db: Db, nowMs: number): Action[] {
  const count = countAnomalies(db, nowMs - oddityWindowMs);
  return count === 0 ? [] : [{ ...blank, what: 'anomaly', kiosk: null, owner: 'central', severity: 'warning', count }];
}
