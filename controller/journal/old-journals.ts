import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { forgetOldEpoch } from '#controller/commands/old-epoch.ts';
import { openReadOnlyStore } from '#kit/read-only-store.ts';
import { type Migration, openFileStore } from '#kit/store.ts';
import type { OldJournal } from './old-epoch.ts';

/**
 * The journals of earlier epochs that lie whole in a state folder, opened read-only. Keys and records that they still
 * keep are destroyed first: their epoch is over. One that cannot be read is left alone.
 */
export function openOldJournals(
  folder: string,
  epoch: number,
  migrations: readonly Migration[],
): Disposable & { journals: readonly OldJournal[] } {
  const numbers = readdirSync(folder).map((name) => Number(/^journal-(\d+)\.db$/.exec(name)?.[1] ?? 0));
  const opened = numbers
    .filter((number) => number > 0 && number < epoch)
    .sort((a, b) => a - b)
    .flatMap((number) => {
      try {
        return [{ epoch: number, store: openOld(join(folder, `journal-${number}.db`), migrations) }];
      } catch {
        return [];
      }
    });
  return {
    journals: opened,
    [Symbol.dispose]() {
      for (const { store } of opened) store[Symbol.dispose]();
    },
  };
}

function openOld(path: string, migrations: readonly Migration[]): ReturnType<typeof openReadOnlyStore> {
  const first = openReadOnlyStore(path);
  const { kept } = first.read((db) => db.prepare('SELECT count(*) AS kept FROM offline_lease').get()) as {
    kept: number;
  };
  if (kept === 0) return first;
  first[Symbol.dispose]();
  const writable = openFileStore(path, { migrations });
  forgetOldEpoch(writable);
  writable.close();
  return openReadOnlyStore(path);
}
