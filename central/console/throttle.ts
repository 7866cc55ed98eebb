import type { Clock } from '#kit/clock.ts';

export interface Throttle {
  /** Counts one try and says for how many ms no more may be made; 0 = go on. */
  tryOnce(key: string): number;
  /** A try that was right costs nothing. */
  forgive(key: string): void;
}

/** At most `tries` in `windowMs` for each key. Memory only, and never more keys than can be tried in one window. */
export function openThrottle(clock: Clock, { tries, windowMs }: { tries: number; windowMs: number }): Throttle {
  const counts = new Map<string, { count: number; untilMs: number }>();
  const forgetOld = (nowMs: number) => {
    for (const [key, { untilMs }] of counts) if (untilMs <= nowMs) counts.delete(key);
  };
  return {
    tryOnce(key) {
      const nowMs = clock.monotonicMs();
      forgetOld(nowMs);
      const known = counts.get(key) ?? { count: 0, untilMs: nowMs + windowMs };
      if (known.count >= tries) return known.untilMs - nowMs;
      counts.set(key, { ...known, count: known.count + 1 });
      return 0;
    },
    forgive: (key) => void counts.delete(key),
  };
}
