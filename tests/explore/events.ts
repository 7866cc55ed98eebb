import { openNextEpoch, restoreOffice } from './authority.ts';
import type { Boundary } from './boundaries.ts';
import { deaths, diskDeaths, diskDeathsAndMore } from './deaths.ts';
import type { Death, Mishap } from './faults.ts';
import { mendLater } from './mending.ts';
import { mishaps } from './mishaps.ts';
import { goesAway, ordersAbout } from './office.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { errand } from './staff.ts';
import type { Universe } from './universe.ts';

/** The disk of the kiosk is given up, and two people open its next epoch. */
const epochDeaths: readonly Death[] = (['lost', 'drained'] as const).map((oldDisk) => ({
  name: `kiosk dies, its next epoch is opened, and its old disk is ${oldDisk}`,
  usual: true,
  allows: { mayDoubt: true },
  meanwhile: async (universe) => {
    await universe.pass(5_000);
    await openNextEpoch(universe, oldDisk);
    universe.crowd.errands.unshift(errand('opening count'));
  },
}));

/** What lies in the kiosk ahead of time is all that it has. */
const aloneDeaths: readonly Death[] = [
  {
    name: 'kiosk dies, and the office is away for two minutes',
    usual: true,
    allows: {},
    meanwhile: async (universe) => {
      goesAway(universe);
      await universe.pass(5_000);
    },
  },
];

const restores: readonly Mishap[] = (['applied', 'lost'] as const).flatMap((log) =>
  [1, 3, 8].map(
    (commits): Mishap => ({
      name: `the office is restored to ${commits} commits ago, its log is ${log}`,
      breaks: 'office',
      allows: {},
      matters: ({ authority: { officeDisks } }) => officeDisks.length > commits,
      strike(universe) {
        const bytes = universe.authority.officeDisks.at(-1 - commits);
        universe.killCentral();
        if (bytes) restoreOffice(universe, bytes, log);
        void mendLater(universe, 5_000, () => universe.startCentral());
      },
    }),
  ),
);

const revocations: readonly Mishap[] = (['revoke-lease', 'surrender-lease', 'renew-lease'] as const).map((kind) => ({
  name: `the office orders ${kind}`,
  allows: {},
  strike: (universe) => ordersAbout(universe, kind),
}));

/** An old disk or a copy has only what lies in it: nobody tells it that it is one. */
const alone = (death: Death): Death => ({
  ...death,
  name: `${death.name}, and the office is away`,
  meanwhile: async (universe) => {
    goesAway(universe);
    await death.meanwhile(universe);
  },
});

const disksOf = ({ isLong }: Scenario): readonly Death[] => (isLong ? diskDeathsAndMore : diskDeaths);

export function deathsOf(scenario: Scenario): readonly Death[] {
  const { oldDisks, events } = scenario;
  if (events === 'epochs') return epochDeaths;
  if (events === 'alone' && oldDisks) return disksOf(scenario).map(alone);
  if (events === 'alone') return [...deaths, ...aloneDeaths];
  return oldDisks ? disksOf(scenario) : deaths;
}

export function mishapsOf({ events }: Scenario): readonly Mishap[] {
  if (events === 'restores') return restores;
  return events === 'orders' ? revocations : mishaps;
}

/** Whether it can strike at this moment, and makes a difference there. */
export function isPossible({ isBefore, matters }: Mishap, universe: Universe, boundary: Boundary): boolean {
  const isInTime = isBefore === (boundary.moment === 'before' || undefined);
  return isInTime && (matters?.(universe, boundary) ?? true);
}

export const allDeaths: readonly Death[] = [
  ...[...deaths, ...diskDeathsAndMore, ...diskDeathsAndMore.map(alone)],
  ...[...epochDeaths, ...aloneDeaths],
];
export const allMishaps: readonly Mishap[] = [...mishaps, ...restores, ...revocations];
