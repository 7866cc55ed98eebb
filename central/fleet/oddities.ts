import type { Db } from '#kit/store.ts';

/** Something that an entry said and the tables did not expect, or a second history of one kiosk. */
export interface Oddity {
  kind: 'anomaly' | 'fork';
  kiosk: string;
  epoch: number;
  seq: number;
  what: string;
  seenMs: number;
}

/** The newest first. A fork's own text is not told: it is kept, and belongs to whoever investigates. */
export function oddities(db: Db, limit: number): Oddity[] {
  const rows = db
    .prepare(
      `SELECT 'anomaly' AS kind, kiosk, epoch, seq, substr(what, 1, 200) AS what, seen_ms AS seenMs FROM anomaly
       UNION ALL
       SELECT 'fork', kiosk, epoch, first, 'another history from entry ' || first || ' on', received_ms FROM fork
       ORDER BY seenMs DESC, seq DESC LIMIT ?`,
    )
    .all(limit);
  return rows as Oddity[];
}

export function countAnomalies(db: Db, sinceMs: number): number {
  const row = db.prepare('SELECT count(*) AS n FROM anomaly WHERE seen_ms >= ?').get(sinceMs);
  return (row as { n: number }).n;
}
