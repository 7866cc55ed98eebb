import { askPaperInOrder, dropWaitingData, flush, reportByYourself, reset } from './protocol/commands.ts';
import type { Reply } from './protocol/scan-reply.ts';
import type { Wire } from './wire.ts';

/** 8 KiB take 8.5 s at 9,600 baud. */
const FLUSHED_WITHIN_MS = 12_000;
/** What is written may still be on its way: 4 KiB wait in a serial port. */
const ANSWER_WITHIN_MS = 6_000;
const AUTOMATIC_WITHIN_MS = 1_500;
const QUIET_MS = { knowingWhereItIs: 100, guessing: 1_000 };

const inOrder = (reply: Reply) => (reply.kind === 'in-order' ? reply.byte : undefined);
const automatic = (reply: Reply) => (reply.kind === 'automatic' ? true : undefined);

/**
 * Brings a printer back whose last job was cut off anywhere: completes what it still waits for, resets it, and makes sure
 * that no answer to the old job can come later and be taken for a new one's. False where it does not answer. (Sheet B.2)
 *
 * Automatic status, sent when it is switched on, proves that the printer has come past the reset; clones have none, so
 * there only a longer quiet tells.
 */
export async function recover(wire: Wire, signal: AbortSignal): Promise<boolean> {
  const past = wire.next(automatic, AUTOMATIC_WITHIN_MS, signal);
  past.catch(() => undefined); // an abort is told by the write below
  await wire.write(Buffer.concat([dropWaitingData, flush, reset, reportByYourself]), FLUSHED_WITHIN_MS, signal);
  const quietMs = (await past) ? QUIET_MS.knowingWhereItIs : QUIET_MS.guessing;
  let answer = await wire.ask(askPaperInOrder, inOrder, ANSWER_WITHIN_MS, signal);
  if (answer === undefined) return false;
  while (answer !== undefined) answer = await wire.next(inOrder, quietMs, signal);
  return true;
}
