import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Appended, Journal } from '#controller/journal/journal.ts';
import { type Attempt, type Ending, writeOutcome } from './facts.ts';
import type { Slot } from './slot.ts';

export interface JobPorts extends Slot {
  journal: Journal;
  /** Sets room aside for all entries of a job; throws with the code `kiosk/disk-full` where there is none. */
  reserveSpace?: () => void;
}

/** How an attempt ended; `entry` is the outcome as it stands in the journal. */
export interface Ended {
  at: 'ended';
  outcome: Ending['outcome'];
  code: ProblemCode | null;
  entry: Appended;
}

/** Writes the outcome and the blanko movement, in one write. */
export function end({ journal }: JobPorts, attempt: Attempt, ending: Ending): Ended {
  const entry = writeOutcome(journal, attempt, ending);
  const { outcome, reason } = ending;
  return { at: 'ended', outcome, code: reason === 'done' ? null : reason, entry };
}
