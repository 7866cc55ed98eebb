import { rightsAt } from '#central/rights/follow.ts';
import type { RightState } from '#contract/uplink/rights.ts';
import type { Db } from '#kit/store.ts';
import { balance } from './books.ts';
import { type Compared, compare, lastCount } from './count.ts';
import { type EpochRow, epochsOf } from './epochs.ts';
import { type LaterCount, laterCount } from './later-count.ts';

/** One epoch as staff see it: what waits for a decision, and what was counted beside the books. */
export interface EpochReport extends EpochRow {
  /** The rights that are with it; those of a closed one wait for late facts or for two people. */
  rights: { rightId: string; state: RightState; leaseId: string | null; sinceMs: number }[];
  count: (Compared & { by: string[]; document: string; atMs: number }) | null;
  /** Where nobody counted it in time: the later count that is enough to decide `issued` or `lost`. */
  countedLater: LaterCount | null;
  /** Cards of the kiosk that no count has explained; told with its newest epoch. */
  unexplained: number | null;
}

export function epochReports(db: Db, kiosk?: string): EpochReport[] {
  const all = epochsOf(db, kiosk);
  return all.map((row, index) => ({
    ...row,
    rights: rightsAt(db, row.kiosk, row.epoch).map((right) => ({
      ...{ rightId: right.right_id, state: right.state, leaseId: right.lease_id, sinceMs: right.changed_ms },
    })),
    ...countsOf(db, row),
    unexplained: all[index + 1]?.kiosk === row.kiosk ? null : balance(db, row.kiosk, 'unexplained'),
  }));
}

function countsOf(db: Db, { kiosk, epoch }: EpochRow): Pick<EpochReport, 'count' | 'countedLater'> {
  const count = lastCount(db, kiosk, epoch);
  if (!count) return { count: null, countedLater: laterCount(db, kiosk, epoch) };
  const { by, document, atMs } = count;
  return { count: { ...compare(db, kiosk, count), by, document, atMs }, countedLater: null };
}
