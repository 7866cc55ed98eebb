import type { Screen, ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import { type DemoCitizen, demoCitizens } from '#tools/population/demo-citizens.ts';
import { until } from './events.ts';
import type { Product } from './product.ts';

export function citizen(code: string): DemoCitizen {
  const found = demoCitizens.find((one) => one.code === code);
  if (!found) throw new Error(`nobody is called ${code}`);
  return found;
}

let taps = 0;

/** One touch, as the page sends it; the HTTP status says what became of it. */
export async function tap({ kiosk, screen }: Product, tapped: Tap, rev = screen.value?.rev ?? 0): Promise<number> {
  taps += 1;
  const headers = { 'content-type': 'application/json', origin: new URL(kiosk).origin };
  const body = JSON.stringify({ rev, tapId: `finger-${taps}`, tap: tapped });
  return (await fetch(new URL('/tap', kiosk), { method: 'POST', headers, body })).status;
}

/** Something that a hand does to the cabinet, as a click on its page does it. */
export async function act({ cabinet }: Product, verb: string, more: object = {}): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: new URL(cabinet).origin };
  const body = JSON.stringify({ verb, ...more });
  const { status } = await fetch(new URL('/do', cabinet), { method: 'POST', headers, body });
  if (status !== 200) throw new Error(`${verb}: ${status}`);
}

export const shows = (product: Product, what: string, wanted: (state: ScreenState) => boolean) =>
  until(product.screen, what, (state) => state !== null && wanted(state)) as Promise<ScreenState>;

/** A welcome that promises a card: everything is in its place and central is there. */
export const welcomes = (product: Product) =>
  shows(product, 'a welcome with cards', ({ screen }) => screen.at === 'welcome' && screen.service.mode === 'full');

/** What the person does at this screen, and nothing where there is nothing to do but wait. */
function touch(
  product: Product,
  { number, pin }: { number: string; pin: string },
  { screen }: ScreenState,
): Promise<unknown> | null {
  switch (screen.at) {
    case 'welcome':
      return tap(product, { tap: 'start' });
    case 'how':
      return tap(product, { tap: 'number', digits: number });
    case 'pin':
      return tap(product, { tap: 'pin', digits: pin });
    case 'finger':
      if (screen.say === 'hold') return null;
      return act(product, 'putFinger', { text: number, finger: screen.finger, manner: 'well' });
    case 'review':
      return tap(product, { tap: 'answer', answer: 'yes' });
    case 'take-card':
      return act(product, 'takeCard');
    default:
      return null;
  }
}

/** Goes through the visit by what the screen says, until a screen at which the story stops. */
export async function walksTo(product: Product, code: string, stop: (screen: Screen) => boolean): Promise<ScreenState> {
  const { pickupCode: number, pin } = citizen(code);
  for (let done = ''; ; ) {
    const moved = ({ screen, rev }: ScreenState) => stop(screen) || `${screen.at} ${rev}` !== done;
    const state = await shows(product, `${code} to get on`, moved);
    if (stop(state.screen)) return state;
    done = `${state.screen.at} ${state.rev}`;
    await touch(product, { number, pin }, state);
  }
}

const over = ({ at }: Screen) => at === 'goodbye' || at === 'answer' || at === 'trouble';

/** Presses "done" wherever it stands, until the kiosk is free for the next one. */
export async function goesHome(product: Product): Promise<void> {
  const isEnd = ({ screen }: ScreenState) => over(screen) || screen.at === 'welcome';
  for (let rev = -1; ; ) {
    const state = await shows(product, 'the end of the visit', (now) => isEnd(now) && now.rev !== rev);
    if (state.screen.at === 'welcome') return;
    rev = state.rev;
    await tap(product, { tap: 'done' });
  }
}

/** One whole pickup; resolves when central has the card on record and the screen says so. */
export async function picksUp(product: Product, code: string): Promise<{ visitNo: string }> {
  await welcomes(product);
  const last = await walksTo(product, code, over);
  if (last.screen.at !== 'goodbye') throw new Error(`${code} got no card: ${JSON.stringify(last.screen)}`);
  const { visitNo } = await shows(
    product,
    'the office to have it on record',
    ({ screen }) => screen.at === 'goodbye' && screen.reported,
  );
  await goesHome(product);
  return { visitNo: visitNo ?? '' };
}
