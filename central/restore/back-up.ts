import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
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
  store.read((db) => db.prepare('VACUUM INTO ?').run(unfinished)); // waits for no sync itself
  synchronise(unfinished);
  renameSync(unfinished, path);
  synchronise(dirname(path));
  return { path };
}

export function synchronise(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
