import type { Clock } from './clock.ts';

/** A clock that moves only when told to: for tests and replays. */
export interface ManualClock extends Clock {
  /** Moves both clocks forward and wakes sleepers in the order of their deadlines. */
  advance(ms: number): Promise<void>;
  /** Moves the wall clock alone, as a wrong battery or an NTP step does. */
  jumpWall(ms: number): void;
  /** How many sleeps are waiting: lets a test wait for quiet instead of for time. */
  readonly sleepers: number;
}

interface Sleeper {
  atMs: number;
  wake: () => void;
}

export function manualClock(startWallMs = 1_790_000_000_000): ManualClock {
  let wallMs = startWallMs;
  let upMs = 0;
  let waiting: Sleeper[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const clock: ManualClock = {
    wallMs: () => Math.floor(wallMs), // whole milliseconds, as a board's clock gives them
    monotonicMs: () => upMs,
    get sleepers() {
      return waiting.length;
    },
    jumpWall(ms) {
      wallMs += ms;
    },
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = { atMs: upMs + ms, wake: resolve };
        waiting.push(sleeper);
        const stop = () => {
          waiting = waiting.filter((other) => other !== sleeper);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', stop, { once: true });
      });
    },
    async advance(ms) {
      const endMs = upMs + ms;
      await settle();
      for (;;) {
        const next = waiting.filter((s) => s.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (!next) break;
        waiting = waiting.filter((s) => s !== next);
        wallMs += Math.max(0, next.atMs - upMs);
        upMs = Math.max(upMs, next.atMs);
        next.wake();
        await settle();
      }
      wallMs += endMs - upMs;
      upMs = endMs;
      await settle();
    },
  };
  return clock;
}
