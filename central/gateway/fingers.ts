import { keyedHash, lockWithKey, unlockWithKey } from '#kit/secrets.ts';
import type { Db } from '#kit/store.ts';

/** Keeps what a person's fingers are compared with, encrypted, in place of what was kept before. */
export function keepFingers(db: Db, lookupKey: Uint8Array, person: string, records: readonly Uint8Array[]): void {
  db.prepare('DELETE FROM finger_reference WHERE person = ?').run(person);
  const insert = db.prepare('INSERT INTO finger_reference (person, number, locked) VALUES (?, ?, ?)');
  for (const [number, record] of records.entries())
    insert.run(person, number, lockWithKey(keyOf(lookupKey, person), record));
}

/** In base64, as they go into the record that is sealed for a kiosk. None for somebody whom only an officer can know. */
export function fingersOf(db: Db, lookupKey: Uint8Array, person: string): string[] {
  const rows = db.prepare('SELECT locked FROM finger_reference WHERE person = ? ORDER BY number').all(person);
  return (rows as { locked: Uint8Array }[]).map(({ locked }) => {
    const record = unlockWithKey(keyOf(lookupKey, person), locked);
    const text = Buffer.from(record).toString('base64');
    record.fill(0);
    return text;
  });
}

/** One of each person's own: what is kept of one of them says nothing under the name of another. */
function keyOf(lookupKey: Uint8Array, person: string): Uint8Array {
  return new Uint8Array(Buffer.from(keyedHash(lookupKey, 'fingers', person), 'base64url'));
}
