import type { World } from '#cabinet/world/plain.ts';
import { type Boundary, isAt, type Mark } from './boundaries.ts';
import { asMet } from './deaths.ts';
import { allDeaths, allMishaps } from './events.ts';
import { expectations } from './expectations.ts';
import type { Fault } from './faults.ts';
import { known } from './open-findings.ts';
import { begun, readyTown } from './record.ts';
import { storyCalled } from './scenarios/all.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { judge } from './search.ts';
import { afterDeath } from './search-deaths.ts';
import { withMishap } from './search-mishaps.ts';
import { strikes } from './search-second.ts';
import { seedOf, stepsIn, type Violation } from './seed.ts';
import type { Town } from './town.ts';
import type { Tuple } from './tuple.ts';
import type { Universe } from './universe.ts';

/** The cabinet in one line: what lies where, with the ink on it, and what stands open. */
export function drawn({ cards, shutter, coverClosed, doorClosed, mains, plugged, switchedOn, ribbon }: World): string {
  const count = (place: string) => cards.filter((card) => card.place === place).length;
  const elsewhere = cards
    .filter(({ place }) => !['safe', 'hopper', 'box'].includes(place))
    .map(({ id, place, ink }) => `${id}@${place}[${ink.map(({ panel }) => panel).join('')}]`);
  const off = (['card-printer', 'panel'] as const).filter((device) => !plugged[device] || !switchedOn[device]);
  const open = [
    shutter.open && 'shutter open',
    !coverClosed && 'cover open',
    !doorClosed && 'door open',
    !mains && 'no mains',
  ];
  const notes = [...elsewhere, ...open.filter(Boolean), ...off.map((device) => `${device} off`)];
  return `hopper ${count('hopper')} box ${count('box')} ribbon ${ribbon?.prints ?? 'none'}${notes.length > 0 ? ` | ${notes.join(', ')}` : ''}`;
}

/** Violations of one story that say the same after the same event, shortest first. */
export function grouped(violations: readonly Violation[]): Violation[][] {
  const groups = new Map<string, Violation[]>();
  for (const violation of violations) {
    const { scenario, steps, faults } = violation;
    const key = JSON.stringify([
      scenario,
      steps.map(({ fault }) => fault),
      faults.map((said) => said.replace(/\d+/g, 'N')),
    ]);
    groups.set(key, [...(groups.get(key) ?? []), violation]);
  }
  return [...groups.values()].map((alike) => alike.sort((a, b) => a.steps.length - b.steps.length));
}

/** What broke, after what, and how to see it again; the rest that is like it only by number. */
export function told([violation, ...others]: readonly Violation[]): string {
  if (!violation) return '';
  const { scenario, steps, faults } = violation;
  const how = steps.map(({ what, nth, fault }) => `${fault} (${what}, time ${nth})`).join(', then ');
  const open = known(violation) ? ' [known to be open]' : '';
  const more = others.length > 0 ? [`    and ${others.length} more like it`] : [];
  return [
    `  ${scenario}: ${how || 'the story itself'}${open}`,
    ...faults.map((fault) => `    ${fault}`),
    ...more,
    `    npm run explore -- --replay '${seedOf(violation)}'`,
  ].join('\n');
}

/** A timeline of which only what happened last is of interest is no timeline: everything is told, with the world at each change. */
function timeline(tell: (line: string) => void): {
  trace: (universe: () => Universe | null) => (line: string) => void;
} {
  let last = '';
  return {
    trace: (universe) => (line) => {
      const now = universe();
      const world = now ? drawn(now.world) : '';
      const at = now ? `${(now.clock.nowMs / 1000).toFixed(3).padStart(9)} s` : '';
      tell(`${at}  ${line}${world === last ? '' : `\n             ~ ${world}`}`);
      last = world;
    },
  };
}

/** Plays a seed once more and tells it: `scenario > 12: fault > 3: another fault`. */
export async function replay(seed: string, tell: (line: string) => void): Promise<string[]> {
  const { scenario: name, steps } = stepsIn(seed);
  const scenario = storyCalled(name);
  const { town, from } = await readyTown();
  tell(`${scenario.name}: ${scenario.tells}`);
  let playing: Universe | null = null;
  const trace = timeline(tell).trace(() => playing);
  const [first] = steps;
  if (!first) {
    playing = begun(town, from, scenario, undefined, trace);
    return judge(playing, expectations(scenario));
  }
  let tuple: Tuple | null = null;
  const faults: Fault[] = [];
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1];
    tell(`--- ${step.what}: ${step.fault}`);
    const reached: { tuple: Tuple | null } = { tuple: null };
    const onBoundary = (boundary: Boundary, universe: Universe) => {
      if (next && isAt(boundary, next) && universe.kiosk) reached.tuple ??= universe.save();
    };
    const mishap = allMishaps.find(({ name }) => name === step.fault);
    const meanwhile = allMishaps.find(({ name }) => name === next?.fault); // strikes the kiosk that this death is followed by
    const death = allDeaths.find(({ name }) => name === step.fault);
    const at = (universe: Universe) => {
      playing = universe;
    };
    let universe: Universe;
    if (mishap) {
      universe = withMishap(town, from, scenario, step, mishap, { trace, afterwards: onBoundary });
      at(universe);
    } else if (death) {
      tuple ??= await until(town, from, scenario, step, trace, at);
      const looks = meanwhile && next ? strikes({ mark: next, mishap: meanwhile }) : onBoundary;
      universe = await afterDeath(town, tuple, scenario, death, { trace, onBoundary: looks, at });
      universe.startKiosk();
      faults.push(asMet(death, tuple));
      if (meanwhile) return judge(universe, expectations(scenario, [...faults, meanwhile]));
    } else throw new Error(`there is no event ${JSON.stringify(step.fault)}`);
    if (mishap) faults.push(mishap);
    const expect = expectations(scenario, faults);
    if (!next) return judge(universe, expect);
    await judge(universe, expect); // the next one may strike when everybody has come again
    if (!reached.tuple) throw new Error(`${next.what} was not met again`);
    tuple = reached.tuple;
  }
  return [];
}

async function until(
  town: Town,
  from: Tuple,
  scenario: Scenario,
  mark: Mark,
  trace: (line: string) => void,
  plays: (universe: Universe) => void,
): Promise<Tuple> {
  let tuple: Tuple | null = null;
  const universe = begun(
    town,
    from,
    scenario,
    (boundary, at) => {
      if (isAt(boundary, mark)) tuple = at.save();
    },
    (line) => {
      if (!tuple) trace(line);
    },
  );
  plays(universe);
  await universe.untilQuiet();
  if (!tuple) throw new Error(`${mark.what} was not met a ${mark.nth}. time`);
  return tuple;
}
