import type { GrantsLog, KioskLine } from '#central/rights/grants-log.ts';
import { termOf, wholeSetting } from '#central/rights/settings.ts';
import type { Db, Store } from '#kit/store.ts';
import { applyLog } from './apply-log.ts';

/**
 * Brings in what the grants log tells and this database does not: the last commit failed, or was answered and lost (a disk that
 * lied, a machine set back). Nobody can say which, so the right is with its kiosk until that one uses it or voids its question.
 * Before anything is granted. Returns how many lines.
 */
export function takeSurplus(store: Store, { surplus = [] }: GrantsLog, nowMs: number): number {
  const { known, term } = store.read((db) => ({ known: wholeSetting(db, 'granted', 0), term: termOf(db) }));
  const lines = surplus.filter(({ n }) => n > known);
  if (lines.some((line) => line.term > term))
    throw new Error(
      'the grants log tells of a newer term than this database: put a backup in place with `central restore`',
    );
  if (lines.length === 0) return 0;
  return store.write('grants.caught-up', (db) => {
    const count = applyLog(db, lines, nowMs);
    for (const line of lines) if ('kiosk' in line) tellReopened(db, line, nowMs);
    return count;
  });
}

/** An enrolment that was told to fail may be in force now, and nobody has its file: a person gives a new one out. */
function tellReopened(db: Db, { kiosk: { kiosk }, epochs }: KioskLine, nowMs: number): void {
  const epoch = Math.max(...epochs.map((one) => one.epoch));
  const what =
    'the grants log knew an enrolment of this kiosk that the database did not: it is in force; if nobody has its file, open-epoch again';
  db.prepare('INSERT INTO anomaly VALUES (?, ?, 0, ?, ?)').run(kiosk, epoch, what, nowMs);
}
