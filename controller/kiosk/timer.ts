import { type LimitedStep, limitSeconds, limits, slowAfterSeconds } from '#contract/screen/limits.ts';
import type { Pace } from '#contract/screen/screen-state.ts';
import type { Clock } from '#kit/clock.ts';

export interface TimerState {
  secondsLeft: number | null;
  warning: boolean;
  slow: boolean;
}

export interface StepTimer {
  readonly state: TimerState;
  /** Starts the step's time anew: on entering it, and whenever the person shows that they are there. */
  restart(step: LimitedStep, pace: Pace): void;
  stop(): void;
}

/** The steps whose seconds are shown all the time, not only when they run out. */
const alwaysShown: readonly LimitedStep[] = ['take-card', 'offer-again'];

/** Counts one step down by the limits table; `tick` says that something to show has changed, `end` that the time is up. */
export function openTimer(clock: Clock, tick: () => void, end: () => void, beep: () => void): StepTimer {
  let life = new AbortController();
  let state: TimerState = { secondsLeft: null, warning: false, slow: false };

  async function count(step: LimitedStep, total: number, signal: AbortSignal): Promise<void> {
    const startedMs = clock.monotonicMs();
    const { warnSeconds } = limits[step];
    while (!signal.aborted) {
      const passed = Math.round((clock.monotonicMs() - startedMs) / 1_000);
      const left = total - passed;
      if (left <= 0) return end();
      show(step, left, left <= warnSeconds, step === 'asking' && passed >= slowAfterSeconds);
      if (step === 'take-card' && passed > 0 && passed % 10 === 0) beep();
      await clock.sleep(1_000, signal).catch(() => undefined);
    }
  }

  function show(step: LimitedStep, left: number, warning: boolean, slow: boolean): void {
    const next = {
      secondsLeft: warning || alwaysShown.includes(step) ? left : null,
      warning: warning && limits[step].dismissable,
      slow,
    };
    if (next.secondsLeft === state.secondsLeft && next.warning === state.warning && next.slow === state.slow) return;
    state = next;
    tick();
  }

  return {
    get state() {
      return state;
    },
    restart(step, pace) {
      life.abort();
      life = new AbortController();
      state = { secondsLeft: null, warning: false, slow: false };
      const total = limitSeconds(step, pace);
      if (total !== null) void count(step, total, life.signal);
    },
    stop: () => life.abort(),
  };
}
