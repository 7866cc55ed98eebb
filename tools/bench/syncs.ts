import { existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import type { Clock } from '#kit/clock.ts';
import type { ProgramOptions } from './processes.ts';

/** One call by which a program waited for the disk. */
export interface Sync {
  wallMs: number;
  /** The call and the name of its file: `fdatasync journal-1.db-wal`. */
  what: string;
}

export function hasStrace(): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'strace')));
}

const syncCalls = 'fsync,fdatasync,msync,sync_file_range,sync,syncfs';

/** Traces as a grandchild (-D), so that the program itself is our child and gets our signals. */
export function underStrace(file: string): ProgramOptions {
  return { under: ['strace', '-D', '-f', '-ttt', '-y', '-e', `trace=${syncCalls}`, '-e', 'signal=none', '-o', file] };
}

/** Waits until the tracer has written the end of the program, at most 5 s, and gives what it saw. */
export async function readSyncs(file: string, clock: Clock): Promise<Sync[]> {
  const untilMs = clock.monotonicMs() + 5_000;
  while (!/\+\+\+ (exited|killed)/.test(readFileSync(file, 'utf8')) && clock.monotonicMs() < untilMs)
    await clock.sleep(50);
  return scanTrace(readFileSync(file, 'utf8'));
}

/** Reads lines like `4711 1790000000.123456 fdatasync(20</var/journal-1.db-wal>) = 0`; a call cut in two counts once. */
export function scanTrace(text: string): Sync[] {
  const calls = text.matchAll(/^\d+\s+(\d+\.\d+)\s+(\w+)\(\d+<([^>]*)>/gm);
  return [...calls].map(([, seconds, call, path = '']) => ({
    wallMs: Number(seconds) * 1_000,
    what: `${call} ${basename(path)}`,
  }));
}
