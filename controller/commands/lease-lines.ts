import type { ProblemCode } from '#contract/problems/codes.ts';
import { type OfflineRow, offlineRows } from '#controller/leases/offline-rows.ts';
import { dayAt } from '#kit/civil-date.ts';
import type { Db } from '#kit/store.ts';

/** One lease that is kept ahead of time, or asked for, as a technician sees it: no person, only pseudonyms. */
export interface LeaseLine {
  lease: string | null;
  right: string;
  state: 'kept' | 'asked';
  /** The last day on which it may be used, `YYYY-MM-DD` in WIB. */
  until: string | null;
  /** Why it cannot be used now. */
  reason: ProblemCode | null;
}

export function leaseLines(db: Db, forbids: (row: OfflineRow) => ProblemCode | null): LeaseLine[] {
  const kept = offlineRows(db).map((row): LeaseLine => {
    const { leaseId, rightId, expiresMs } = row;
    return { lease: leaseId, right: rightId, state: 'kept', until: dayAt(expiresMs), reason: forbids(row) };
  });
  const asked = db.prepare('SELECT right_id FROM offline_lease WHERE lease_id IS NULL').all() as { right_id: string }[];
  return [
    ...kept,
    ...asked.map(
      ({ right_id }): LeaseLine => ({ lease: null, right: right_id, state: 'asked', until: null, reason: null }),
    ),
  ];
}
