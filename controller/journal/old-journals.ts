import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openReadOnlyStore } from '#kit/read-only-store.ts';
import type { OldJournal } from './old-epoch.ts';

/** The journals of earlier epochs that lie whole in a state folder, opened read-only. One that cannot be read is left alone. */
export function openOldJournals(folder: string, epoch: number): Disposable & { journals: readonly OldJournal[] } {
  const numbers = readdirSync(folder).map((name) => Number(/^journal-(\d+)\.db$/.exec(name)?.[1] ?? 0));
  const opened = numbers
    .filter((number) => number > 0 && number < epoch)
    .sort((a, b) => a - b)
    .flatMap((number) => {
      try {
        return [{ epoch: number, store: openReadOnlyStore(join(folder, `journal-${number}.db`)) }];
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
