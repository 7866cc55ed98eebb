export { AsyncQueue, Bell, DeadlineError, endForeignTimer, Lock, Remembered, withDeadline } from '#kit/async.ts';

/** Waits for `work`, or rejects with the reason of the signal. The work goes on by itself, and what it says then is lost. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const stop = Promise.withResolvers<never>();
  const onAbort = () => stop.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, stop.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
