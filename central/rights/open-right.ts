import { newId, type Random } from '#kit/random.ts';
import type { Db } from '#kit/store.ts';
import type { RightRow } from './follow.ts';

/** The newest right of a person, of any state; null where there never was one. */
export function newestRight(db: Db, person: string): RightRow | null {
  return (
    (db.prepare('SELECT * FROM print_right WHERE person = ? ORDER BY generation DESC LIMIT 1').get(person) as
      | RightRow
      | undefined) ?? null
  );
}

/** The right of a person's first card: made once, when it is first asked for. Later generations are opened by the office. */
export function ensureRight(db: Db, person: string, random: Random, nowMs: number): RightRow {
  const known = newestRight(db, person);
  if (known) return known;
  db.prepare("INSERT INTO print_right VALUES (?, ?, 1, 'usable', NULL, NULL, NULL, ?)").run(
    newId(random),
    person,
    nowMs,
  );
  return newestRight(db, person) as RightRow;
}
