import { mendLater } from '../mending.ts';
import { goesAway, handsOut } from '../office.ts';
import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

const handedOut = {
  at: /^store central state after/,
  does: (universe: Parameters<typeof handsOut>[0]) => handsOut(universe),
};

export const offlineLease: Scenario = {
  name: 'offline-lease',
  tells: 'a right is handed out ahead; the office is away when Siti comes and takes her card, and hears of it later',
  visitors: [visitor('FIRST-01')],
  happens: [handedOut, { at: /^store kiosk lease\.received-ahead after/, does: (universe) => goesAway(universe) }],
  fromTheStart: true,
  events: 'alone',
};

export const offlineNotTaken: Scenario = {
  ...offlineLease,
  name: 'offline-not-taken',
  isLong: true,
  beginsLike: 'offline-lease',
  tells: 'the same, and Siti does not see her card',
  visitors: [visitor('FIRST-01', 'never')],
};

export const offlineOldDisk: Scenario = {
  ...offlineLease,
  name: 'offline-old-disk',
  isLong: true,
  tells:
    'the same, and Siti comes again; at any moment the disk is an older one or a copy, and nobody is there to say so',
  visitors: [visitor('FIRST-01'), visitor('FIRST-01', 'greedy')],
  oldDisks: true,
};

export const offlineNotTakenOldDisk: Scenario = {
  ...offlineLease,
  name: 'offline-not-taken-old-disk',
  isLong: true,
  tells: 'Siti does not see her card; at any moment the disk is an older one or a copy, and nobody is there to say so',
  visitors: [visitor('FIRST-01', 'never')],
  oldDisks: true,
};

/** Longer than the kiosk clears up after a card: where its blank is then, nobody has seen. */
const longOutageMs = 190_000;

export const offlineOutageOldDisk: Scenario = {
  ...offlineLease,
  name: 'offline-outage-old-disk',
  isLong: true,
  tells:
    'the printer is away for three minutes when a card is to be fed; Siti comes again, at any moment the disk is an older one or a copy',
  visitors: [visitor('FIRST-01'), visitor('FIRST-01', 'greedy')],
  happens: [
    handedOut,
    { at: /^store kiosk lease\.received-ahead after/, does: (universe) => goesAway(universe, 400_000) },
    {
      at: /^store kiosk print\.intended after/,
      does(universe) {
        universe.physics.world.unplug('card-printer');
        void mendLater(universe, longOutageMs, () => universe.physics.world.replug('card-printer'));
      },
    },
  ],
  oldDisks: true,
  allows: { mayDoubt: true },
};

export const offlineRestored: Scenario = {
  name: 'offline-restored',
  isLong: true,
  tells:
    'a right is handed out ahead, and Siti takes her card; at any moment the office is restored to an earlier commit',
  visitors: [visitor('FIRST-01')],
  happens: [handedOut],
  fromTheStart: true,
  oldOffice: true,
  events: 'restores',
};
