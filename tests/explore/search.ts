import type { Boundary } from './boundaries.ts';
import { restHash, standingHash, tupleHash } from './canonical.ts';
import { epilogue } from './epilogue.ts';
import { type Death, deaths, type Fault, type Mishap } from './faults.ts';
import { known } from './open-findings.ts';
import { type Expectations, faultsAtRest, watchScreens } from './oracle.ts';
import { begun, type OnBoundary, type Recorded, type Recording } from './record.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Town } from './town.ts';
import { type Tuple, Universe } from './universe.ts';

/** One thing that happened at one boundary. Two of them in a row are a pair: the second is counted from the restart on. */
export interface Step {
  no: number;
  what: string;
  fault: string;
}

export interface Violation {
  scenario: string;
  steps: readonly Step[];
  faults: string[];
}

export interface Options {
  /** Goes on with the boundaries of every recovery, until no world is new. */
  pairs: boolean;
  /** Mishaps at every boundary, not only where something moves or is written. */
  everywhere: boolean;
  /** Only every n-th moment, from the i-th on: for several processes side by side. */
  part: readonly [number, number];
  /** Stops at the first violation that is not known to be open. */
  first: boolean;
  tell: (search: Search) => void;
}

export interface Search {
  worlds: number;
  skipped: number;
  violations: Violation[];
  readonly seen: Set<string>;
  readonly rested: Set<string>;
}

export const newSearch = (): Search => ({ worlds: 0, skipped: 0, violations: [], seen: new Set(), rested: new Set() });

export const whatOf = ({ kind, what, moment }: Boundary): string => `${moment} ${kind} ${what}`;
export const seedOf = ({ scenario, steps }: Pick<Violation, 'scenario' | 'steps'>): string =>
  [scenario, ...steps.map(({ no, fault }) => `${no}: ${fault}`)].join(' > ');

export function expectations(scenario: Scenario, faults: readonly Fault[] = []): Expectations {
  const all = [scenario.allows ?? {}, ...faults.map(({ allows }) => allows)];
  const some = (what: keyof Expectations) => all.some((allows) => allows[what] === true);
  const [mayDoubt, unbooked, inksAlone, mayStand] = [
    some('mayDoubt'),
    some('unbooked'),
    some('inksAlone'),
    some('mayStand'),
  ];
  return { mayDoubt, unbooked, inksAlone, mayStand };
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

export interface Watch {
  trace?: (line: string) => void;
  onBoundary?: OnBoundary;
  /** Told which universe it is, before anything happens in it. */
  at?: (universe: Universe) => void;
}

/** The world after a death, just before the kiosk starts again. */
export async function afterDeath(
  town: Town,
  tuple: Tuple,
  scenario: Scenario,
  death: Death,
  { trace, onBoundary, at }: Watch = {},
): Promise<Universe> {
  const branches = { ...scenario.branches, ...death.branches };
  const letters = death.killsCentral ? [] : tuple.post.letters.filter(({ to }) => to === 'central');
  const from = { ...tuple, post: { ...tuple.post, letters } };
  const universe = new Universe({ town, from, branches, ...(trace && { trace }), ...(onBoundary && { onBoundary }) });
  at?.(universe);
  watchScreens(universe);
  trace?.(`*** ${death.name}`);
  await universe.settle();
  if (!death.killsCentral) universe.startCentral();
  await death.meanwhile(universe);
  if (death.killsCentral) universe.startCentral();
  await universe.settle();
  return universe;
}

interface Open {
  moment: Pick<Recorded, 'boundary' | 'tuple'>;
  before: readonly Step[];
  faults: readonly Death[];
}

/** Kills the kiosk at each moment. What lies there before it starts again is its whole future: known ones are skipped. */
export async function searchDeaths(town: Town, recording: Recording, search: Search, options: Options): Promise<void> {
  const { scenario, moments } = recording;
  const work: Open[] = moments.map((moment) => ({ moment, before: [], faults: [] }));
  for (let next = work.shift(); next; next = work.shift()) {
    const { boundary, tuple } = next.moment;
    const hash = tupleHash(tuple);
    if (!isMine(hash, options)) continue;
    for (const death of deaths) {
      if (death.matters && !death.matters(tuple, boundary)) continue;
      if (isKnown(search, `${hash}|${death.name}`)) continue;
      const steps = [...next.before, { no: boundary.no, what: whatOf(boundary), fault: death.name }];
      const faults = [...next.faults, death];
      const onBoundary: OnBoundary = (at, universe) => {
        if (universe.kiosk) work.push({ moment: { boundary: at, tuple: universe.save() }, before: steps, faults });
      };
      const universe = await afterDeath(town, tuple, scenario, death, options.pairs ? { onBoundary } : {});
      const branches = JSON.stringify({ ...scenario.branches, ...death.branches });
      if (!isKnown(search, `${standingHash(universe)}|${universe.mends}|${branches}`)) {
        universe.startKiosk();
        note(search, { scenario: scenario.name, steps }, await judge(universe, expectations(scenario, faults), search));
        options.tell(search);
      }
      universe.end();
      if (options.first && search.violations.some((violation) => !known(violation))) return;
    }
  }
}

function isMine(hash: string, { part: [mine, all] }: Options): boolean {
  return hash.charCodeAt(0) % all === mine;
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

/** Where something is written, said, or set in motion; between two of them a kiosk only asks how things are. */
const turns = /^card-printer (S[a-z]|Pneab;A|D)|^panel/;

export async function searchMishaps(
  town: Town,
  from: Tuple,
  { scenario, moments }: Recording,
  search: Search,
  options: Options,
): Promise<void> {
  for (const { boundary, tuple, mishaps } of moments) {
    if (!options.everywhere && boundary.kind === 'link' && !turns.test(boundary.what)) continue;
    const hash = tupleHash(tuple);
    if (!isMine(hash, options)) continue;
    for (const mishap of mishaps) {
      if (isKnown(search, `${hash}|${boundary.what}|${mishap.name}`)) continue;
      const steps = [{ no: boundary.no, what: whatOf(boundary), fault: mishap.name }];
      const universe = withMishap(town, from, scenario, boundary.no, mishap);
      const found = await judge(universe, expectations(scenario, [mishap]), search);
      note(search, { scenario: scenario.name, steps }, found);
      universe.end();
      options.tell(search);
      if (options.first && search.violations.some((violation) => !known(violation))) return;
    }
  }
}

function note(search: Search, origin: Omit<Violation, 'faults'>, faults: string[]): void {
  search.worlds += 1;
  if (faults.length > 0) search.violations.push({ ...origin, faults: [...new Set(faults)] });
}
