import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from '../faults.ts';
import { findSets } from './data-sets.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'data-sets-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(...files: string[]): void {
  for (const file of files) {
    mkdirSync(join(home, file, '..'), { recursive: true });
    writeFileSync(join(home, file), '');
  }
}

test('fingers and impressions come in the order that people count in', () => {
  put('9_1.png', '10_2.tif', '10_1.TIF', '10_10.bmp', 'left_index_3.pgm');
  const [set] = findSets(home).sets;
  expect(set?.impressions.map(({ finger, impression }) => `${finger} ${impression}`)).toEqual([
    '9 1',
    '10 1',
    '10 2',
    '10 10',
    'left_index 3',
  ]);
});

test('every folder with pictures is a set of its own', () => {
  put('2002/DB1/101_1.tif', '2002/DB2/101_1.tif', '2004/DB1/101_1.tif', 'empty/readme.txt');
  expect(findSets(home).sets.map(({ name }) => name)).toEqual(['2002/DB1', '2002/DB2', '2004/DB1']);
});

test('a picture with another name, or there twice, is named and passed over', () => {
  put('101_1.png', '101_1.tif', 'portrait.png', '101_x.png', 'notes.txt');
  const { sets, passedOver } = findSets(home);
  expect(sets[0]?.impressions).toHaveLength(1);
  expect(passedOver.map((file) => file.slice(home.length + 1))).toEqual(['101_1.tif', '101_x.png', 'portrait.png']);
});

test('a folder without such pictures, or none at all, is said to be one', () => {
  expect(() => findSets(home)).toThrow(InputError);
  expect(() => findSets(home)).toThrow(/no pictures named FINGER_IMPRESSION/);
  expect(() => findSets(join(home, 'nowhere'))).toThrow(/nowhere.*no such file/);
});
