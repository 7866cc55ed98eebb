import { performance } from 'node:perf_hooks';

/** Time as a port. Wall time may jump; monotonic time never does and starts anywhere. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC, as the board believes it. */
  wallMs(): number;
  /** Milliseconds that only grow, within one process life. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with `signal.reason` when aborted, and then leaves no timer behind. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep(ms, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    });
  },
};
