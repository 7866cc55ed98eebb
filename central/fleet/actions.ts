import { compare, lastCount, type OfficeCount } from '#central/epochs/count.ts';
import { newestEpoch } from '#central/epochs/epochs.ts';
import { awaitedJournals } from '#central/restore/restoring.ts';
import { rightsAt } from '#central/rights/follow.ts';
import { isProblemCode, problemRow } from '#contract/problems/codes.ts';
import type { Db } from '#kit/store.ts';
import { type Action, blank, HOUR_MS } from './action.ts';
import { excludedAfterMs, type KioskNow, oldAfterMs } from './kiosks.ts';
import { countAnomalies } from './oddities.ts';
import { ordersUndone } from './orders-undone.ts';
import { rightsPaused, rightsWaiting } from './rights-waiting.ts';

export type { Action } from './action.ts';

const oddityWindowMs = 7 * 24 * HOUR_MS;
const severities = ['urgent', 'warning', 'info'] as const;

/** The work list: what is overdue first, then what is most severe, then what has waited longest. */
export function actionsNow(db: Db, kiosks: readonly KioskNow[], nowMs: number): Action[] {
  const list = [
    ...kiosks.flatMap((kiosk) => [...ofKiosk(kiosk, nowMs), ...casesOf(db, kiosk)]),
    ...rightsWaiting(db, nowMs),
    ...rightsPaused(db, nowMs),
    ...ordersUndone(db, nowMs),
    ...journalsAwaited(db),
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

/** One line for each kiosk, with how many of its journals are not here to their end. */
function journalsAwaited(db: Db): Action[] {
  const kiosks = awaitedJournals(db).map(({ kiosk }) => kiosk);
  const count = (kiosk: string) => kiosks.filter((one) => one === kiosk).length;
  return [...new Set(kiosks)].map((kiosk) => ({
    ...blank,
    what: 'restoring',
    kiosk,
    owner: 'central',
    severity: 'urgent',
    count: count(kiosk),
  }));
}

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

function odd(db: Db, nowMs: number): Action[] {
  const count = countAnomalies(db, nowMs - oddityWindowMs);
  return count === 0 ? [] : [{ ...blank, what: 'anomaly', kiosk: null, owner: 'central', severity: 'warning', count }];
}
