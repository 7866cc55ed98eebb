import { codeOf } from '#contract/problems/codes.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import type { Devices } from '#controller/devices/devices.ts';
import type { Journal } from '#controller/journal/journal.ts';
import { owedPaper } from '#controller/papers/owed.ts';
import type { PaperSite } from '#controller/papers/papers.ts';
import type { PaperLine, ReceiptPrinter } from '#drivers/receipt-printer/receipt-printer.ts';
import { withDeadline } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';
import type { Store } from '#kit/store.ts';
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

/** What stands on every paper of this site. */
export function paperSite({ site, kiosk }: Enrolment): PaperSite {
  return { office: `KECAMATAN ${site.name.toUpperCase()}`, siteName: site.city, kiosk };
}

export interface OwedPorts {
  store: Store;
  journal: Journal;
  devices: Devices;
  clock: Clock;
  enrolment: Enrolment;
  signal: AbortSignal;
}

/** Prints what a visit is still owed, by a named operator, and writes down that it is owed no more. */
export async function printOwed(
  { store, journal, devices, clock, enrolment, signal }: OwedPorts,
  visitNo: string,
  operatorId: string,
): Promise<void> {
  const owed = owedPaper(store, paperSite(enrolment), visitNo);
  if (!owed) throw new Error(`no paper is owed for visit ${visitNo}`);
  const { result, code } = await printPaper(devices.receiptPrinter, clock, owed.paper, owed.lines, signal);
  if (result === 'owed') throw new Error(`the paper could not be printed: ${code}`);
  journal.record('receipt.printed', (append, db) => {
    append({ type: 'receipt.printed', visitNo, data: { paper: owed.paper, reprint: true } });
    append({ type: 'operator.acted', visitNo, data: { action: 'printed-owed', operatorId } });
    db.prepare('DELETE FROM owed_paper WHERE visit_no = ?').run(visitNo);
  });
}
