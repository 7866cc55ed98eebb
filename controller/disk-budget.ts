import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Clock } from '#kit/clock.ts';
import type { DiskSpace } from '#kit/disk-space.ts';

/** What the journals of all epochs take, with their logs and what was set aside, and what may still be taken. */
export interface DiskUsage {
  usedBytes: number;
  budgetBytes: number;
  freeBytes: number;
}

export interface DiskBudget {
  /** Counted now. Throws as the file system does where that cannot be read. */
  usage(): DiskUsage;
  /**
   * `kiosk/disk-full` when budget or disk is used up: then nothing is printed, rather than something forgotten.
   * `kiosk/store-failed` where the disk does not even tell. Asked at every touch: at most two seconds old.
   */
  fault(): Extract<ProblemCode, 'kiosk/disk-full' | 'kiosk/store-failed'> | null;
}

/** Room that is left to the system, to logs and to whoever repairs. */
export const leastFreeBytes = 64 * 2 ** 20;

const freshForMs = 2_000;

export interface DiskBudgetOptions {
  /** The state folder, where the journals lie. */
  folder: string;
  budgetBytes: number;
  disk: DiskSpace;
  clock: Clock;
}

export function openDiskBudget({ folder, budgetBytes, disk, clock }: DiskBudgetOptions): DiskBudget {
  const usage = () => ({ usedBytes: journalBytes(folder), budgetBytes, freeBytes: disk.freeBytes(folder) });
  let last: { fault: ReturnType<DiskBudget['fault']>; atMs: number } | null = null;

  function faultNow(): ReturnType<DiskBudget['fault']> {
    try {
      const { usedBytes, freeBytes } = usage();
      return usedBytes >= budgetBytes || freeBytes < leastFreeBytes ? 'kiosk/disk-full' : null;
    } catch {
      return 'kiosk/store-failed';
    }
  }

  return {
    usage,
    fault() {
      const nowMs = clock.monotonicMs();
      if (!last || nowMs - last.atMs >= freshForMs) last = { fault: faultNow(), atMs: nowMs };
      return last.fault;
    },
  };
}

function journalBytes(folder: string): number {
  const names = readdirSync(folder).filter((name) => name.startsWith('journal-'));
  const sizes = names.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}
