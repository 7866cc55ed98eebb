import { type Boundary, whatOf } from './boundaries.ts';
import type { Keys, Now } from './canonical.ts';
import type { Expectations } from './expectations.ts';
import type { Mishap } from './faults.ts';
import type { Recorded } from './record.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Depth } from './search.ts';

/** Where something is set in motion; between two of them a kiosk only asks how things are, the panel with two bytes. */
const turns = /^card-printer (S[a-z]|Pneab;A|D)|^panel (?!2 )/;
const moves = /^card-printer S[a-z]/;

/** What is tried at this moment. In a part of the search each takes its turn, so that all of them are tried somewhere. */
export function triedAt({ boundary, mishaps }: Recorded, turn: number, depth: Depth): readonly Mishap[] {
  if (depth === 'everything') return mishaps;
  if (depth === 'usual') return mishaps.filter(({ breaks }) => bearsOn(boundary, breaks));
  const { kind, what } = boundary;
  const mishap = mishaps[turn % mishaps.length];
  return mishap && (kind === 'store' || (kind === 'link' && moves.test(what))) ? [mishap] : [];
}

/** A device is broken where one is moved, the office where something is said; both where the kiosk has written. */
export function bearsOn({ kind, what }: Boundary, breaks: Mishap['breaks']): boolean {
  if (kind === 'link') return turns.test(what) && breaks !== 'office';
  return breaks !== 'devices' || what.startsWith('kiosk ');
}

/** What makes a moment another one for this event: to the printer it is all the same what stands on the screen. */
function around({ left, inside, situation }: Now, { breaks }: Mishap): string {
  if (breaks === 'answers') return left;
  return breaks === 'devices' ? inside : situation;
}

/** A moment at which something may happen to a kiosk that lives on. */
export interface Situation {
  scenario: Scenario;
  boundary: Boundary;
  /** With its whole future where the moment itself counts, and not only what goes on in it. */
  keys: Now & Partial<Pick<Keys, 'dead'>>;
  mishap: Mishap;
  expect: Expectations;
  /** How many old databases of the office somebody keeps. */
  kept: number | undefined;
  /** It comes after another event. */
  isSecond?: true;
}

/** Where a story has events of its own, a first one strikes at each moment of it, and a second one once in each situation there. */
function storyIn({ scenario, keys, isSecond }: Situation, isEverything: boolean): string {
  if (isEverything || (scenario.events && !isSecond)) return `${scenario.name} ${keys.dead}`;
  return scenario.events ? scenario.name : '';
}

/** What is looked at once: this event in this situation, in whatever story, or after whatever death, it is met first. */
export function mishapKey(situation: Situation, isEverything: boolean): string {
  const { scenario, boundary, keys, mishap, expect, kept } = situation;
  const story = storyIn(situation, isEverything);
  const isAnywhere = mishap.breaks === 'devices' || mishap.breaks === 'office';
  const at = isAnywhere && !story ? '' : whatOf(boundary); // a lost message or answer is this one
  const what = [story, JSON.stringify(scenario.branches), mishap.name, JSON.stringify(expect)];
  return [isEverything ? keys.situation : around(keys, mishap), at, kept, ...what].join('|');
}
