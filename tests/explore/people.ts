import { cardInBezel } from '#cabinet/world/cards.ts';
import type { Screen } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import { type Errand, staffActs } from './staff.ts';
import type { Citizen } from './town.ts';
import type { Universe } from './universe.ts';

/** Somebody who comes for a card, as plain data. */
export interface Visitor {
  who: string;
  /** `greedy` takes whatever stands in the slot, at any moment. */
  takes: 'first' | 'second' | 'never' | 'greedy';
  state: 'waiting' | 'here' | 'gone';
  /** Since when this person waits for a machine that works, or stands before it. */
  sinceMs: number | null;
  /** The screen that was answered last: of which life, and which revision. */
  answered: string;
}

export interface CrowdState {
  visitors: Visitor[];
  /** What staff will do when nobody is being served, in this order. */
  errands: Errand[];
}

export const nobody: CrowdState = { visitors: [], errands: [] };

export function visitor(who: string, takes: Visitor['takes'] = 'first'): Visitor {
  return { who, takes, state: 'waiting', sinceMs: null, answered: '' };
}

/** Nobody waits longer than this for a machine that serves nobody. */
const patienceMs = 90_000;

/** Lets the first person who can do something do it. False where nobody can. */
export function act(universe: Universe): boolean {
  const { visitors } = universe.crowd;
  const here = visitors.find(({ state }) => state === 'here') ?? visitors.find(({ state }) => state === 'waiting');
  if (!here) return staffActs(universe);
  here.sinceMs ??= universe.clock.nowMs;
  if (here.takes === 'greedy' && grab(universe, here.who)) return true;
  if (!universe.kiosk) return false;
  if (here.state === 'here') return goesOn(universe, here);
  return comes(universe, here) || (isOwed(universe) && staffActs(universe));
}

/** What staff owe before anybody is served. */
const isOwed = ({ crowd }: Universe): boolean => crowd.errands[0]?.name === 'opening count';

/** Takes what stands in the slot, if it can be taken. */
export function grab({ physics, trace }: Universe, who: string): boolean {
  if (!cardInBezel(physics.world.now)) return false;
  const card = physics.world.takeCard(who);
  if (card) trace(`${who} takes ${card}`);
  return card !== null;
}

function comes(universe: Universe, visitor: Visitor): boolean {
  const screen = screenOf(universe);
  const isServed = screen.at === 'welcome' && screen.service.mode === 'full';
  const isTired = universe.clock.nowMs - (visitor.sinceMs ?? 0) > patienceMs;
  if (!isServed && !isTired) return false;
  if (!isServed) return leaves(universe, visitor);
  visitor.state = 'here';
  return tap(universe, visitor, { tap: 'start' });
}

function leaves({ trace }: Universe, visitor: Visitor): boolean {
  visitor.state = 'gone';
  trace(`${visitor.who} goes home`);
  return true;
}

function goesOn(universe: Universe, visitor: Visitor): boolean {
  const screen = screenOf(universe);
  if (screen.at === 'preparing' || screen.at === 'welcome') return leaves(universe, visitor);
  if (screen.at === 'goodbye') {
    tap(universe, visitor, { tap: 'done' });
    return leaves(universe, visitor);
  }
  if (screen.at === 'take-card') return takes(universe, visitor, screen.offer);
  const citizen = universe.town.citizens.find(({ code }) => code === visitor.who);
  const next = citizen && answerTo(screen, citizen, visitor);
  return next ? tap(universe, visitor, next) : false;
}

function takes(universe: Universe, { takes: when, who }: Visitor, offer: 1 | 2): boolean {
  const wants = when === 'greedy' || when === 'first' || (when === 'second' && offer === 2);
  return wants && grab(universe, who);
}

function answerTo(screen: Screen, citizen: Citizen, { takes: when }: Visitor): Tap | null {
  switch (screen.at) {
    case 'how':
      return { tap: 'choose', how: 'number' };
    case 'number':
      return { tap: 'number', digits: citizen.pickupCode };
    case 'pin':
      return { tap: 'pin', digits: citizen.pin };
    case 'review':
      return { tap: 'answer', answer: 'yes' };
    case 'offer-again':
      if (when === 'never' || screen.step === 'storing') return null;
      return screen.step === 'still-here' ? { tap: 'still-here' } : { tap: 'pin', digits: citizen.pin };
    case 'answer':
    case 'trouble':
      return screen.slip === 'printing' ? null : { tap: 'done' };
    case 'officer':
      return { tap: 'done' };
    default:
      return null;
  }
}

/** One touch per screen: a screen that did not change was answered already. */
function tap(universe: Universe, visitor: Visitor, touch: Tap): boolean {
  const { kiosk } = universe;
  if (!kiosk) return false;
  const { rev } = kiosk.controller.kiosk.screen.value;
  const seen = `${universe.lives}|${rev}`;
  if (visitor.answered === seen) return false;
  visitor.answered = seen;
  universe.trace(`${visitor.who} touches ${touch.tap}`);
  try {
    kiosk.controller.kiosk.tap(touch);
  } catch (error) {
    if (!kiosk.hasFailedDisk) throw error; // who touches the screen does not hear of it
  }
  return true;
}

function screenOf({ kiosk }: Universe): Screen {
  return kiosk ? kiosk.controller.kiosk.screen.value.screen : { at: 'preparing', code: null };
}
