import { hashText, sha256 } from '#contract/uplink/chain.ts';
import type { Db } from '#kit/store.ts';
import { type RightRow, rightOf } from './follow.ts';

/** The newest right of a person, of any state; null where there never was one. */
export function newestRight(db: Db, person: string): RightRow | null {
  return (
    (db.prepare('SELECT * FROM print_right WHERE person = ? ORDER BY generation DESC LIMIT 1').get(person) as
      | RightRow
      | undefined) ?? null
  );
}

/**
 * The name of a right follows from whose it is: an office that was restored to a day before the right was opened finds in
 * a kiosk's journal the right that it would open itself. Whoever does not know the person's own pseudonym learns nothing.
 */
export function rightIdOf(person: string, generation: number): string {
  return hashText(sha256(`right|${person}|${generation}`));
}

/** The right of a person's first card: made once, when it is first asked for. Later generations are opened by the office. */
export function ensureRight(db: Db, person: string, nowMs: number): RightRow {
  return newestRight(db, person) ?? openGeneration(db, person, 1, nowMs);
}

/** Opens the right of one card of a person; whether it may be opened is the caller's to know. One that a kiosk told of is taken as it stands. */
export function openGeneration(db: Db, person: string, generation: number, nowMs: number): RightRow {
  const rightId = rightIdOf(person, generation);
  if (rightOf(db, rightId))
    db.prepare('UPDATE print_right SET person = ?, generation = ? WHERE right_id = ?').run(person, generation, rightId);
  else
    db.prepare("INSERT INTO print_right VALUES (?, ?, ?, 'usable', NULL, NULL, NULL, ?)").run(
      rightId,
      person,
      generation,
      nowMs,
    );
  return rightOf(db, rightId) as RightRow;
}
