import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOrMake, stateFolder, writeWhole } from './state-folder.ts';

const place = () => mkdtempSync(join(tmpdir(), 'anjungan-state-'));

test('a state folder is made with all above it, for its owner only', () => {
  const path = stateFolder(join(place(), 'var', 'kiosk'));
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(stateFolder(path)).toBe(path);
});

test('a folder that cannot be is said in one line with its code', () => {
  const file = join(place(), 'a-file');
  writeFileSync(file, '');
  for (const path of [file, join(file, 'below')])
    expect(() => stateFolder(path)).toThrow(/cannot be written to \(kiosk\/folder-unwritable\)/);
});

test('what is made once is read ever after, and a secret is for its owner only', async () => {
  const folder = place();
  let made = 0;
  const make = async () => {
    made += 1;
    return { key: made };
  };
  expect([await readOrMake(folder, 'keys.json', make), await readOrMake(folder, 'keys.json', make)]).toEqual([
    { key: 1 },
    { key: 1 },
  ]);
  expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
});

test('a file is written whole: an earlier one with open rights gives way, and nothing half lies beside it', () => {
  const folder = place();
  const path = join(folder, 'enrolment.json');
  writeFileSync(path, 'old');
  chmodSync(path, 0o644);
  writeWhole(path, 'new');
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['new', 0o600]);
  expect(readdirSync(folder)).toEqual(['enrolment.json']);
});
