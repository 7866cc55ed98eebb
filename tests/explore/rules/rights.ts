import type { Card } from '#cabinet/world/plain.ts';
import { type Fact, factsIn, rowsOf } from '../books.ts';
import { isOutside, isWhole, isWithin, named } from '../cards.ts';
import { isRestoring, journalsOf, restsWithKiosk } from '../epochs.ts';
import type { Universe } from '../universe.ts';

const lasting = ['usable', 'issued', 'held', 'in-doubt', 'paused', 'closed'];

/** Invariants 5 and 6: a right comes to rest, is granted once, and what is granted stands on the second medium. */
export function rightFaults(universe: Universe, facts: readonly Fact[]): string[] {
  const { kiosk, central, grants, authority } = universe;
  if (!kiosk || !central || isRestoring(universe)) return [];
  const rights = rowsOf<{ right_id: string; state: string; person: string }>(
    central.store,
    'SELECT * FROM print_right',
  );
  const leases = rowsOf<{ lease_id: string; right_id: string; state: string }>(central.store, 'SELECT * FROM lease');
  const lines = grants.map((line) => JSON.parse(line) as { claims?: { leaseId: string } });
  const logged = new Set(lines.map(({ claims }) => claims?.leaseId));
  const live = leases.filter(({ state }) => state === 'live').map(({ right_id }) => right_id);
  return [
    ...rights
      .filter(({ state, right_id }) => !lasting.includes(state) && !restsWithKiosk(universe, right_id))
      .map(({ state }) => `5 a right is lost: it stays ${state}`),
    ...live.filter((id, index) => live.indexOf(id) !== index).map((id) => `6 ${id} is live twice`),
    ...leases
      .filter(({ lease_id }) => !authority.logLost && !logged.has(lease_id))
      .map(() => '6 a grant that is not on the second medium'),
    ...grantFaults(universe, facts),
  ];
}

const mostSpoiled = 2;

/**
 * No right costs more blanks before somebody has looked, and nobody of these people says that they have. At the opening count of an
 * epoch two people have the spoiled cards in their hands.
 */
export function spoilFaults(universe: Universe): string[] {
  const most = Math.max(0, ...journalsOf(universe).map(({ rows }) => spoiledOfOne(factsIn(rows))));
  return most > mostSpoiled ? [`6 ${most} cards of one right were spoiled, and nobody had looked`] : [];
}

function spoiledOfOne(facts: readonly Fact[]): number {
  const spoiled = facts.filter(({ type, data }) => type === 'print.outcome' && data.outcome === 'spoiled');
  const ofOne = (id: unknown) => spoiled.filter(({ data }) => data.rightId === id).length;
  return Math.max(0, ...spoiled.map(({ data }) => ofOne(data.rightId)));
}

/** Notes a right that is with two leases at once, after each write of the office. */
export function watchOffice(universe: Universe): void {
  const { told } = universe;
  universe.onOfficeWrite = () => {
    const store = universe.storeOf('central');
    const twice = store ? rowsOf<{ right_id: string }>(store, liveTwice) : [];
    for (const { right_id } of twice) told.untruths.push(`6 ${right_id} was live twice for a moment`);
  };
}

const liveTwice = "SELECT right_id FROM lease WHERE state = 'live' GROUP BY right_id HAVING count(*) > 1";

/** Nobody whose card is out can have another one. */
export function usableFaults(universe: Universe): string[] {
  const { central, world, town } = universe;
  if (!central || isRestoring(universe)) return [];
  const rights = rowsOf<{ state: string; person: string }>(central.store, 'SELECT state, person FROM print_right');
  const out = world.cards.filter(isOutside).flatMap((card) => named(town, card));
  const holders = rights.filter(({ person }) =>
    town.citizens.some((one) => one.person === person && out.includes(one.code)),
  );
  return holders.filter(({ state }) => state === 'usable').map(() => '5 a card is out and its right is usable');
}

/** Who is said to have a card does not have it in the machine. */
export function issuedFaults(universe: Universe): string[] {
  const { central, world, town } = universe;
  if (!central || isRestoring(universe)) return [];
  const rights = rowsOf<{ state: string; person: string }>(central.store, 'SELECT state, person FROM print_right');
  const issued = rights.filter(({ state }) => state === 'issued').map(({ person }) => person);
  const bearers = (at: (card: Card) => boolean) => new Set(world.cards.filter(at).flatMap((card) => named(town, card)));
  const [out, within] = [bearers((card) => !isWithin(card)), bearers(isWithin)];
  return town.citizens
    .filter(({ person, code }) => issued.includes(person) && within.has(code) && !out.has(code))
    .map(({ code }) => `5 the right of ${code} is issued, and its card lies in the machine or with staff`);
}

/** Whose card is whole has no other one, wherever they are, but for those that were spoiled. */
export function bodyFaults({ world, town }: Universe, facts: readonly Fact[]): string[] {
  const spoiled = facts.filter(({ type, data }) => type === 'print.outcome' && data.outcome === 'spoiled').length;
  const whole = world.cards.filter((card) => isWhole(town, card)).flatMap((card) => named(town, card));
  return [...new Set(whole)]
    .map((name) => [name, whole.filter((one) => one === name).length] as const)
    .filter(([, count]) => count > 1 + spoiled)
    .map(([name, count]) => `1 ${count} whole cards of ${name} were printed, and ${spoiled} were spoiled`);
}

/** What was granted, and on what was printed. */
export function grantFaults({ central }: Universe, facts: readonly Fact[]): string[] {
  if (!central) return [];
  const granted = new Set(
    rowsOf<{ lease_id: string }>(central.store, 'SELECT lease_id FROM lease').map((one) => one.lease_id),
  );
  return facts
    .filter(({ type, data }) => type === 'print.intended' && !granted.has(String(data.leaseId)))
    .map(() => '6 printed without a grant');
}

/** A right travels with plastic: while one body may be its card, there is no other, and it is not to be had again. */
export function plasticFaults(universe: Universe, facts: readonly Fact[]): string[] {
  const { central } = universe;
  if (!central || isRestoring(universe)) return [];
  const rights = rowsOf<{ right_id: string; state: string; person: string }>(
    central.store,
    'SELECT * FROM print_right',
  );
  const destroyed = facts.filter(({ type }) => type === 'card.destroyed').map(({ subject }) => subject);
  const bodies = facts.filter(
    ({ type, subject, data }) =>
      type === 'print.outcome' &&
      ['issued', 'retained', 'in-doubt'].includes(String(data.outcome)) &&
      !destroyed.includes(subject),
  );
  const owners = bodies.map(({ data }) => String(data.rightId));
  const twice = owners.filter((id, index) => owners.indexOf(id) !== index);
  return [
    ...twice.map((id) => `5 ${id} has two bodies: each is issued, held or in doubt`),
    ...rights
      .filter(({ right_id, state }) => state === 'usable' && owners.includes(right_id))
      .map(() => '5 a body is issued, held or in doubt, and its right is usable'),
  ];
}
