import { type Boundary, isAt, type Mark, whatOf } from './boundaries.ts';
import { restHash, standingHash, tupleHash } from './canonical.ts';
import { epilogue } from './epilogue.ts';
import { deathsOf } from './events.ts';
import type { Death, Fault, Mishap } from './faults.ts';
import { known } from './open-findings.ts';
import { type Expectations, faultsAtRest, watchScreens } from './oracle.ts';
import { begun, type OnBoundary, type Recorded, type Recording } from './record.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Town } from './town.ts';
import { type Tuple, Universe } from './universe.ts';

/** One thing that happened at one boundary. Two of them in a row are a pair: the second is counted from the restart on. */
export interface Step extends Mark {
  fault: string;
}

export interface Violation {
  scenario: string;
  steps: readonly Step[];
  faults: string[];
}

export type Depth = 'everything' | 'usual' | 'part' | 'story';

export interface Options {
  /** Goes on with the boundaries of every recovery, until no world is new. */
  pairs: boolean;
  /**
   * `everything`: mishaps also where a machine is only asked. `usual`: where something moves, is said or written.
   * `story`: nothing goes wrong that is not told. `part`: at every boundary the usual deaths, and at every write and every command that moves something one mishap each.
   */
  depth: Depth;
  /** Only every n-th moment, from the i-th on: for several processes side by side. */
  part: readonly [number, number];
  /** Stops at the first violation that is not known to be open. */
  first: boolean;
  tell: (search: Search) => void;
}

export interface Search {
  worlds: number;
  /** Moments that wait to be searched: with pairs it grows before it shrinks. */
  left: number;
  skipped: number;
  violations: Violation[];
  readonly seen: Set<string>;
  readonly rested: Set<string>;
}

export const newSearch = (): Search => ({
  worlds: 0,
  left: 0,
  skipped: 0,
  violations: [],
  seen: new Set(),
  rested: new Set(),
});

export const seedOf = ({ scenario, steps }: Pick<Violation, 'scenario' | 'steps'>): string =>
  [scenario, ...steps.map(({ what, nth, fault }) => `${what}#${nth}: ${fault}`)].join(' > ');

/** Reads what `seedOf` wrote. Throws where it cannot. */
export function stepsIn(seed: string): { scenario: string; steps: Step[] } {
  const [scenario = '', ...parts] = seed.split(' > ');
  const steps = parts.map((part) => {
    const [, what, nth, fault] = /^(.*)#(\d+): (.*)$/.exec(part) ?? [];
    if (!what || !fault) throw new Error(`no step of a seed: ${part}`);
    return { what, nth: Number(nth), fault };
  });
  return { scenario, steps };
}

export function expectations(scenario: Scenario, faults: readonly Fault[] = []): Expectations {
  const all = [scenario.allows ?? {}, ...faults.map(({ allows }) => allows)];
  const some = (what: keyof Expectations) => all.some((allows) => allows[what] === true);
  const names = ['mayDoubt', 'unbooked', 'inksAlone', 'mayStand', 'otherHistory'] as const;
  return Object.fromEntries(names.map((name) => [name, some(name)])) as unknown as Expectations;
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
  const from = { ...(death.swaps?.(tuple) ?? tuple), post: { ...tuple.post, letters } };
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
    search.left = work.length;
    const hash = tupleHash(tuple);
    if (!isMine(hash, options)) continue;
    for (const death of deathsOf(scenario)) {
      if (options.depth === 'part' && !death.usual) continue;
      if (death.matters && !death.matters(tuple, boundary)) continue;
      if (isKnown(search, `${hash}|${death.name}`)) continue;
      const steps = [...next.before, { what: whatOf(boundary), nth: boundary.nth, fault: death.name }];
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
  mark: Mark,
  mishap: Mishap,
  trace?: (line: string) => void,
): Universe {
  const strike = (boundary: Boundary, universe: Universe) => {
    if (!isAt(boundary, mark)) return;
    universe.trace(`*** ${mishap.name}`);
    mishap.strike(universe, boundary);
  };
  return begun(town, from, scenario, strike, trace);
}

/** Where something is written, said, or set in motion; between two of them a kiosk only asks how things are. */
const turns = /^card-printer (S[a-z]|Pneab;A|D)|^panel/;
const moves = /^card-printer S[a-z]/;

/** What is tried at this moment. In a part of the search each takes its turn, so that all of them are tried somewhere. */
function triedAt({ boundary, mishaps }: Recorded, turn: number, depth: Depth): readonly Mishap[] {
  const { kind, what } = boundary;
  if (depth === 'everything') return mishaps;
  if (depth === 'usual') return kind !== 'link' || turns.test(what) ? mishaps : [];
  const mishap = mishaps[turn % mishaps.length];
  return mishap && (kind === 'store' || (kind === 'link' && moves.test(what))) ? [mishap] : [];
}

export async function searchMishaps(
  town: Town,
  from: Tuple,
  { scenario, moments }: Recording,
  search: Search,
  options: Options,
): Promise<void> {
  for (const [turn, moment] of moments.entries()) {
    const { boundary, tuple } = moment;
    const tried = triedAt(moment, turn, options.depth);
    if (tried.length === 0) continue;
    const hash = tupleHash(tuple);
    if (!isMine(hash, options)) continue;
    for (const mishap of tried) {
      if (isKnown(search, `${hash}|${boundary.what}|${mishap.name}`)) continue;
      const step = { what: whatOf(boundary), nth: boundary.nth, fault: mishap.name };
      const universe = withMishap(town, from, scenario, step, mishap);
      const found = await judge(universe, expectations(scenario, [mishap]), search);
      note(search, { scenario: scenario.name, steps: [step] }, found);
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
