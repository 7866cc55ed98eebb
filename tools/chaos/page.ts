import type { CabinetView } from '#cabinet/view.ts';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import { Remembered } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';

const reconnectMs = 100;

/** What stands on the screen, null while nobody answers there; connects again by itself until `signal`. */
export function followScreen(kiosk: string, clock: Clock, signal: AbortSignal): Remembered<ScreenState | null> {
  const seen = new Remembered<ScreenState | null>(null);
  const follow = async () => {
    while (!signal.aborted) {
      try {
        for await (const state of eventsOf<ScreenState>(new URL('/state', kiosk).href, signal)) seen.set(state);
      } catch {
        // killed, or not up yet
      }
      seen.set(null);
      await clock.sleep(reconnectMs, signal).catch(() => undefined);
    }
  };
  void follow();
  return seen;
}

async function* eventsOf<T>(url: string, signal: AbortSignal): AsyncGenerator<T, void, undefined> {
  const { body } = await fetch(url, { signal });
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (text + chunk).split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const data = part.split('\n').find((line) => line.startsWith('data: '));
      if (data) yield JSON.parse(data.slice('data: '.length)) as T;
    }
  }
}

/** The world as the cabinet's page draws it, now; null where nobody answers. */
export async function viewOf(cabinet: string): Promise<CabinetView | null> {
  const enough = new AbortController();
  try {
    for await (const view of eventsOf<CabinetView>(new URL('/view', cabinet).href, enough.signal)) return view;
  } catch {
    // killed, or not up yet
  } finally {
    enough.abort();
  }
  return null;
}

let taps = 0;

/** One touch, as the page sends it. False where it was not taken: another screen stands there, or nobody answers. */
export async function tap(kiosk: string, rev: number, tapped: Tap): Promise<boolean> {
  taps += 1;
  return post(new URL('/tap', kiosk), { rev, tapId: `finger-${taps}`, tap: tapped });
}

/** Something that a hand does to the cabinet. False where nobody answers: it may have happened all the same. */
export function act(cabinet: string, verb: string, more: object = {}): Promise<boolean> {
  return post(new URL('/do', cabinet), { verb, ...more });
}

async function post(url: URL, body: object): Promise<boolean> {
  const headers = { 'content-type': 'application/json', origin: url.origin };
  try {
    const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    await reply.arrayBuffer();
    return reply.ok;
  } catch {
    return false;
  }
}
