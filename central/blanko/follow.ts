import type { EntryPlace } from '#central/intake/intake.ts';
import type { Entry } from '#contract/uplink/entries.ts';
import type { Db } from '#kit/store.ts';

/** Books one movement of blanks. Returns what looks wrong: an account may not go below zero, save `unexplained` and the safe. */
export function followStock(db: Db, { kiosk }: EntryPlace, entry: Entry): string | null {
  if (entry.type !== 'blanko.moved') return null;
  const { from, to, count } = entry.data;
  book(db, kiosk, from, -count);
  book(db, kiosk, to, count);
  const left = balance(db, kiosk, from);
  const mayOwe = from === 'kecamatan-safe' || from === 'unexplained'; // the safe is filled by the office's own documents
  return left < 0 && !mayOwe ? `blanko.moved: ${from} would hold ${left}` : null;
}

function book(db: Db, kiosk: string, account: string, count: number): void {
  db.prepare('INSERT INTO stock VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count').run(
    kiosk,
    account,
    count,
  );
}

export function balance(db: Db, kiosk: string, account: string): number {
  const row = db.prepare('SELECT count FROM stock WHERE kiosk = ? AND account = ?').get(kiosk, account) as
    | { count: number }
    | undefined;
  return row?.count ?? 0;
}
