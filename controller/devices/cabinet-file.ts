import { readFileSync } from 'node:fs';
import { ProblemError } from '#kit/problem-error.ts';
import { isCabinetFile } from './cabinet-file.generated.ts';
import type { CabinetFile } from './cabinet-file.schema.ts';

export { isCabinetFile } from './cabinet-file.generated.ts';
export type { CabinetFile } from './cabinet-file.schema.ts';

/** Rejects with `kiosk/cabinet-file` and the path, in one line. */
export function readCabinetFile(path: string): CabinetFile {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ProblemError('kiosk/cabinet-file', `${path} cannot be read as JSON`, { cause });
  }
  if (isCabinetFile(value)) return value;
  throw new ProblemError('kiosk/cabinet-file', `${path} is not a cabinet file: ${whatIsWrong(value)}`);
}

const link = { kind: 'unix', path: '/example' };
const pins = { lamps: { slot: 2, call: 3, ready: 4, trouble: 5 }, beeper: 6, shutterMotor: 7 };
/** A file in which every part is right: each part of another one is tried in its place. */
const example: Record<string, unknown> = {
  v: 1,
  cardPrinter: { driver: 'evolis', link, secondsPerCard: 180 },
  receiptPrinter: { driver: 'escpos', link, columns: 48 },
  panel: {
    driver: 'firmata',
    link,
    pins: { ...pins, sensors: { cardAtExit: 8, shutterClosed: 9, doorClosed: 10, mainsPresent: 11 } },
  },
  camera: null,
};
const optional = ['fingerprintScanner'];

function whatIsWrong(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no object';
  const given = value as Record<string, unknown>;
  const unknown = Object.keys(given).find((name) => !(name in example || optional.includes(name)));
  if (unknown) return `no device is called ${unknown}`;
  const names = [...Object.keys(example), ...optional.filter((name) => name in given)];
  const wrong = names.filter((name) => !isCabinetFile({ ...example, [name]: given[name] }));
  const [first = 'something'] = wrong;
  return first in given ? `${first} is not described as the handbook says` : `${first} is missing`;
}
