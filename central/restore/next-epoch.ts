import type { Db } from '#kit/store.ts';

/** So many epochs nobody opens for one kiosk between a backup and its restore. */
const jump = 100;

/**
 * The number of the epoch that is opened next. Where a restore had no log, epochs may have been opened that this database
 * does not know: no number is given twice.
 */
export function nextEpoch(db: Db, kiosk: string): number {
  const { newest } = db.prepare('SELECT coalesce(max(epoch), 0) AS newest FROM epoch WHERE kiosk = ?').get(kiosk) as {
    newest: number;
  };
  if (newest === 0) return 1; // a kiosk that was registered since: its own journal begins at the first epoch
  const { lost } = db
    .prepare(
      "SELECT count(*) AS lost FROM restore WHERE way = 'kiosks' AND at_ms >= (SELECT max(opened_ms) FROM epoch WHERE kiosk = ?)",
    )
    .get(kiosk) as { lost: number };
  return newest + 1 + lost * jump;
}
