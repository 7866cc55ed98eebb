import { Remembered, withDeadline } from '#kit/async.ts';
import { systemClock } from '#kit/clock.ts';

const reconnectMs = 50;
/** Longer than anything takes, shorter than a test: what never comes is told with what came instead. */
const patienceMs = 60_000;

/** The newest value of a stream of server-sent events, null while nobody answers there; it connects again by itself. */
export function followEvents<T>(url: string, signal: AbortSignal): Remembered<T | null> {
  const seen = new Remembered<T | null>(null);
  const follow = async () => {
    while (!signal.aborted) {
      await readOnce(url, signal, (value: T) => seen.set(value)).catch(() => undefined);
      seen.set(null);
      await systemClock.sleep(reconnectMs, signal).catch(() => undefined);
    }
  };
  void follow();
  return seen;
}

async function readOnce<T>(url: string, signal: AbortSignal, tell: (value: T) => void): Promise<void> {
  const { body } = await fetch(url, { signal });
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (text + chunk).split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const data = part.split('\n').find((line) => line.startsWith('data: '));
      if (data) tell(JSON.parse(data.slice('data: '.length)) as T);
    }
  }
}

/** The first value that is as wanted. Rejects with the last one seen where none comes. */
export async function until<T>(seen: Remembered<T>, what: string, wanted: (value: T) => boolean): Promise<T> {
  try {
    return await withDeadline(systemClock, patienceMs, undefined, (signal) => seen.until(wanted, signal));
  } catch (cause) {
    throw new Error(`waited for ${what}; last seen: ${JSON.stringify(seen.value)}`, { cause });
  }
}
