import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { StoreInUse } from '#kit/store.ts';
import { controllerMigrations } from './controller.ts';
import { openDiskBudget } from './disk-budget.ts';
import { openJournalFile, setAside } from './journal-file.ts';

const nowMs = 1_795_237_200_000; // 2026-11-21, noon in Palembang
const folder = () => mkdtempSync(join(tmpdir(), 'anjungan-journal-'));
const names = (path: string) => readdirSync(path).sort();
const opening = (path: string) => () =>
  openJournalFile({ path, kiosk: 'SU1-A', epoch: 1 }, { migrations: controllerMigrations }, nowMs);
const damaged = expect.objectContaining({ name: 'StoreBroken', fault: 'damaged' });

test('a file that is no journal is set aside under the day, and no other takes its place', () => {
  const state = folder();
  const path = join(state, 'journal-1.db');
  writeFileSync(path, 'x'.repeat(9_000));
  expect(opening(path)).toThrow(damaged);
  expect(names(state)).toEqual(['journal-1.damaged-2026-11-21']);
  expect(opening(path)).toThrow(damaged);
  writeFileSync(path, ''); // an empty file is no journal either
  expect(opening(path)).toThrow(damaged);
  expect(readFileSync(join(state, 'journal-1.damaged-2026-11-21'), 'utf8')).toBe('x'.repeat(9_000));
});

test('two of one day lie side by side: what was set aside is never overwritten', () => {
  const state = folder();
  const path = join(state, 'journal-1.db');
  for (const text of ['first', 'second', 'third']) {
    writeFileSync(path, text);
    writeFileSync(`${path}-wal`, `${text} log`);
    setAside(path, nowMs);
  }
  const day = 'journal-1.damaged-2026-11-21';
  expect(names(state)).toEqual([day, `${day}-wal`, `${day}.2`, `${day}.2-wal`, `${day}.3`, `${day}.3-wal`]);
  expect(readFileSync(join(state, `${day}.2-wal`), 'utf8')).toBe('second log');
});

test('a power cut between the two renames: the log follows its file in the next life', () => {
  const state = folder();
  const path = join(state, 'journal-1.db');
  writeFileSync(`${path}-wal`, 'log');
  writeFileSync(path, 'file');
  renameSync(path, join(state, 'journal-1.damaged-2026-11-20'));
  expect(opening(path)).toThrow(damaged);
  expect(names(state)).toEqual(['journal-1.damaged-2026-11-20', 'journal-1.damaged-2026-11-20-wal']);
});

test('a log whose file is gone is kept, and remembered', () => {
  const state = folder();
  const path = join(state, 'journal-1.db');
  writeFileSync(`${path}-wal`, 'x'.repeat(9_000));
  for (const _ of ['found', 'remembered']) expect(opening(path)).toThrow(damaged);
  expect(names(state)).toEqual(['journal-1.damaged-2026-11-21-wal']);
});

test('a journal that another process holds is in use, not damaged', () => {
  const path = join(folder(), 'journal-1.db');
  using _held = opening(path)();
  expect(opening(path)).toThrow(StoreInUse);
  expect(existsSync(path)).toBe(true);
});

test('the journals of all epochs count, with what was set aside; a full disk and a used budget both stop the printing', () => {
  const state = folder();
  writeFileSync(join(state, 'journal-1.damaged-2026-11-21'), Buffer.alloc(600));
  writeFileSync(join(state, 'journal-2.db'), Buffer.alloc(300));
  writeFileSync(join(state, 'kiosk.log'), Buffer.alloc(5_000));
  const disk = { freeBytes: () => 10 ** 9 };
  const clock = manualClock();
  const budget = (budgetBytes: number) => openDiskBudget({ folder: state, budgetBytes, disk, clock });
  expect(budget(1_000).usage()).toEqual({ usedBytes: 900, budgetBytes: 1_000, freeBytes: 10 ** 9 });
  expect(budget(1_000).fault()).toBeNull();
  expect(budget(900).fault()).toBe('kiosk/disk-full');
  disk.freeBytes = () => 60 * 2 ** 20;
  expect(budget(1_000).fault()).toBe('kiosk/disk-full');
});

test('whether there is room is looked up anew after two seconds; a disk that does not tell is a failed one', async () => {
  const disk = { freeBytes: () => 10 ** 9 };
  const clock = manualClock();
  const budget = openDiskBudget({ folder: folder(), budgetBytes: 1_000, disk, clock });
  expect(budget.fault()).toBeNull();
  disk.freeBytes = () => {
    throw new Error('EIO');
  };
  expect(budget.fault()).toBeNull();
  await clock.advance(2_000);
  expect(budget.fault()).toBe('kiosk/store-failed');
  disk.freeBytes = () => 10 ** 9;
  await clock.advance(2_000);
  expect(budget.fault()).toBeNull();
});
