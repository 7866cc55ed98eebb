import { whatOf } from './boundaries.ts';
import { futureKey, nowAfterEvent } from './canonical.ts';
import { asMet } from './deaths.ts';
import { deathsOf } from './events.ts';
import { type Expectations, expectations } from './expectations.ts';
import type { Death, Fault } from './faults.ts';
import { mendWhatIsBroken } from './mending.ts';
import { known } from './open-findings.ts';
import type { OnBoundary, Recorded, Recording } from './record.ts';
import { watchOffice } from './rules/rights.ts';
import { watchScreens } from './rules/screens.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { isKnown, isMine, judge, note, type Options, type Search } from './search.ts';
import { meets, type Struck, strikes } from './search-second.ts';
import type { Step } from './seed.ts';
import type { Town } from './town.ts';
import type { Tuple } from './tuple.ts';
import { Universe } from './universe.ts';

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
  const keepsDisks = scenario.oldDisks === true;
  const watch = { ...(trace && { trace }), ...(onBoundary && { onBoundary }) };
  const universe = new Universe({ town, from, branches, keepsDisks, ...watch });
  at?.(universe);
  if (death.swaps) universe.boardStartsAnew(); // nobody changes the disk of a board that runs
  watchScreens(universe);
  watchOffice(universe);
  mendWhatIsBroken(universe);
  trace?.(`*** ${death.name}`);
  await universe.settle();
  if (!death.killsCentral) universe.startCentral();
  await death.meanwhile(universe);
  if (death.killsCentral) universe.startCentral();
  await universe.settle();
  return universe;
}

/** A moment at which the kiosk is still to be killed, and what happened before it. */
export interface Open {
  /** `left` where it is a moment of a story: what comes after an event is looked at whole. */
  moment: Pick<Recorded, 'boundary' | 'tuple'> & { key: string; left?: string };
  before: readonly Step[];
  faults: readonly Fault[];
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
  const mine = moments.filter(({ keys }) => isMine(keys.dead, options));
  const work: Open[] = mine.map(({ boundary, tuple, keys }) => ({
    ...{ moment: { boundary, tuple, key: keys.dead, left: keys.left }, before: [], faults: [] },
  }));
  await workOff(town, scenario, work, search, options);
}

const isMishap = (fault: Fault): boolean => 'strike' in fault;

/** Until no moment waits: with pairs each first event opens new ones. After a mishap only the usual deaths are tried. */
export async function workOff(
  town: Town,
  scenario: Scenario,
  work: Open[],
  search: Search,
  options: Options,
): Promise<void> {
  for (let next = work.shift(); next; next = work.shift()) {
    search.left = work.length;
    for (const death of deathsOf(scenario)) {
      const isFollowing = next.before.length > 0 && next.faults.some(isMishap);
      if (!death.usual && (options.depth === 'part' || (options.depth === 'usual' && isFollowing))) continue;
      if (death.matters && !death.matters(next.moment.tuple, next.moment.boundary)) continue;
      await die(town, scenario, next, death, search, options, (open) => work.push(open));
      if (options.first && search.violations.some((violation) => !known(violation))) return;
    }
  }
}

/** Finds the moments after an event: each step once, with the same in hand and in the machine. */
export function opens(
  search: Search,
  { depth }: Options,
  { before, faults, expect }: Pick<Open, 'before' | 'faults'> & { expect: Expectations },
  found: (open: Open) => void,
): OnBoundary {
  return (boundary, universe) => {
    if (!universe.kiosk) return;
    const place =
      depth === 'everything' ? futureKey(universe) : `${whatOf(boundary)} with ${nowAfterEvent(universe).left}`;
    if (isKnown(search, `${place}|${JSON.stringify(expect)}`)) return;
    found({ moment: { boundary, tuple: universe.save(), key: futureKey(universe) }, before, faults });
  };
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
  const faults = [...earlier, asMet(death, tuple)];
  const expect = expectations(scenario, faults);
  const circumstances = JSON.stringify([{ ...scenario.branches, ...death.branches }, expect]);
  if (isKnown(search, `${key}|${death.name}|${circumstances}`)) return;
  const isRare = !death.usual && options.depth === 'usual';
  if (isRare && moment.left && isKnown(search, `${moment.left}|${death.name}|${circumstances}`)) return;
  const steps = [...before, { what: whatOf(boundary), nth: boundary.nth, fault: death.name }];
  const goesOn = options.pairs && steps.length < pair;
  const second: Struck[] = [];
  const looks = [
    ...(options.second !== 'mishaps' ? [opens(search, options, { before: steps, faults, expect }, found)] : []),
    ...(options.second !== 'deaths' ? [meets(scenario, search, options, faults, (one) => second.push(one))] : []),
  ];
  const onBoundary: OnBoundary = (at, now) => {
    for (const look of looks) look(at, now);
  };
  const universe = await afterDeath(town, tuple, scenario, death, goesOn ? { onBoundary } : {});
  if (!isKnown(search, `${futureKey(universe)}|${circumstances}`)) {
    universe.startKiosk();
    note(search, { scenario: scenario.name, steps }, await judge(universe, expect, search));
    options.tell(search);
  }
  universe.end();
  for (const struck of second) {
    const again = await afterDeath(town, tuple, scenario, death, { onBoundary: strikes(struck) });
    again.startKiosk();
    const all = [...steps, { ...struck.mark, fault: struck.mishap.name }];
    const broken = await judge(again, expectations(scenario, [...faults, struck.mishap]), search);
    note(search, { scenario: scenario.name, steps: all }, broken);
    again.end();
    options.tell(search);
  }
}
