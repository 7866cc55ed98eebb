import { readFileSync } from 'node:fs';

/**
 * The name that the operating system gives to this start of the board: the same for every process until the board is
 * switched off or resets (Linux: random(4), boot_id). Null where there is none.
 */
export function systemBoardBoot(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() || null;
  } catch {
    return null;
  }
}
