import Database from 'better-sqlite3';
import type { Db, Store } from './store.ts';

/** A file that is only read from now on: nothing migrates it, and nobody can write it through this. Throws where it cannot be read. */
export function openReadOnlyStore(path: string): Pick<Store, 'read'> & Disposable {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  return {
    read: <T>(work: (db: Db) => T): T => work(db),
    [Symbol.dispose]: () => db.close(),
  };
}
