import type { Journal } from '#controller/journal/journal.ts';
import type { Db } from '#kit/store.ts';

/**
 * When a lease was received, on this life's uptime: below zero for one of an earlier life, whose uptime the journal tells
 * by its entries. Time in which nothing was running counts by the wall clock only.
 */
export function receivedUpMs(db: Db, journal: Journal, receivedSeq: number): number {
  const lives = db
    .prepare(
      `SELECT json_extract(text, '$.at.boot') AS boot,
              min(json_extract(text, '$.at.upMs')) AS first, max(json_extract(text, '$.at.upMs')) AS last
       FROM journal WHERE seq >= ? GROUP BY boot`,
    )
    .all(receivedSeq) as { boot: string; first: number; last: number }[];
  const earlierMs = lives
    .filter(({ boot }) => boot !== journal.boot)
    .reduce((sum, { first, last }) => sum + last - first, 0);
  const own = lives.find(({ boot }) => boot === journal.boot);
  return (own?.first ?? 0) - earlierMs;
}
