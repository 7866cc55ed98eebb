import { nextTurn } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';

/** Whether a process still lives. What belongs to a dead one is never woken again. */
export interface Alive {
  readonly dead: boolean;
}

interface Sleeper {
  atMs: number;
  owner: Alive;
  wake: () => void;
}

/** One time for a whole universe; it moves only from one sleeper to the next, and never by itself. */
export interface StepClock {
  readonly nowMs: number;
  /** The clock as one process sees it. Uptime starts at the moment it is made. */
  view(owner: Alive): Clock;
  /** Wakes the sleepers that are due next. False where nobody sleeps, or not until `limitMs`. */
  step(limitMs: number): boolean;
  /** Lets time pass without waking anybody who is not due. */
  forget(): void;
}

/** Monday morning, 09.00 WIB. */
export const MONDAY_MS = 1_795_399_200_000;

/** `nowMs` counts from the Monday on. `stir` is called whenever somebody goes to sleep or is woken. */
export function stepClock(fromMs: number, stir: () => void): StepClock {
  let nowMs = fromMs;
  let sleepers: Sleeper[] = [];
  return {
    get nowMs() {
      return nowMs;
    },
    view(owner) {
      const bornMs = nowMs;
      return {
        wallMs: () => MONDAY_MS + nowMs,
        monotonicMs: () => nowMs - bornMs,
        sleep(ms, signal) {
          return new Promise((resolve, reject) => {
            if (signal?.aborted) return reject(signal.reason);
            const stop = () => {
              sleepers = sleepers.filter((other) => other !== sleeper);
              reject(signal?.reason);
            };
            const wake = () => {
              signal?.removeEventListener('abort', stop);
              resolve();
            };
            const sleeper = { atMs: nowMs + Math.ceil(Math.max(0, ms)), owner, wake };
            sleepers.push(sleeper);
            signal?.addEventListener('abort', stop, { once: true });
            stir();
          });
        },
      };
    },
    step(limitMs) {
      sleepers = sleepers.filter(({ owner }) => !owner.dead);
      const nextMs = sleepers.reduce((least, { atMs }) => (atMs < least ? atMs : least), Number.POSITIVE_INFINITY);
      if (nextMs > limitMs) {
        nowMs = Math.max(nowMs, limitMs);
        return false;
      }
      nowMs = Math.max(nowMs, nextMs);
      const due = sleepers.filter(({ atMs }) => atMs <= nowMs);
      sleepers = sleepers.filter(({ atMs }) => atMs > nowMs);
      for (const { wake } of due) wake();
      stir();
      return true;
    },
    forget() {
      sleepers = [];
    },
  };
}

/** One turn of the event loop: every promise that needs no outside world has settled then. */
export const turn = nextTurn;
