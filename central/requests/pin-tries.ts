import type { Db } from '#kit/store.ts';

/** Three wrong PINs a day; the lock opens at midnight WIB. Another day is another count. */
export const pinTriesPerDay = 3;

export type TryVerdict = 'right' | 'wrong' | 'locked';

/**
 * Counts one try of one person on one day. An unknown NIK is counted under its own hash, so that it looks the same as
 * a wrong PIN. A right PIN is refused too while locked, and otherwise costs nothing.
 */
export function countTry(
  db: Db,
  subject: string,
  day: string,
  fits: boolean,
): { verdict: TryVerdict; triesLeft: number } {
  const row = db.prepare('SELECT tries FROM pin_try WHERE subject = ? AND day = ?').get(subject, day) as
    | { tries: number }
    | undefined;
  const before = row?.tries ?? 0;
  if (before >= pinTriesPerDay) return { verdict: 'locked', triesLeft: 0 };
  if (fits) return { verdict: 'right', triesLeft: pinTriesPerDay - before };
  db.prepare('INSERT INTO pin_try VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET tries = tries + 1').run(subject, day);
  const triesLeft = pinTriesPerDay - before - 1;
  return { verdict: triesLeft === 0 ? 'locked' : 'wrong', triesLeft };
}
