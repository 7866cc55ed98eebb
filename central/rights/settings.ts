import type { Db } from '#kit/store.ts';

/** A whole number that central keeps under a name. */
export function wholeSetting(db: Db, name: string, otherwise: number): number {
  const row = db.prepare('SELECT value FROM setting WHERE name = ?').get(name) as { value: string } | undefined;
  return row ? Number(row.value) : otherwise;
}

export function changeSetting(db: Db, name: string, value: number): void {
  db.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)').run(name, String(value));
}

/** The life of this database: 1, and one more with each backup that was put in place. */
export const termOf = (db: Db): number => wholeSetting(db, 'term', 1);
