import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ProblemCode } from '#contract/problems/codes.ts';
import { dayAt } from '#kit/civil-date.ts';
import { type FileStore, openFileStore, StoreBroken, type StoreFault, type StoreOptions } from '#kit/store.ts';
import { verifyChain } from './journal/chain.ts';

/** What a person is told about each fault of the disk. */
export const faultCodes = {
  full: 'kiosk/disk-full',
  failed: 'kiosk/store-failed',
  damaged: 'kiosk/journal-damaged',
} as const satisfies Record<StoreFault, ProblemCode>;

export interface JournalFile {
  path: string;
  kiosk: string;
  epoch: number;
}

/** How much of the chain is walked before anything stands on it; the rest is walked beside everything else. */
const tailEntries = 2_000;

/**
 * Opens the journal of an epoch, and sets it aside where it is not what was written. Throws StoreBroken with the fault:
 * `damaged` also where it was set aside before, since an empty journal would not know which cards have left.
 */
export function openJournalFile(file: JournalFile, options: StoreOptions, nowMs: number): FileStore {
  const { path } = file;
  try {
    if (wasSetAside(path)) throw new StoreBroken(`${path} was set aside as damaged`, { fault: 'damaged' });
    return withWholeTail(openFileStore(path, options), file);
  } catch (error) {
    if (error instanceof StoreBroken && error.fault === 'damaged') setAsideIfPossible(path, nowMs);
    throw error;
  }
}

function withWholeTail(store: FileStore, { path, kiosk, epoch }: JournalFile): FileStore {
  try {
    const { head } = store.read((db) => db.prepare('SELECT ifnull(max(seq), 0) AS head FROM journal').get()) as {
      head: number;
    };
    const broken = verifyChain(store, kiosk, epoch, Math.max(1, head - tailEntries));
    if (!broken) return store;
    throw new StoreBroken(`${path}: the chain is broken at entry ${broken.seq} (${broken.what})`, { fault: 'damaged' });
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Whatever lies there under this name was this journal: an empty one in its place would not know what it knew. */
function wasSetAside(path: string): boolean {
  return bytesIn(path) === 0 && asides(path).length > 0;
}

/** The names under which this journal and its logs were set aside. */
function asides(path: string): string[] {
  const names = readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path, '.db')}.damaged-`));
  return names.sort().map((name) => join(dirname(path), name));
}

/**
 * Renames a journal to `journal-<epoch>.damaged-<date>`, its log beside it: evidence, which nobody writes to any more. The
 * file goes before its log: a log without its file is no journal, a file without its log would pass for one.
 */
export function setAside(path: string, nowMs: number): void {
  const isHere = bytesIn(path) > 0;
  const half = asides(path).find((name) => !existsSync(`${name}-wal`) && !name.endsWith('-wal')); // cut short between the two
  const aside = isHere || !half ? freeName(path, nowMs) : half;
  if (isHere) renameSync(path, aside);
  if (bytesIn(`${path}-wal`) > 0) renameSync(`${path}-wal`, `${aside}-wal`);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function freeName(path: string, nowMs: number): string {
  const name = join(dirname(path), `${basename(path, '.db')}.damaged-${dayAt(nowMs)}`);
  for (let more = 1; ; more += 1) {
    const free = more === 1 ? name : `${name}.${more}`;
    if (!existsSync(free) && !existsSync(`${free}-wal`)) return free;
  }
}

/** Where even that cannot be written, the file stays, and is refused again by the next life. */
export function setAsideIfPossible(path: string, nowMs: number): void {
  try {
    setAside(path, nowMs);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
  }
}

const bytesIn = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
