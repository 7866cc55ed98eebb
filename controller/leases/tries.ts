import type { Db } from '#kit/store.ts';

/** Three wrong PINs a day, as at central; the lock opens at midnight WIB. */
export const triesPerDay = 3;

/** Counts one try at one lease on one day. A right PIN is refused too while locked, and otherwise costs nothing. */
export function countTry(
  db: Db,
  leaseId: string,
  day: string,
  fits: boolean,
): { verdict: 'right' | 'wrong' | 'locked'; triesLeft: number } {
  const row = db.prepare('SELECT tries FROM offline_try WHERE lease_id = ? AND day = ?').get(leaseId, day) as
    | { tries: number }
    | undefined;
  const before = row?.tries ?? 0;
  if (before >= triesPerDay) return { verdict: 'locked', triesLeft: 0 };
  if (fits) return { verdict: 'right', triesLeft: triesPerDay - before };
  db.prepare('INSERT INTO offline_try VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET tries = tries + 1').run(leaseId, day);
  const triesLeft = triesPerDay - before - 1;
  return { verdict: triesLeft === 0 ? 'locked' : 'wrong', triesLeft };
}
