import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCabinetFile } from './cabinet-file.ts';

test.each([
  [{}, 'v is missing'],
  [{ v: 1, cardPrinter: {} }, 'cardPrinter is not described'],
  [{ v: 1, scanner: {} }, 'no device is called scanner'],
  [[], 'it is no object'],
])('a file that is none names what is wrong with it: %j', (value, words) => {
  const path = join(mkdtempSync(join(tmpdir(), 'cabinet-file-')), 'cabinet.json');
  writeFileSync(path, JSON.stringify(value));
  expect(() => readCabinetFile(path)).toThrow(words);
});
