import { isProblemCode, type ProblemCode, problemRow } from '#contract/problems/codes.ts';
import type { ProblemRow } from '#contract/problems/row.ts';
import type { Db } from '#kit/store.ts';
import { excludedAfterMs, type KioskNow, oldAfterMs } from './kiosks.ts';
import { countOddities } from './oddities.ts';

/** Something that waits for a person: who, since when, until when. */
export interface Action {
  what: 'device' | 'service' | 'silent' | 'held' | 'in-doubt' | 'lease-waits' | 'books' | 'anomaly' | 'fork';
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
  const list = [...kiosks.flatMap((kiosk) => ofKiosk(kiosk, nowMs)), ...rightsWaiting(db, nowMs), ...odd(db, nowMs)];
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

function rightsWaiting(db: Db, nowMs: number): Action[] {
  const rows = db
    .prepare(
      `SELECT state, kiosk, min(changed_ms) AS sinceMs, count(*) AS count FROM print_right
       WHERE state IN ('held', 'in-doubt') OR (state = 'leased' AND changed_ms < ?) GROUP BY state, kiosk`,
    )
    .all(nowMs - leaseWaitsMs) as {
    state: 'held' | 'in-doubt' | 'leased';
    kiosk: string;
    sinceMs: number;
    count: number;
  }[];
  return rows.map(({ state, kiosk, sinceMs, count }) => ({
    ...blank,
    what: state === 'leased' ? 'lease-waits' : state,
    kiosk,
    owner: 'operator',
    severity: state === 'in-doubt' ? 'urgent' : 'warning',
    sinceMs,
    dueMs: sinceMs + 24 * HOUR_MS,
    count,
  }));
}

function odd(db: Db, nowMs: number): Action[] {
  const { anomalies, forks } = countOddities(db, nowMs - oddityWindowMs);
  const one = (what: 'anomaly' | 'fork', count: number, severity: Action['severity']): Action[] =>
    count === 0 ? [] : [{ ...blank, what, kiosk: null, owner: 'central', severity, count }];
  return [...one('fork', forks, 'urgent'), ...one('anomaly', anomalies, 'warning')];
}
