import type { ProblemCode } from '#contract/problems/codes.ts';
import type { ReceiptPrinterStatus } from '../receipt-printer.ts';
import type { Flag } from './protocol/status-bits.ts';

/** Everything the printer says of itself now. */
export type Condition = ReadonlySet<Flag>;

/** Which flag is which problem, the gravest first. */
const problemRows: readonly { flag: Flag; problem: ProblemCode }[] = [
  { flag: 'unrecoverable', problem: 'receipt-printer/hardware' },
  { flag: 'cutter-error', problem: 'receipt-printer/cutter' },
  { flag: 'cover-open', problem: 'receipt-printer/cover-open' },
  { flag: 'paper-end', problem: 'receipt-printer/paper-out' },
  { flag: 'stopped-for-paper', problem: 'receipt-printer/paper-out' },
  { flag: 'mechanical-error', problem: 'receipt-printer/hardware' },
];

/** Flags under which the printer goes on by itself after a moment: a hot head, a finger on the feed button. */
const passing: readonly Flag[] = ['passing-error', 'feed-button'];

/** Errors that stay until the printer is told to try again (DLE ENQ), however well it is by then. */
const recoverable: readonly Flag[] = ['cutter-error', 'mechanical-error', 'waits-for-recovery'];

export const waitsToBeTold = (condition: Condition): boolean =>
  !condition.has('unrecoverable') && recoverable.some((flag) => condition.has(flag));

/** The one problem that keeps this printer from printing, or `undefined`. */
export function problemOf(condition: Condition): ProblemCode | undefined {
  const row = problemRows.find(({ flag }) => condition.has(flag));
  if (row) return row.problem;
  if (passing.some((flag) => condition.has(flag))) return undefined;
  return condition.has('error') || condition.has('offline') ? 'receipt-printer/hardware' : undefined;
}

/**
 * The condition as a status. Many printers have no near-end sensor and would always say "enough": then paper is
 * `unknown` until it is out, unless `nearEndSensor` says there is one.
 */
export function statusOf(condition: Condition, nearEndSensor: boolean): ReceiptPrinterStatus {
  const problem = problemOf(condition);
  if (problem) return { state: 'needs-attention', problem };
  if (condition.has('paper-near-end')) return { state: 'ready', paper: 'low' };
  return { state: 'ready', paper: nearEndSensor ? 'ok' : 'unknown' };
}

/** For the technician's log: the flags as words. */
export const inWords = (condition: Condition): string => (condition.size ? [...condition].join(', ') : 'nothing wrong');
