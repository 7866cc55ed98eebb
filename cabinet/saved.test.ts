import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSaveFiles, readSaved } from './saved.ts';
import { newWorld } from './world/plain.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-saved-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A world of three blanks of which so many have been fed. */
const worldText = (cardsFed: number) =>
  JSON.stringify({ world: { ...newWorld({ blanks: 3 }), cardsFed }, devices: { panel: { fed: cardsFed } } });

const lastIn = (folder: string) => readSaved(folder)?.world.cardsFed;

/** Saved whole, then quickly: so many times in all. The last quick save lies in the slot that is given back. */
function savedTimes(folder: string, times: number): string {
  const files = openSaveFiles(folder);
  for (let count = 1; count <= times; count += 1) (count === 1 ? files.wholly : files.quickly)(worldText(count));
  return join(folder, `world.slot-${times % 2}`);
}

test('the last save is the one that is read, whichever way it was written', () => {
  const folder = newFolder();
  expect(readSaved(folder)).toBeNull();
  for (let times = 1; times <= 5; times += 1) {
    savedTimes(folder, times);
    expect(lastIn(folder)).toBe(times);
  }
  openSaveFiles(folder, readSaved(folder)?.turn).wholly(worldText(6));
  expect(lastIn(folder)).toBe(6);
  openSaveFiles(folder, readSaved(folder)?.turn).quickly(worldText(7));
  expect(lastIn(folder)).toBe(7);
});

test('a slot that was cut anywhere is passed over, and the save before it is read', () => {
  for (const times of [2, 3]) {
    const folder = newFolder();
    const slot = savedTimes(folder, times);
    const bytes = readFileSync(slot);
    for (let end = 0; end < bytes.length; end += 7) {
      writeFileSync(slot, bytes.subarray(0, end));
      expect(lastIn(folder), `cut after ${end} of ${bytes.length} bytes`).toBe(times - 1);
    }
  }
});

test('a kill in the middle of writing leaves half a new save before half an old one: nobody takes that for a world', () => {
  const folder = newFolder();
  const slot = savedTimes(folder, 4);
  const old = readFileSync(slot);
  savedTimes(folder, 6);
  const fresh = readFileSync(slot);
  expect(fresh).toHaveLength(old.length);
  const firstDifference = fresh.findIndex((byte, at) => byte !== old[at]);
  const lastDifference = fresh.findLastIndex((byte, at) => byte !== old[at]);
  for (let end = firstDifference + 1; end <= lastDifference; end += 7) {
    writeFileSync(slot, Buffer.concat([fresh.subarray(0, end), old.subarray(end)]));
    expect(lastIn(folder), `killed after ${end} of ${fresh.length} bytes`).toBe(5);
  }
});

test('a save that is shorter than what its slot held before is read to its own end', () => {
  const folder = newFolder();
  const slot = savedTimes(folder, 4);
  writeFileSync(slot, Buffer.concat([readFileSync(slot), Buffer.from('the rest of a longer save')]));
  expect(lastIn(folder)).toBe(4);
});

test('a save that failed is tried again where it was, so that the one before it stays', () => {
  const folder = newFolder();
  const files = openSaveFiles(folder);
  files.wholly(worldText(1));
  files.quickly(worldText(2));
  const missing = openSaveFiles(join(folder, 'not-there'), readSaved(folder)?.turn);
  expect(() => missing.quickly(worldText(3))).toThrow('ENOENT');
  expect(() => missing.quickly(worldText(3))).toThrow('world.slot-1');
});
