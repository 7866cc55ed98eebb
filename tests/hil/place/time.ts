import { type Clock, systemClock } from '#kit/clock.ts';

/** The time of a place: it passes by itself, and can be made to pass quickly. */
export interface PlaceClock extends Clock {
  /** Lets so much time pass at once; everyone who waited for less is woken, and gets a turn of the event loop. */
  leap(ms: number): Promise<void>;
  /** Moves the date alone, as a night without visitors does. */
  turnWallForward(ms: number): void;
}

/** Monday morning, 09.00 WIB. */
const MONDAY_MS = 1_795_399_200_000;

/**
 * Real time with leaps. A clock that stands still would stop what nobody leaps for (a reopening device, a heartbeat); one
 * that runs 200 times too fast would let a loaded machine miss every deadline. Here time runs as it does for real while
 * work is being done, and leaps, in steps far below every deadline of the place, only while a story waits: both programs,
 * broker and machines share one event loop, so each step gives all of them their turn.
 */
export function leapingClock(wallMs = MONDAY_MS): PlaceClock {
  const startMs = systemClock.monotonicMs();
  let leaptMs = 0;
  let turnedMs = 0;
  let sleepers: { atMs: number; wake: () => void }[] = [];
  const nowMs = () => systemClock.monotonicMs() - startMs + leaptMs;
  return {
    wallMs: () => Math.round(wallMs + turnedMs + nowMs()),
    monotonicMs: nowMs,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const over = new AbortController();
        const sleeper = { atMs: nowMs() + ms, wake: () => end(resolve) };
        const end = (done: () => void) => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          over.abort();
          done();
        };
        sleepers.push(sleeper);
        systemClock.sleep(ms, over.signal).then(sleeper.wake, () => undefined);
        signal?.addEventListener('abort', () => end(() => reject(signal.reason)), { once: true, signal: over.signal });
      });
    },
    turnWallForward(ms) {
      turnedMs += ms;
    },
    async leap(ms) {
      leaptMs += ms;
      const due = sleepers.filter(({ atMs }) => atMs <= nowMs());
      for (const { wake } of due.sort((a, b) => a.atMs - b.atMs)) wake();
      await systemClock.sleep(1);
    },
  };
}

/** Real machines cannot be hurried: a leap is a short rest. */
export const realClock: PlaceClock = {
  ...systemClock,
  leap: () => systemClock.sleep(20),
  turnWallForward() {
    throw new Error('the date of a real place cannot be turned');
  },
};

/** So long everything goes at its own pace; a story that still waits then lets time leap. */
const CALM_MS = 100;
/** Well below the shortest deadline there is: 500 ms for a receipt printer's answer. */
const STEP_MS = 40;
const PATIENCE_MS = { simulated: 12_000, real: 180_000 };

/** Waits until `wanted` holds. Rejects with what `instead` says where it never does. `calm`: a child process cannot be hurried. */
export async function eventually(
  clock: PlaceClock,
  wanted: () => boolean,
  instead: () => string,
  pace: 'leaping' | 'calm' = 'leaping',
): Promise<void> {
  const startMs = systemClock.monotonicMs();
  const patienceMs = clock === realClock ? PATIENCE_MS.real : PATIENCE_MS.simulated;
  while (!wanted()) {
    const waitedMs = systemClock.monotonicMs() - startMs;
    if (waitedMs > patienceMs) throw new Error(instead());
    await clock.leap(pace === 'leaping' && waitedMs > CALM_MS ? STEP_MS : 0);
  }
}

/** Lets seconds pass for everybody, in steps that no heartbeat notices. */
export async function letPass(clock: PlaceClock, seconds: number): Promise<void> {
  if (clock === realClock) return systemClock.sleep(seconds * 1_000);
  const untilMs = clock.monotonicMs() + seconds * 1_000;
  while (clock.monotonicMs() < untilMs) {
    await clock.leap(Math.min(250, untilMs - clock.monotonicMs()));
    await clock.leap(0);
  }
}
