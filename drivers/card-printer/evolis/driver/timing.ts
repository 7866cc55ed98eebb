/**
 * How long this driver waits between and after exchanges; the deadline of each reply stands in its row of `commands.ts`.
 * All of it can be set in the cabinet file, because the figures of real machines are assumptions (card-printer.md 7).
 */
export interface Timing {
  /** Between two looks at a card in motion: 100 ms (card-printer.md 1.11, S3). */
  pollEveryMs: number;
  /** Between `Pneab;A;1` and `Se`: 100 ms (1.8, S3). */
  beforeEjectMs: number;
  /** Before a doubtful read is asked again: 100 ms (1.9, quirk of `Rrt`, S3). */
  beforeRetryMs: number;
  /** A card from the feeder takes 2 to 3 s (7, assumption); ten times that is a fault. */
  feedWithinMs: number;
  /** The last panel takes 3 to 4 s (7, assumption). */
  lastPanelWithinMs: number;
  /** To the exit 2 s (7, assumption); production kiosks allow 60 s (1.1, S3). */
  presentWithinMs: number;
  /** From the exit back inside, and from inside into the box: 2 s each (7, assumption), seven times over. */
  moveWithinMs: number;
  /** A card that neither transport nor bezel has seen for so long is not on its way between them any more. */
  goneAfterMs: number;
  /** The status lines of the port may stay busy for a panel. */
  portReadyWithinMs: number;
  /** What a printer left alone in the middle of a job may need before it answers: some panels (7, assumption). */
  idleWithinMs: number;
  /** After `Srs` the printer is left alone for 5 s (1.8). */
  afterResetMs: number;
}

export const realTiming: Timing = {
  pollEveryMs: 100,
  beforeEjectMs: 100,
  beforeRetryMs: 100,
  feedWithinMs: 30_000,
  lastPanelWithinMs: 10_000,
  presentWithinMs: 60_000,
  moveWithinMs: 15_000,
  goneAfterMs: 5_000,
  portReadyWithinMs: 10_000,
  idleWithinMs: 20_000,
  afterResetMs: 5_000,
};
