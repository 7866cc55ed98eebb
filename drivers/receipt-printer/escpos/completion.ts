import type { Remembered } from '#drivers/kit/async.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Clock } from '#kit/clock.ts';
import { type Condition, inWords, problemOf } from './condition.ts';
import { askJobDone, askPaperInOrder, isJobDone } from './protocol/commands.ts';
import type { Reply } from './protocol/scan-reply.ts';
import { flagsIn, inOrderPaperBits } from './protocol/status-bits.ts';
import { unreachable, type Wire } from './wire.ts';

/** By what a printer says that a paper is out: the number of the job (GS ( H), or any answer given in order (GS r 1). */
export type Completion = 'job-id' | 'in-order';

const LOOK_EVERY_MS = 500;
const SILENT_FOR_MS = 3_000;

interface Job {
  wire: Wire;
  clock: Clock;
  /** Asks for the status now; false where the printer is silent. */
  ask: () => Promise<boolean>;
  condition: Remembered<Condition>;
  kind: Completion;
  jobId: string;
  withinMs: number;
}

/**
 * Resolves when the printer has said that everything sent before is done. Rejects with the fault it tells instead, with
 * `receipt-printer/unreachable` after a silence, with `receipt-printer/hardware` where it is well and nothing comes.
 */
export async function awaitCompletion(job: Job, signal: AbortSignal): Promise<void> {
  const decided = new AbortController();
  const both = AbortSignal.any([signal, decided.signal, job.wire.ended]);
  try {
    await Promise.race([saysDone(job, both), tellsFault(job, both), staysSilent(job, both)]);
  } finally {
    decided.abort();
  }
}

async function saysDone(job: Job, signal: AbortSignal): Promise<void> {
  const question = job.kind === 'job-id' ? askJobDone(job.jobId) : askPaperInOrder;
  const paper = await job.wire.ask(question, (reply) => doneIn(job, reply), job.withinMs, signal);
  if (paper === undefined) throw hardware(`not a word that the paper is out within ${job.withinMs} ms`);
  if (paper.includes('paper-end')) throw new DeviceError('receipt-printer/paper-out', 'the roll ended in this paper');
}

function doneIn({ kind, jobId }: Job, reply: Reply) {
  if (kind === 'job-id') return reply.kind === 'block' && isJobDone(reply, jobId) ? [] : undefined;
  return reply.kind === 'in-order' ? flagsIn(reply.byte, inOrderPaperBits) : undefined;
}

async function tellsFault(job: Job, signal: AbortSignal): Promise<never> {
  const faulty = await job.condition.until((condition) => problemOf(condition) !== undefined, signal);
  throw new DeviceError(problemOf(faulty) ?? 'receipt-printer/hardware', `while printing: ${inWords(faulty)}`);
}

/** Asks again and again, since not every printer tells its faults by itself; these answers come while it prints, too. */
async function staysSilent(job: Job, signal: AbortSignal): Promise<never> {
  let heardAtMs = job.clock.monotonicMs();
  while (job.clock.monotonicMs() - heardAtMs < SILENT_FOR_MS) {
    await job.clock.sleep(LOOK_EVERY_MS, signal);
    if (await job.ask()) heardAtMs = job.clock.monotonicMs();
  }
  throw unreachable(`silent for ${SILENT_FOR_MS} ms while printing`);
}

const hardware = (detail: string) => new DeviceError('receipt-printer/hardware', detail);
