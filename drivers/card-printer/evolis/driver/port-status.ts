import type { ProblemCode } from '#contract/problems/codes.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Conversation } from './conversation.ts';

const NOT_ERROR = 0x08;
const SELECT = 0x10;
const PAPER_EMPTY = 0x20;
const READY = NOT_ERROR | SELECT;

/**
 * Waits until the status lines of the USB port allow a write, where the link has them: the vendor's sample goes on only
 * then (card-printer.md 1.1). Rejects with what the lines say once they have said it for long enough.
 */
export async function portReady(talk: Conversation, emptyMeans: ProblemCode, signal: AbortSignal): Promise<void> {
  const startMs = talk.clock.monotonicMs();
  for (;;) {
    const lines = await readPort(talk, signal);
    if (isReady(lines)) return;
    const tookMs = talk.clock.monotonicMs() - startMs;
    if (tookMs >= talk.timing.portReadyWithinMs)
      throw new DeviceError(problemOf(lines, emptyMeans), `port status 0x${lines.toString(16)}`);
    await talk.clock.sleep(talk.timing.pollEveryMs, signal);
  }
}

export function isReady(lines: number): boolean {
  return (lines & READY) === READY;
}

/** The status byte; ready where the wire has none. */
export async function readPort(talk: Conversation, signal: AbortSignal): Promise<number> {
  return talk.link.control ? await talk.link.control.portStatus({ signal }) : READY;
}

/** Mechanical faults clear NOT_ERROR, media faults set PAPER_EMPTY; which medium, only the situation tells. */
function problemOf(lines: number, emptyMeans: ProblemCode): ProblemCode {
  if ((lines & NOT_ERROR) === 0) return 'card-printer/hardware';
  return (lines & PAPER_EMPTY) === 0 ? 'card-printer/unreachable' : emptyMeans;
}
