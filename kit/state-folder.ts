import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ProblemError } from './problem-error.ts';

/** Makes a folder for a program's state; rejects with one line where it cannot be written to. */
export function stateFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700); // also where somebody made it before us
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

/** Writes a file so that a reader sees the old one or the whole new one, after a power cut too. */
export function writeWhole(path: string, text: string): void {
  rmSync(`${path}.new`, { force: true });
  synchronised(`${path}.new`, 'wx', (file) => writeFileSync(file, text));
  renameSync(`${path}.new`, path);
  synchronised(dirname(path), 'r', () => undefined); // the new name is in the folder, which is a file of its own
}

function synchronised(path: string, flags: 'wx' | 'r', work: (file: number) => void): void {
  const file = openSync(path, flags, 0o600);
  try {
    work(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
