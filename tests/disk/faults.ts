import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const isRoot = process.getuid?.() === 0;

/** Debian's fault injector, installed here where that is allowed; null where it is there, else why it is not. */
export function fiuMissing(): string | null {
  const isThere = () => existsSync('/usr/bin/fiu-run');
  if (isThere()) return null;
  if (!isRoot) return 'fiu-utils is not installed, and only root may install it (apt-get install fiu-utils)';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update'], ['install', '--yes', '--no-install-recommends', 'fiu-utils']])
    spawnSync('apt-get', ['-qq', ...words], { env, stdio: 'ignore' });
  return isThere() ? null : 'apt-get could not install fiu-utils';
}

/** Skips aloud: a story that was not told must not look like one that ended well. */
export function unless(reason: string | null): boolean {
  if (reason) process.stderr.write(`skipped: ${reason}\n`);
  return reason !== null;
}

export const errors = { EIO: 5, ENOSPC: 28 } as const;
/** What SQLite asks of the disk for one commit: it writes into the log, and synchronises it. */
export const calls = { write: 'posix/io/rw/pwrite', fsync: 'posix/io/sync/fsync' } as const;

/** What stands before a command so that its calls can be made to fail while it runs. */
export const underFiu = (folder: string) => ['fiu-run', '-x', '-f', join(folder, 'fiu')];

/** From now on this call fails in that process. */
export function failFromNow(folder: string, pid: number, call: keyof typeof calls, error: keyof typeof errors): void {
  const command = `enable name=${calls[call]},failinfo=${errors[error]}`;
  const { status } = spawnSync('fiu-ctrl', ['-f', join(folder, 'fiu'), '-c', command, String(pid)]);
  if (status !== 0) throw new Error(`fiu-ctrl did not reach ${pid}`);
}

/** A small file system of its own, in memory: it can be filled, and made read-only. */
export interface SmallDisk extends Disposable {
  fill(): void;
  empty(): void;
  readOnly(is: boolean): void;
}

/** Why no file system can be mounted here; null where one can: root in a container often may not. */
export function mountsForbidden(): string | null {
  const at = mkdtempSync(join(tmpdir(), 'anjungan-mount-'));
  try {
    mountSmallDisk(at, 1)[Symbol.dispose]();
    return null;
  } catch (error) {
    return `no file system can be mounted: ${(error as Error).message.trim()}`;
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
}

export function mountSmallDisk(at: string, megabytes: number): SmallDisk {
  mkdirSync(at, { recursive: true });
  mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'anjungan-test', at);
  const ballast = join(at, 'ballast');
  return {
    fill() {
      const file = openSync(ballast, 'w');
      const block = Buffer.alloc(4_096);
      try {
        for (;;) writeSync(file, block);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(ballast),
    readOnly: (is) => mount('-o', `remount,${is ? 'ro' : 'rw'}`, at),
    [Symbol.dispose]() {
      spawnSync('umount', ['-l', at]);
      rmSync(at, { recursive: true, force: true });
    },
  };
}

function mount(...words: string[]): void {
  const { status, stderr } = spawnSync('mount', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
