import { balance, bookMove, isDecided, isOldEpoch, ofOldEpoch } from '#central/epochs/books.ts';
import type { EntryPlace } from '#central/intake/intake.ts';
import type { Entry } from '#contract/uplink/entries.ts';
import type { Db } from '#kit/store.ts';

export { balance } from '#central/epochs/books.ts';

/**
 * Books one movement of blanks. Returns what looks wrong: an account may not go below zero, save `unexplained` and the safe.
 * A late movement of an old epoch never touches the accounts of the new one.
 */
export function followStock(db: Db, { kiosk, epoch }: EntryPlace, entry: Entry): string | null {
  if (entry.type !== 'blanko.moved') return null;
  const { count } = entry.data;
  if (isDecided(db, kiosk, epoch, entry.subject)) return 'blanko.moved: two people have decided about this card before';
  const late = isOldEpoch(db, kiosk, epoch);
  const [from, to] = late ? [ofOldEpoch(entry.data.from), ofOldEpoch(entry.data.to)] : [entry.data.from, entry.data.to];
  bookMove(db, kiosk, from, to, count);
  const left = balance(db, kiosk, from);
  const mayOwe = from === 'kecamatan-safe' || from === 'unexplained'; // the safe is filled by the office's own documents
  return left < 0 && !mayOwe ? `blanko.moved: ${from} would hold ${left}` : null;
}
