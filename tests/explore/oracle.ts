import { isOutside, isWhole, named, printedTwice, spoiltBy } from './cards.ts';
import { epochFaults, factsOf, orderFaults } from './epochs.ts';
import type { Expectations } from './expectations.ts';
import { blankoFaults, inkFaults } from './rules/blanko.ts';
import { ackFaults, bookFaults, forkFaults, reportFaults } from './rules/books.ts';
import { doubts } from './rules/doubt.ts';
import { lifeFaults } from './rules/life.ts';
import {
  bodyFaults,
  grantFaults,
  issuedFaults,
  plasticFaults,
  rightFaults,
  spoilFaults,
  usableFaults,
} from './rules/rights.ts';
import { personalData } from './secrets.ts';
import type { Universe } from './universe.ts';

/** Rules on cards, at any moment: invariants 1 and 2. */
export function cardFaults(
  { town, world }: Universe,
  { inksAlone, mayCling }: Pick<Expectations, 'inksAlone' | 'mayCling'>,
): string[] {
  const outside = world.cards.filter(isOutside);
  const bearers = outside.flatMap((card) => named(town, card));
  const twice = bearers.filter((name, index) => bearers.indexOf(name) !== index);
  return [
    ...twice.map((name) => `1 two cards of ${name} are in people's hands`),
    ...outside
      .filter((card) => !isWhole(town, card) && !(mayCling && card.ink.length === 0))
      .map(({ id }) => `2 ${id} was handed over and is no whole card`),
    ...world.cards.flatMap((card) => {
      const spoilt = spoiltBy(town, card);
      return spoilt && !(inksAlone && spoilt === printedTwice) ? [`2 ${card.id} ${spoilt}`] : [];
    }),
  ];
}

/** Everything that must hold when a universe has come to rest. */
export function faultsAtRest(universe: Universe, isQuiet: boolean, expect: Expectations): string[] {
  const { kiosk, central, told } = universe;
  if (!kiosk || !central) return ['0 somebody is still dead'];
  const facts = factsOf(universe);
  if (expect.otherHistory)
    return [
      ...cardFaults(universe, expect),
      ...ackFaults(universe),
      ...forkFaults(universe),
      ...usableFaults(universe),
      ...issuedFaults(universe),
      ...bodyFaults(universe, facts),
      ...grantFaults(universe, facts),
      ...reportFaults(universe),
      ...leaks(universe),
      ...told.untruths,
    ];
  return [
    ...cardFaults(universe, expect),
    ...blankoFaults(universe, expect),
    ...orderFaults(universe, facts),
    ...epochFaults(universe),
    ...bookFaults(universe),
    ...ackFaults(universe),
    ...rightFaults(universe, facts),
    ...usableFaults(universe),
    ...(expect.unwatched ? [] : issuedFaults(universe)),
    ...inkFaults(universe, facts),
    ...plasticFaults(universe, facts),
    ...spoilFaults(universe),
    ...leaks(universe),
    ...told.untruths,
    ...(expect.mayStray ? [] : told.strays),
    ...(expect.mayDoubt ? [] : doubts(universe, facts)),
    ...lifeFaults(universe, isQuiet, expect),
  ];
}

const leaks = (universe: Universe): string[] => personalData(universe).map((where) => `7 personal data ${where}`);
