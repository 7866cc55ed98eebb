import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from './problem-error.ts';

/** Makes a folder for a program's state; rejects with one line where it cannot be written to. */
export function stateFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return path;
  } catch (cause) {
    throw new ProblemError('kiosk/folder-unwritable', `${path} cannot be written to`, { cause });
  }
}

/** Reads a JSON file of this folder, or makes it once. Secrets stay readable for their owner only. */
export async function readOrMake<T>(folder: string, name: string, make: () => Promise<T>): Promise<T> {
  const path = join(folder, name);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as T;
  const made = await make();
  writeWhole(path, `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

/** Writes a file so that a reader sees the old one or the whole new one. */
export function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
