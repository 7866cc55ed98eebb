import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProblemCode } from '#contract/problems/codes.ts';
import type { DiskSpace } from '#kit/disk-space.ts';

/** What the journals of all epochs take, with their logs and what was set aside, and what may still be taken. */
export interface DiskUsage {
  usedBytes: number;
  budgetBytes: number;
  freeBytes: number;
}

export interface DiskBudget {
  usage(): DiskUsage;
  /** `kiosk/disk-full` when budget or disk is used up: then nothing is printed, rather than something forgotten. */
  fault(): Extract<ProblemCode, 'kiosk/disk-full'> | null;
}

/** Room that is left to the system, to logs and to whoever repairs. */
export const leastFreeBytes = 64 * 2 ** 20;

export interface DiskBudgetOptions {
  /** The state folder, where the journals lie. */
  folder: string;
  budgetBytes: number;
  disk: DiskSpace;
}

/** Counts anew at each call; it costs one look at the folder. Throws as the file system does where that cannot be read. */
export function openDiskBudget({ folder, budgetBytes, disk }: DiskBudgetOptions): DiskBudget {
  const usage = () => ({ usedBytes: journalBytes(folder), budgetBytes, freeBytes: disk.freeBytes(folder) });
  return {
    usage,
    fault() {
      const { usedBytes, freeBytes } = usage();
      return usedBytes >= budgetBytes || freeBytes < leastFreeBytes ? 'kiosk/disk-full' : null;
    },
  };
}

function journalBytes(folder: string): number {
  const names = readdirSync(folder).filter((name) => name.startsWith('journal-'));
  const sizes = names.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}
