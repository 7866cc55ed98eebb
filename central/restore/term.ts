import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeSetting, termOf } from '#central/rights/settings.ts';
import { writeWhole } from '#kit/state-folder.ts';
import type { Store } from '#kit/store.ts';

export const databaseName = 'central.db';
/** Stands in the folder while a restore is under way. */
export const restoreMark = 'restore-under-way.json';
const termFile = 'term.json';

/** Whether the folder may be opened: not in the middle of a restore, and not as an empty office where there was one before. */
export function readyToOpen(folder: string): void {
  if (existsSync(join(folder, restoreMark)))
    throw new Error(`a restore was cut short in ${folder}: run \`central restore\` again with the same backup`);
  if (termInFolder(folder) > 0 && !existsSync(join(folder, databaseName)))
    throw new Error(`${join(folder, databaseName)} is gone: put a backup in place with \`central restore\``);
}

/** The term of this database. Refuses one that is older than the folder: somebody copied a backup over it by hand. */
export function openTerm(store: Store, folder: string): number {
  const term = store.read(termOf);
  const begun = termInFolder(folder);
  if (term < begun)
    throw new Error(
      `this database is of term ${term}, and term ${begun} has begun: use \`central restore\` for a backup`,
    );
  if (term > begun) noteTerm(folder, term);
  store.write('term.opened', (db) => changeSetting(db, 'term', term));
  return term;
}

/** The newest term that was ever begun in this folder; 0 where there was none. */
export function termInFolder(folder: string): number {
  const path = join(folder, termFile);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { term: number }).term : 0;
}

/** Before anything is said in a term it is written down, so that no other database ever speaks in the same one. */
export function noteTerm(folder: string, term: number): void {
  writeWhole(join(folder, termFile), `${JSON.stringify({ term })}\n`);
}
