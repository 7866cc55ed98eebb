import type { Db } from '#kit/store.ts';
import { type Action, actionsNow } from './actions.ts';
import { excludedAfterMs, type KioskNow, kiosksNow, serves } from './kiosks.ts';
import { issuedOn, type VisitCount, visitsEnded } from './visits.ts';

/** The morning page: one look says what there is, who serves, and what needs a person. */
export interface Overview {
  /** When this was read, by central's clock. */
  atMs: number;
  kiosks: (KioskNow & { issuedToday: number })[];
  serving: number;
  statusOnly: number;
  /** Blanks in the hoppers, by the books; kiosks that were not heard of for a day are left out, and counted. */
  hopper: { count: number; leftOut: number };
  issuedToday: number;
  visitsToday: VisitCount[];
  actions: Action[];
}

export function overview(db: Db, nowMs: number, listeningSinceMs: number): Overview {
  const issued = issuedOn(db, nowMs);
  const kiosks = kiosksNow(db, listeningSinceMs).map((kiosk) => ({
    ...kiosk,
    issuedToday: issued.get(kiosk.kiosk) ?? 0,
  }));
  const fresh = kiosks.filter((kiosk) => nowMs - (kiosk.lastWordMs ?? 0) <= excludedAfterMs);
  return {
    atMs: nowMs,
    kiosks,
    serving: kiosks.filter(serves).length,
    statusOnly: kiosks.filter((one) => one.link === 'connected' && one.service?.mode === 'status-only').length,
    hopper: {
      count: total(fresh.map(hopperOf)),
      leftOut: kiosks.filter((one) => one.stock.asOfMs !== null && !fresh.includes(one)).length,
    },
    issuedToday: total([...issued.values()]),
    visitsToday: visitsEnded(db, nowMs),
    actions: actionsNow(db, kiosks, nowMs),
  };
}

export function hopperOf({ stock }: KioskNow): number {
  return stock.accounts.find(({ account }) => account === 'hopper')?.count ?? 0;
}

const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);
