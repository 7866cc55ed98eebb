import type { Press } from './press.ts';

/** How long a command is, first byte included: a number, or what its first bytes say (undefined = not said yet). */
export interface Command {
  length: number | ((bytes: readonly number[]) => number | undefined);
  run?(press: Press, bytes: readonly number[]): void;
}

/** pL pH after the third byte: how many bytes follow. */
export function parenthesised([, , , low, high]: readonly number[]): number | undefined {
  return low === undefined || high === undefined ? undefined : 5 + low + high * 256;
}
