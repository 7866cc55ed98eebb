import { type Boundary, isAt, type Mark, whatOf } from './boundaries.ts';
import { futureKey, keysOf, restHash } from './canonical.ts';
import { epilogue } from './epilogue.ts';
import { deathsOf } from './events.ts';
import { type Death, type Fault, type Mishap, mendSensors } from './faults.ts';
import type { Memory } from './memory.ts';
import { known } from './open-findings.ts';
import { type Expectations, faultsAtRest, watchScreens } from './oracle.ts';
import { begun, type OnBoundary, type Recorded, type Recording } from './record.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Town } from './town.ts';
import type { Tuple } from './tuple.ts';
import { Universe } from './universe.ts';

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
  /**
   * Goes on with the boundaries of every recovery, until no moment waits: with `everything` at each of them, else once for each
   * step of a recovery with the same in hand and in the machine.
   */
  pairs: boolean;
  /**
   * `everything`: every event at each boundary of each story. `usual`: a plain death at each; every other event once in each
   * situation, in the first story that comes to it; a device breaks where something moves, the office where something is
   * said, both where the kiosk writes; moments that a story shares with the one it begins like belong to that one.
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
  readonly memory: Memory;
  worlds: number;
  /** Moments that wait to be searched: with pairs it grows before it shrinks. */
  left: number;
  skipped: number;
  violations: Violation[];
}

export const newSearch = (memory: Memory): Search => ({ memory, worlds: 0, left: 0, skipped: 0, violations: [] });

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
  const rest = `${restHash(universe)}|${JSON.stringify({ ...expect, mayDoubt: true, mayStand: true })}`;
  if (search && !search.memory.isNew(`at rest ${rest}`)) return [];
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
  mendSensors(universe);
  trace?.(`*** ${death.name}`);
  await universe.settle();
  if (!death.killsCentral) universe.startCentral();
  await death.meanwhile(universe);
  if (death.killsCentral) universe.startCentral();
  await universe.settle();
  return universe;
}

interface Open {
  /** `left` where it is a moment of a story: what comes after a death is looked at whole. */
  moment: Pick<Recorded, 'boundary' | 'tuple'> & { key: string; left?: string };
  before: readonly Step[];
  faults: readonly Death[];
}

/** How many events in a row: what comes after them is a third. */
const pair = 2;

/** Kills the kiosk at each moment. What lies there before it starts again is its whole future: known ones are skipped. */
export async function searchDeaths(
  town: Town,
  { scenario, moments }: Recording,
  search: Search,
  options: Options,
): Promise<void> {
  const work: Open[] = moments.map(({ boundary, tuple, keys }) => ({
    ...{ moment: { boundary, tuple, key: keys.dead, left: keys.left }, before: [], faults: [] },
  }));
  for (let next = work.shift(); next; next = work.shift()) {
    search.left = work.length;
    if (next.before.length === 0 && !isMine(next.moment.key, options)) continue;
    for (const death of deathsOf(scenario)) {
      if (options.depth === 'part' && !death.usual) continue;
      if (death.matters && !death.matters(next.moment.tuple, next.moment.boundary)) continue;
      await die(town, scenario, next, death, search, options, (open) => work.push(open));
      if (options.first && search.violations.some((violation) => !known(violation))) return;
    }
  }
}

async function die(
  town: Town,
  scenario: Scenario,
  { moment, before, faults: earlier }: Open,
  death: Death,
  search: Search,
  options: Options,
  found: (open: Open) => void,
): Promise<void> {
  const { boundary, tuple, key } = moment;
  const faults = [...earlier, death];
  const expect = expectations(scenario, faults);
  const circumstances = JSON.stringify([{ ...scenario.branches, ...death.branches }, expect]);
  if (isKnown(search, `${key}|${death.name}|${circumstances}`)) return;
  const isRare = !death.usual && options.depth === 'usual';
  if (isRare && moment.left && isKnown(search, `${moment.left}|${death.name}|${circumstances}`)) return;
  const steps = [...before, { what: whatOf(boundary), nth: boundary.nth, fault: death.name }];
  const onBoundary: OnBoundary = (at, universe) => {
    if (!universe.kiosk) return;
    const { dead: then, left } = keysOf(universe);
    const place = options.depth === 'everything' ? then : `${whatOf(at)} with ${left}`;
    if (isKnown(search, `${place}|${JSON.stringify(expect)}`)) return;
    found({ moment: { boundary: at, tuple: universe.save(), key: then }, before: steps, faults });
  };
  const goesOn = options.pairs && steps.length < pair;
  const universe = await afterDeath(town, tuple, scenario, death, goesOn ? { onBoundary } : {});
  if (!isKnown(search, `${futureKey(universe)}|${circumstances}`)) {
    universe.startKiosk();
    note(search, { scenario: scenario.name, steps }, await judge(universe, expect, search));
    options.tell(search);
  }
  universe.end();
}

function isMine(key: string, { part: [mine, all] }: Options): boolean {
  return key.charCodeAt(0) % all === mine;
}

function isKnown(search: Search, key: string): boolean {
  const known = !search.memory.isNew(key);
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

/** Where something is set in motion; between two of them a kiosk only asks how things are, the panel with two bytes. */
const turns = /^card-printer (S[a-z]|Pneab;A|D)|^panel (?!2 )/;
const moves = /^card-printer S[a-z]/;

/** What is tried at this moment. In a part of the search each takes its turn, so that all of them are tried somewhere. */
function triedAt({ boundary, mishaps }: Recorded, turn: number, depth: Depth): readonly Mishap[] {
  if (depth === 'everything') return mishaps;
  if (depth === 'usual') return mishaps.filter(({ breaks }) => bearsOn(boundary, breaks));
  const { kind, what } = boundary;
  const mishap = mishaps[turn % mishaps.length];
  return mishap && (kind === 'store' || (kind === 'link' && moves.test(what))) ? [mishap] : [];
}

/** A device is broken where one is moved, the office where something is said; both where the kiosk has written. */
function bearsOn({ kind, what }: Boundary, breaks: Mishap['breaks']): boolean {
  if (kind === 'link') return turns.test(what) && breaks !== 'office';
  return breaks !== 'devices' || what.startsWith('kiosk ');
}

export async function searchMishaps(
  town: Town,
  from: Tuple,
  { scenario, moments }: Recording,
  search: Search,
  options: Options,
): Promise<void> {
  const isEverything = options.depth === 'everything';
  for (const [turn, moment] of moments.entries()) {
    const { boundary, keys, tuple } = moment;
    if (!isMine(keys.inside, options)) continue;
    for (const mishap of triedAt(moment, turn, options.depth)) {
      const story = isEverything || scenario.events ? `${scenario.name} ${keys.dead}` : '';
      const at = mishap.breaks && !story ? '' : whatOf(boundary); // a lost message is this one
      const expect = expectations(scenario, [mishap]); // a story that allows more excuses no other
      const what = [story, mishap.name, JSON.stringify(expect)];
      const around = mishap.breaks === 'devices' && !isEverything ? keys.inside : keys.situation;
      const key = [around, at, tuple.authority?.officeDisks.length, ...what].join('|');
      if (isKnown(search, key)) continue;
      const step = { what: whatOf(boundary), nth: boundary.nth, fault: mishap.name };
      const universe = withMishap(town, from, scenario, step, mishap);
      const found = await judge(universe, expect, search);
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
