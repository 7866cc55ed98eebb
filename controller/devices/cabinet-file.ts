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
  if (!isCabinetFile(value)) throw new ProblemError('kiosk/cabinet-file', `${path} is not a cabinet file`);
  return value;
}
