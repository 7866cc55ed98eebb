import { whatOf } from './boundaries.ts';
import { futureKey, keysOf } from './canonical.ts';
import { deathsOf } from './events.ts';
import { expectations } from './expectations.ts';
import type { Death } from './faults.ts';
import { mendSensors } from './mending.ts';
import { known } from './open-findings.ts';
import type { OnBoundary, Recorded, Recording } from './record.ts';
import { watchScreens } from './rules/screens.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { isKnown, isMine, judge, note, type Options, type Search } from './search.ts';
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
