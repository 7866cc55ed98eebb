import type { Db, Store } from '#kit/store.ts';
import { attemptIsOpen } from './offline-rows.ts';

/** From now on what is deleted is overwritten with zeros, in every page this connection writes. */
export function overwriteDeleted(store: Store): void {
  store.read((db) => db.prepare('PRAGMA secure_delete = ON').get());
}

/**
 * Takes keys and records that were deleted out of the write-ahead log too, where the page of before stands until it is
 * written over. Not while a card is under way: the room for its entries is reserved in that very file. What flash cells
 * keep below the file system is beyond a program; the key is gone with the record, and both were sealed.
 */
export function wipeDeleted(store: Store): void {
  if (!store.read(isDue)) return;
  const log = store.read((db) => db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()) as { busy: number };
  if (log.busy === 0)
    store.write('deleted.wiped', (db) => db.prepare("DELETE FROM counter WHERE name = 'to-wipe'").run());
}

function isDue(db: Db): boolean {
  return db.prepare("SELECT 1 FROM counter WHERE name = 'to-wipe'").get() !== undefined && !attemptIsOpen(db);
}
