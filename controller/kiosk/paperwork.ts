import { codeOf } from '#contract/problems/codes.ts';
import type { PaperLine, ReceiptPrinter } from '#drivers/receipt-printer/receipt-printer.ts';
import { withDeadline } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';
import type { PaperFact } from './session.ts';

const printWithinMs = 25_000;

/** Prints one paper, or says why it is owed. A visit never waits longer for its paper than a person would. */
export async function printPaper(
  printer: ReceiptPrinter | null,
  clock: Clock,
  paper: PaperFact['paper'],
  lines: readonly PaperLine[],
  signal: AbortSignal,
): Promise<PaperFact> {
  if (!printer) return { paper, result: 'owed', code: 'receipt-printer/unreachable' };
  try {
    await withDeadline(clock, printWithinMs, signal, (stop) => printer.print(lines, { signal: stop }));
    return { paper, result: 'printed', code: 'done' };
  } catch (error) {
    signal.throwIfAborted();
    return { paper, result: 'owed', code: codeOf(error, 'receipt-printer/unreachable') };
  }
}
