import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#kit/clock.ts';
import { median } from './stats.ts';

/** What the figures were measured on: without it no number means anything. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  node: string;
  /** Load averages over 1, 5 and 15 minutes. */
  loadBefore: number[];
  loadAfter: number[];
  /** Median of writing 4 kB and waiting until the disk has it: what one durable write costs at least. */
  diskSyncMs: number;
}

export const load = (): number[] => loadavg().map((value) => Number(value.toFixed(2)));

export function machineOf(loadBefore: number[], diskSyncMs: number): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    loadBefore,
    loadAfter: load(),
    diskSyncMs: Number(diskSyncMs.toFixed(2)),
  };
}

/** Syncs measured one by one, in milliseconds. */
export function measureDiskSync(folder: string, clock: Clock, count = 50): number {
  const path = join(folder, 'disk-sync');
  const file = openSync(path, 'w');
  const block = new Uint8Array(4_096);
  const times = Array.from({ length: count }, () => {
    const startMs = clock.monotonicMs();
    writeSync(file, block);
    fdatasyncSync(file);
    return clock.monotonicMs() - startMs;
  });
  closeSync(file);
  rmSync(path);
  return median(times);
}
