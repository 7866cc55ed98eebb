import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCabinetFile } from './cabinet-file.ts';

const link = { kind: 'unix', path: 'a.sock' };
const pins = {
  ...{ lamps: { slot: 2, call: 3, ready: 4, trouble: 5 }, beeper: 6, shutterMotor: 7 },
  sensors: { cardAtExit: 8, shutterClosed: 9, doorClosed: 10, mainsPresent: 11 },
};
/** As it was written before there were fingerprint scanners. */
const whole = {
  v: 1,
  cardPrinter: { driver: 'evolis', link, secondsPerCard: 180 },
  receiptPrinter: { driver: 'escpos', link, columns: 48 },
  panel: { driver: 'firmata', link, pins },
  camera: null,
};

function written(value: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), 'cabinet-file-')), 'cabinet.json');
  writeFileSync(path, JSON.stringify(value));
  return path;
}

test.each([
  ['nothing', {}],
  ['that there is none', { fingerprintScanner: null }],
  ['a module on a line', { fingerprintScanner: { driver: 'zfm', link, model: 'r307', dpi: 508 } }],
  ['a reader on USB', { fingerprintScanner: { driver: 'uru4000' } }],
])('of a fingerprint scanner a file may say %s', (_, said) => {
  expect(readCabinetFile(written({ ...whole, ...said }))).toEqual({ ...whole, ...said });
});

test.each([
  [{}, 'v is missing'],
  [{ ...whole, fingerprintScanner: { driver: 'zfm' } }, 'fingerprintScanner is not described'],
  [{ ...whole, fingerprintScanner: { driver: 'uru4000', dpi: 7 } }, 'fingerprintScanner is not described'],
  [{ v: 1, cardPrinter: {} }, 'cardPrinter is not described'],
  [{ v: 1, scanner: {} }, 'no device is called scanner'],
  [[], 'it is no object'],
])('a file that is none names what is wrong with it: %j', (value, words) => {
  expect(() => readCabinetFile(written(value))).toThrow(words);
});
