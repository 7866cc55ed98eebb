import type { Boundary, Counts } from './boundaries.ts';
import { type Keys, keysOf } from './canonical.ts';
import { isPossible, mishapsOf } from './events.ts';
import type { Mishap } from './faults.ts';
import { type CrowdState, nobody, visitor } from './people.ts';
import { watchOffice } from './rules/rights.ts';
import { watchScreens } from './rules/screens.ts';
import { nameOf, type Scenario } from './scenarios/scenario.ts';
import { personalData } from './secrets.ts';
import { errand } from './staff.ts';
import { openTown, type Town } from './town.ts';
import { firstTuple, type Tuple } from './tuple.ts';
import { type Spy, Universe } from './universe.ts';

/** A moment of a story, and all that a death at it leaves behind. */
export interface Recorded {
  boundary: Boundary;
  tuple: Tuple;
  keys: Keys;
  /** What could happen here to a kiosk that lives on. */
  mishaps: readonly Mishap[];
}

export interface Recording {
  scenario: Scenario;
  moments: Recorded[];
  /** How many of each kind were announced. */
  boundaries: Counts['perKind'];
  /** Where it came to in the end, told as a universe that still lives. */
  end: Universe;
  isQuiet: boolean;
}

const blanksLoaded = 8;

/** A kiosk with blanks in its feeder and in its books, at rest: where every story begins. */
export async function openedKiosk(town: Town): Promise<Tuple> {
  const universe = new Universe({ town, from: firstTuple(nobody) });
  universe.startCentral();
  universe.startKiosk();
  await universe.settle();
  universe.physics.world.loadHopper(blanksLoaded, 'op-1');
  universe.kiosk?.controller.operators.load({ count: blanksLoaded, document: 'BA-0001', operatorId: 'op-1' });
  if (!(await universe.untilQuiet(60_000))) throw new Error(`no beginning: ${universe.logLines.slice(-5).join('; ')}`);
  universe.killKiosk();
  universe.killCentral();
  return universe.save();
}

/**
 * The town, and the kiosk that every story begins with. One card is printed first in a universe that is thrown away: what is
 * loaded on first use comes from the disk in its own time, and would make the first run of a process differ from all others.
 */
export async function readyTown(): Promise<{ town: Town; from: Tuple }> {
  const town = await openTown();
  const warmUp: Scenario = { name: 'warm-up', tells: '', visitors: [visitor('FIRST-01')] };
  const thrownAway = begun(town, await openedKiosk(town), warmUp);
  await thrownAway.untilQuiet();
  thrownAway.end();
  return { town, from: await openedKiosk(town) };
}

function crowdOf({ visitors, errands = [] }: Scenario): CrowdState {
  return { visitors: structuredClone([...visitors]), errands: errands.map(errand) };
}

export type OnBoundary = (boundary: Boundary, universe: Universe) => void;

/** A story from its beginning; `onBoundary` may let things happen at any of its moments. */
export function begun(
  town: Town,
  from: Tuple,
  scenario: Scenario,
  onBoundary?: OnBoundary,
  trace?: (line: string) => void,
  spy?: Spy,
): Universe {
  const waiting = new Set(scenario.happens ?? []);
  const universe = new Universe({
    ...{ town, from: { ...from, crowd: crowdOf(scenario) } },
    ...(scenario.branches && { branches: scenario.branches }),
    ...(trace && { trace }),
    ...(spy && { spy }),
    ...(scenario.oldDisks && { keepsDisks: true }),
    ...(scenario.oldOffice && { keepsOffice: true }),
    onBoundary(boundary, at) {
      for (const event of waiting)
        if (event.at.test(nameOf(boundary))) {
          waiting.delete(event);
          event.does(at, boundary);
        }
      onBoundary?.(boundary, at);
    },
  });
  watchScreens(universe);
  watchOffice(universe);
  universe.physics.simulators['card-printer'].misbehave(...(scenario.troubles ?? []));
  universe.startCentral();
  universe.startKiosk();
  return universe;
}

/** Where a story is at a moment, and by which step it came there. */
export type Place = readonly [step: string, place: string];
export const placeOf = ({ boundary, keys }: Recorded): Place => [nameOf(boundary), keys.place];

/** A story begins like another one until this moment, the first that is its own. */
export function firstOwn(moments: readonly Recorded[], other: readonly Place[]): number {
  const own = moments.findIndex((moment, index) => placeOf(moment).join() !== other[index]?.join());
  return own < 0 ? moments.length : own;
}

/** Plays a story once and keeps everything that exists at each boundary. */
export async function record(town: Town, from: Tuple, scenario: Scenario): Promise<Recording> {
  const moments: Recorded[] = [];
  let isOver = false; // what comes after it, with the same people, is no part of the story
  const end = begun(town, from, scenario, (boundary, universe) => {
    const { visitors } = universe.crowd;
    if (isOver) return;
    if (!scenario.fromTheStart && visitors.length > 0 && visitors.every(({ state }) => state === 'waiting')) return; // the story "start" has these moments
    if (boundary.kind === 'store' && boundary.moment === 'after')
      for (const where of personalData(universe)) universe.told.untruths.push(`7 personal data ${where} for a moment`);
    const possible = mishapsOf(scenario).filter((mishap) => isPossible(mishap, universe, boundary));
    moments.push({ boundary, tuple: universe.save(), keys: keysOf(universe), mishaps: possible });
  });
  const isQuiet = await end.untilQuiet();
  isOver = true;
  return { scenario, moments, boundaries: { ...end.counts.perKind }, end, isQuiet };
}
