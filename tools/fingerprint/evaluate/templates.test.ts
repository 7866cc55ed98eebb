import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordFor } from './templates.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'records-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const db1 = { name: '2002/DB1', impressions: [] };
const index = { file: 'anywhere/101_1.tif', finger: '101', impression: 1 };

function put(file: string): string {
  const path = join(home, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  return path;
}

test('records lie in a folder like that of their set, beside its pictures or in references below them', () => {
  const below = put('2002/DB1/references/101_1.fmr');
  expect(recordFor(home, db1, index, false)).toBe(below);
  const beside = put('2002/DB1/101_1.iso');
  expect(recordFor(home, db1, index, false)).toBe(beside);
});

test('one folder for all serves one set, and never two: the same name would be two fingers', () => {
  const flat = put('101_1.ist');
  expect(recordFor(home, db1, index, true)).toBe(flat);
  expect(recordFor(home, db1, index, false)).toBe(join(home, '2002/DB1/101_1.fmr'));
});
