import type { Db } from '#kit/store.ts';

/** So many spoiled cards, and a person looks before a further blank is used. */
const most = 2;

/** Whether the last cards of this printer were spoiled, and nobody has looked since. */
export function printerSpoils(db: Db): boolean {
  const rows = db
    .prepare('SELECT outcome FROM attempt WHERE outcome IS NOT NULL AND rowid > ? ORDER BY rowid DESC LIMIT ?')
    .all(lastSeen(db), most) as { outcome: string }[];
  return rows.length === most && rows.every(({ outcome }) => outcome === 'spoiled');
}

/**
 * The limit of new cards per right (rule 6): so many were spoiled for it, whatever was printed between, in whatever visit or
 * life, and nobody has looked since.
 */
export function rightSpoils(db: Db, rightId: string): boolean {
  const { n } = db
    .prepare("SELECT count(*) AS n FROM attempt WHERE right_id = ? AND outcome = 'spoiled' AND rowid > ?")
    .get(rightId, lastSeen(db)) as { n: number };
  return n >= most;
}

/** An operator has seen to the printer: what was spoiled until now stops nobody any more. */
export function clearSpoiled(db: Db): void {
  db.prepare(
    "INSERT INTO counter SELECT 'spoiled-seen', ifnull(max(rowid), 0) FROM attempt WHERE true ON CONFLICT DO UPDATE SET value = excluded.value",
  ).run();
}

function lastSeen(db: Db): number {
  const row = db.prepare("SELECT value FROM counter WHERE name = 'spoiled-seen'").get() as
    | { value: number }
    | undefined;
  return row?.value ?? 0;
}
