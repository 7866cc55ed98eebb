import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Store } from '#kit/store.ts';

/**
 * Writes the whole database, as of its last commit, into one file, while it is in use. The file appears under its name only
 * when it is whole and on the disk. The keys of the office are not in it, nor the grants log: both stand elsewhere.
 */
export function backUp(store: Store, path: string): { path: string } {
  if (existsSync(path)) throw new Error(`${path} is there already: a backup never replaces another`);
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { force: true });
  closeSync(openSync(unfinished, 'wx', 0o600)); // its owner's alone from the first byte on
  const staged = stagedCopy(store, path);
  try {
    copyFileSync(staged, unfinished);
    synchronise(unfinished);
    renameSync(unfinished, path);
  } finally {
    rmSync(staged, { force: true });
    rmSync(unfinished, { force: true });
  }
  synchronise(dirname(path));
  return { path };
}

/**
 * A copy beside the database itself. SQLite makes it, and a fault then is a fault of the office's own disk and ends this
 * life; what is wrong with the backup's medium must not, so that one is written to by us.
 */
function stagedCopy(store: Store, path: string): string {
  const { file, bytes } = store.read((db) => ({
    file: (db.prepare('PRAGMA database_list').get() as { file: string }).file,
    bytes: (
      db.prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size').get() as {
        bytes: number;
      }
    ).bytes,
  }));
  const staged = `${file || path}.copy`;
  rmSync(staged, { force: true });
  const { bavail, bsize } = statfsSync(dirname(staged));
  if (bavail * bsize < 2 * bytes) throw new Error(`${dirname(staged)} has no room for a copy of ${bytes} bytes`);
  closeSync(openSync(staged, 'wx', 0o600));
  store.read((db) => db.prepare('VACUUM INTO ?').run(staged)); // waits for no sync itself
  return staged;
}

export function synchronise(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
