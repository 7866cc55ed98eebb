import { existsSync, statSync } from 'node:fs';
import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import type { Clock } from '#kit/clock.ts';
import { ProblemError } from '#kit/problem-error.ts';
import { type FileStore, StoreBroken, type StoreFault, type StoreOptions } from '#kit/store.ts';
import { faultCodes, openJournalFile } from './journal-file.ts';
import type { KioskFiles } from './kiosk-files.ts';

/** What this life stands on. */
export interface Opened {
  files: KioskFiles;
  enrolment: Enrolment;
  password: string;
  store: FileStore;
}

export interface OpeningPorts {
  clock: Clock;
  openFiles: () => Promise<KioskFiles>;
  /** For the journal's file. */
  options: StoreOptions;
  /** What the screen says while nothing can be opened; null: it can be again. */
  show: (code: ProblemCode | null, detail: string) => void;
}

const firstWaitMs = 500;
const longestWaitMs = 30_000;
const lookEveryMs = 500;

/**
 * Opens the state folder, waits for central's enrolment and opens the journal. While the disk refuses, the screen says so
 * and it is tried again, more and more rarely; a damaged journal waits for an enrolment with a higher epoch. Rejects with
 * what no waiting mends, and when `signal` aborts.
 */
export async function openAll(ports: OpeningPorts, signal: AbortSignal): Promise<Opened> {
  const { clock, show } = ports;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
    let files: KioskFiles | undefined;
    let tried = 0; // read again after the screen has told, it might be the newer one already, and nobody would wait for that
    try {
      files = await ports.openFiles();
      const opened = await openJournal(ports, files, signal, (epoch) => {
        tried = epoch;
      });
      show(null, '');
      return opened;
    } catch (error) {
      const fault = faultIn(error);
      if (!fault) throw error;
      show(faultCodes[fault], (error as Error).message);
      if (fault === 'damaged' && files) await newerEnrolment(files, tried, clock, signal);
      else await clock.sleep(waitMs, signal);
    }
  }
}

async function openJournal(
  ports: OpeningPorts,
  files: KioskFiles,
  signal: AbortSignal,
  tries: (epoch: number) => void,
): Promise<Opened> {
  const { clock, options } = ports;
  while (!existsSync(files.enrolmentPath)) await clock.sleep(200, signal);
  const known = await files.enrolment();
  if (!known) throw new ProblemError('kiosk/not-enrolled', `${files.enrolmentPath} is missing`);
  const { kiosk, epoch } = known.enrolment;
  tries(epoch);
  const store = openJournalFile({ path: files.journalPath(epoch), kiosk, epoch }, options, clock.wallMs());
  return { files, ...known, store };
}

/** A fault of the disk below an error; undefined where it is another. */
function faultIn(error: unknown): StoreFault | undefined {
  if (error instanceof StoreBroken) return error.fault;
  const { code = '', cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  if (code === 'EIO' || code === 'EROFS') return 'failed';
  return cause ? faultIn(cause) : undefined;
}

/** Resolves when an enrolment with a higher epoch than `epoch` lies there; one that is half written is none. */
export async function newerEnrolment(
  files: KioskFiles,
  epoch: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  let seen = '';
  for (;;) {
    const now = statSync(files.enrolmentPath, { throwIfNoEntry: false });
    const mark = `${now?.ino} ${now?.mtimeMs}`; // two files that come in one tick of the clock are two inodes
    if (mark !== seen && (await epochIn(files)) > epoch) return;
    seen = mark;
    await clock.sleep(lookEveryMs, signal);
  }
}

async function epochIn(files: KioskFiles): Promise<number> {
  const known = await files.enrolment().catch(() => null);
  return known?.enrolment.epoch ?? 0;
}
