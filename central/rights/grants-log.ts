import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Grants on a second medium: a restored database must not forget who holds which right. */
export interface GrantsLog {
  /** Durable when it returns. A line may stand here whose transaction then failed: that only forbids, never frees. */
  append(grant: object): void;
  close(): void;
}

export function openGrantsLog(path: string): GrantsLog {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a', 0o600);
  ftruncateSync(file, readFileSync(path).lastIndexOf('\n') + 1); // the next line must not be glued to a torn one
  return {
    append(grant) {
      writeFileSync(file, `${JSON.stringify(grant)}\n`);
      fsyncSync(file);
    },
    close: () => closeSync(file),
  };
}

/** All grants that were written whole; a torn last line is one that was never answered. */
export function readGrantsLog(path: string): object[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as object);
}
