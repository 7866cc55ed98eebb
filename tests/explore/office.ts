import { openOrdering } from '#central/commands/commands.ts';
import { closeEpoch } from '#central/epochs/epochs.ts';
import { openGeneration } from '#central/generations/generations.ts';
import { logKiosk } from '#central/rights/grants-log.ts';
import { handOut } from '#central/rights/offline.ts';
import { StoreBroken } from '#kit/store.ts';
import { rowsOf } from './books.ts';
import { isOutside, named } from './cards.ts';
import { LifeOver } from './life.ts';
import { mendLater } from './mending.ts';
import type { Universe } from './universe.ts';

/** What staff of the office do. An office that dies under their hands has done it or not; they do not come again. */
function atTheOffice(universe: Universe, does: (room: NonNullable<Universe['central']>['room']) => void): void {
  const { central, town } = universe;
  if (!central) return;
  try {
    does(central.room);
    central.room.central.sendCommands(town.enrolment.kiosk);
  } catch (error) {
    if (!(error instanceof LifeOver)) throw error;
  }
}

/** The right of this person is to lie in the kiosk ahead of time. */
export function handsOut(universe: Universe, who = 'FIRST-01'): void {
  const { town } = universe;
  const number = town.citizens.find(({ code }) => code === who)?.pickupCode ?? '';
  atTheOffice(universe, (room) => {
    universe.trace(`the office hands out the right of ${who}`);
    handOut({ ...room, order: openOrdering(room) }, { kiosk: town.enrolment.kiosk, people: [{ number }], by: 'op-3' });
  });
}

/** Something is ordered about each lease that lives. */
export function ordersAbout(universe: Universe, kind: 'revoke-lease' | 'surrender-lease' | 'renew-lease'): void {
  atTheOffice(universe, (room) => {
    const live = rowsOf<{ lease_id: string }>(room.store, "SELECT lease_id FROM lease WHERE state = 'live'");
    const [lease] = live;
    if (!lease) return;
    universe.trace(`the office orders: ${kind}`);
    const order = openOrdering(room);
    const args = { leaseId: lease.lease_id };
    room.store.write('ordered', (db) => order(db, { kiosk: universe.town.enrolment.kiosk, kind, args, by: ['op-3'] }));
  });
}

export function goesAway(universe: Universe, ms = 120_000): void {
  universe.trace('the office is away');
  universe.killCentral();
  void mendLater(universe, ms, () => universe.startCentral());
}

/** Two people end the kiosk's authority while it lives. */
export function closesEpoch(universe: Universe): void {
  const { kiosk } = universe.town.enrolment;
  atTheOffice(universe, ({ store, random, clock, grantsLog }) => {
    universe.trace('the office closes the epoch');
    store.write('epoch.closed', (db) => {
      closeEpoch(db, random, clock.wallMs(), kiosk, { by: ['op-1', 'op-2'], reason: 'the cabinet was taken away' });
      logKiosk(db, grantsLog, kiosk);
    });
  });
}

/** Two people of the office want to open the right for the next card of this person, who has none in hand. */
export function opensNextGeneration(universe: Universe, who = 'FIRST-01'): void {
  const { town, world } = universe;
  if (world.cards.some((card) => isOutside(card) && named(town, card).includes(who))) return;
  const person = town.citizens.find(({ code }) => code === who)?.person ?? '';
  atTheOffice(universe, ({ store, clock }) => {
    try {
      const by: [string, string] = ['op-1', 'op-2'];
      store.write('generation.opened', (db) =>
        openGeneration(db, clock.wallMs(), person, { by, reason: 'she says that she has no card' }),
      );
      universe.trace(`the office opens the next generation for ${who}`);
    } catch (error) {
      if (error instanceof StoreBroken) throw error;
      universe.trace(`the office refuses: ${(error as Error).message}`);
    }
  });
}
