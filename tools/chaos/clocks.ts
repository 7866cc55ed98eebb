import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian's libfaketime lies, by architecture. */
const libraries = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`);

/** Wall clocks that can be moved while their programs run. */
export interface Clocks {
  /** False where libfaketime is not installed: then nothing is moved. */
  readonly movable: boolean;
  /** What a program needs in its environment so that its wall clock can be moved. */
  envOf(name: string): Record<string, string>;
  /** From now on, and in later lives of that program. Days are whole: at most one each way. */
  set(name: string, days: -1 | 0 | 1): void;
}

/** Uses libfaketime on the system's own calls; the monotonic clock goes on as it is. */
export function openClocks(folder: string): Clocks {
  const library = libraries.find(existsSync);
  mkdirSync(folder, { recursive: true });
  const path = (name: string) => join(folder, name);
  const set = (name: string, days: -1 | 0 | 1) => {
    writeFileSync(`${path(name)}.new`, days === 0 ? '+0\n' : `${days > 0 ? '+' : '-'}1d\n`);
    renameSync(`${path(name)}.new`, path(name)); // the program may read it at any moment
  };
  return {
    movable: library !== undefined,
    set,
    envOf(name) {
      if (library === undefined) return {};
      set(name, 0);
      return {
        LD_PRELOAD: library,
        FAKETIME_TIMESTAMP_FILE: path(name),
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
        FAKETIME_CACHE_DURATION: '1', // seconds
        NO_FAKE_STAT: '1',
      };
    },
  };
}
