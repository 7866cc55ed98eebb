import type { Boundary } from './boundaries.ts';
import { restHash, tupleHash } from './canonical.ts';
import { epilogue } from './epilogue.ts';
import { type Death, deaths, type Fault, type Mishap } from './faults.ts';
import { type Expectations, faultsAtRest, watchScreens } from './oracle.ts';
import { begun, type Recorded, type Recording } from './record.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Town } from './town.ts';
import { type Tuple, Universe } from './universe.ts';

/** Where a world began: which story, which moment of it, and what happened there. The seed that replays it. */
export interface Origin {
  scenario: string;
  no: number;
  what: string;
  fault: string;
}

export interface Violation {
  origin: Origin;
  faults: string[];
}

export interface Search {
  worlds: number;
  skipped: number;
  violations: Violation[];
  seen: Set<string>;
  rested: Set<string>;
}

export const newSearch = (): Search => ({ worlds: 0, skipped: 0, violations: [], seen: new Set(), rested: new Set() });

export const whatOf = ({ kind, what, moment }: Boundary): string => `${moment} ${kind} ${what}`;

export function expectations(scenario: Scenario, fault?: Fault): Expectations {
  return { mayDoubt: false, unbooked: false, mayStand: false, ...scenario.allows, ...fault?.allows };
}

/** Lets a universe come to rest, looks, lets everybody come again, and looks once more. */
export async function judge(universe: Universe, expect: Expectations, search?: Search): Promise<string[]> {
  const isQuiet = await universe.untilQuiet();
  const faults = faultsAtRest(universe, isQuiet, expect);
  if (faults.length > 0 || !isQuiet) return faults;
  const rest = restHash(universe);
  if (search?.rested.has(rest)) return [];
  search?.rested.add(rest);
  const isDone = await epilogue(universe);
  return faultsAtRest(universe, isDone, { ...expect, mayDoubt: true, mayStand: true });
}

/** The world after a death at a recorded moment, just before the kiosk starts again. */
export async function afterDeath(
  town: Town,
  { tuple }: Recorded,
  scenario: Scenario,
  death: Death,
  trace?: (line: string) => void,
): Promise<Universe> {
  const branches = { ...scenario.branches, ...death.branches };
  const letters = death.killsCentral ? [] : tuple.post.letters.filter(({ to }) => to === 'central');
  const from = { ...tuple, post: { ...tuple.post, letters } };
  const universe = new Universe({ town, from, branches, ...(trace && { trace }) });
  watchScreens(universe);
  trace?.(`*** ${death.name}`);
  await universe.settle();
  if (!death.killsCentral) universe.startCentral();
  await death.meanwhile(universe);
  if (death.killsCentral) universe.startCentral();
  await universe.settle();
  return universe;
}

/** Kills the kiosk at each moment of a story. What lies there before it starts again is its whole future: known ones are skipped. */
export async function searchDeaths(town: Town, recording: Recording, search: Search, tell: () => void): Promise<void> {
  const { scenario } = recording;
  for (const moment of recording.moments) {
    const hash = tupleHash(moment.tuple);
    for (const death of deaths) {
      if (death.matters && !death.matters(moment.tuple, moment.boundary)) continue;
      if (isKnown(search, `${hash}|${death.name}`)) continue;
      const universe = await afterDeath(town, moment, scenario, death);
      const branches = JSON.stringify({ ...scenario.branches, ...death.branches });
      if (isKnown(search, `${tupleHash(universe.save())}|${universe.mends}|${branches}`)) continue;
      universe.startKiosk();
      note(search, scenario, moment.boundary, death, await judge(universe, expectations(scenario, death), search));
      tell();
    }
  }
}

function isKnown(search: Search, key: string): boolean {
  const known = search.seen.has(key);
  search.seen.add(key);
  if (known) search.skipped += 1;
  return known;
}

/** The same story once more, with something happening at one of its moments. */
export function withMishap(
  town: Town,
  from: Tuple,
  scenario: Scenario,
  no: number,
  mishap: Mishap,
  trace?: (line: string) => void,
): Universe {
  const strike = (boundary: Boundary, universe: Universe) => {
    if (boundary.no !== no) return;
    universe.trace(`*** ${mishap.name}`);
    mishap.strike(universe, boundary);
  };
  return begun(town, from, scenario, strike, trace);
}

export async function searchMishaps(
  town: Town,
  from: Tuple,
  recording: Recording,
  search: Search,
  tell: () => void,
): Promise<void> {
  const { scenario } = recording;
  for (const { boundary, tuple, mishaps } of recording.moments) {
    const hash = `${tupleHash(tuple)}|${boundary.what}`;
    for (const mishap of mishaps) {
      if (isKnown(search, `${hash}|${mishap.name}`)) continue;
      const universe = withMishap(town, from, scenario, boundary.no, mishap);
      note(search, scenario, boundary, mishap, await judge(universe, expectations(scenario, mishap), search));
      tell();
    }
  }
}

function note(search: Search, scenario: Scenario, boundary: Boundary, fault: Fault, faults: string[]): void {
  search.worlds += 1;
  if (faults.length === 0) return;
  const origin = { scenario: scenario.name, no: boundary.no, what: whatOf(boundary), fault: fault.name };
  search.violations.push({ origin, faults: [...new Set(faults)] });
}
