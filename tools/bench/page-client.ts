import type { Screen, ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import type { Clock } from '#kit/clock.ts';
import type { DemoCitizen } from '#tools/population/demo-citizens.ts';

/** What the kiosk's page is told, from the state of now on. */
export async function* screenStates(page: string, signal: AbortSignal): AsyncGenerator<ScreenState, void, undefined> {
  const response = await fetch(new URL('/state', page), { signal });
  const text = response.body?.pipeThrough(new TextDecoderStream());
  let unread = '';
  try {
    for await (const chunk of text ?? []) {
      unread += chunk;
      const events = unread.split('\n\n');
      unread = events.pop() ?? '';
      for (const event of events) if (event.startsWith('data: ')) yield JSON.parse(event.slice(6)) as ScreenState;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

export interface Visited {
  /** From the tap on start until the page said that central has the outcome. */
  totalMs: number;
  phasesMs: Record<string, number>;
}

export interface Visitor {
  page: string;
  citizen: Pick<DemoCitizen, 'code' | 'pickupCode' | 'pin'>;
  clock: Clock;
  /** Takes the card out of the slot. */
  takeCard: () => Promise<void>;
}

/** One pickup by the page alone, as a browser sees it. Rejects where no card came of it. */
export async function visitByPage({ page, citizen, clock, takeCard }: Visitor): Promise<Visited> {
  const stop = new AbortController();
  const phasesMs: Record<string, number> = {};
  let tapped = 0;
  let [phase, sinceMs, startMs] = ['', 0, 0];
  const tap = async (rev: number, body: Tap) => {
    const headers = { 'content-type': 'application/json', origin: new URL(page).origin };
    tapped += 1;
    const json = JSON.stringify({ rev, tapId: `${citizen.code}-${rev}-${tapped}`, tap: body });
    await fetch(new URL('/tap', page), { method: 'POST', headers, body: json });
  };
  const answers: Partial<Record<Screen['at'], Tap>> = {
    welcome: { tap: 'start' },
    how: { tap: 'number', digits: citizen.pickupCode },
    pin: { tap: 'pin', digits: citizen.pin },
    review: { tap: 'answer', answer: 'yes' },
    goodbye: { tap: 'done' },
  };
  try {
    for await (const { rev, screen } of screenStates(page, stop.signal)) {
      const next = phaseOf(screen);
      const nowMs = clock.monotonicMs();
      if (screen.at === 'answer' || screen.at === 'trouble' || screen.at === 'number')
        throw new Error(`${citizen.code} got no card: ${JSON.stringify(screen)}`);
      if (next === phase) continue;
      if (phase === '') startMs = nowMs;
      else phasesMs[phase] = (phasesMs[phase] ?? 0) + nowMs - sinceMs;
      [phase, sinceMs] = [next, nowMs];
      if (next === 'goodbye') {
        await tap(rev, { tap: 'done' });
        return { totalMs: nowMs - startMs, phasesMs };
      }
      const answer = answers[screen.at];
      if (screen.at === 'take-card') await takeCard();
      else if (answer && screen.at !== 'goodbye') await tap(rev, answer);
    }
    throw new Error(`the page ended in front of ${citizen.code}`);
  } finally {
    stop.abort();
  }
}

/** A farewell is one only when central has the outcome. */
function phaseOf(screen: Screen): string {
  if (screen.at === 'printing') return `printing: ${screen.phase}`;
  if (screen.at === 'asking') return `asking: ${screen.what}`;
  return screen.at === 'goodbye' && !screen.reported ? 'waiting for central' : screen.at;
}
