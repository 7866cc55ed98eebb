import type { Clock } from '#kit/clock.ts';

/** A clock that a test moves, as `kit/manual-clock.ts` gives it. */
interface MovableClock extends Clock {
  advance(ms: number): Promise<void>;
}

const STEP_MS = 50;

/** Lets time pass until `work` is done; quick however long that takes by the clock. */
export async function inTime<T>(clock: MovableClock, work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  while (!isDone) await clock.advance(STEP_MS);
  return work;
}
