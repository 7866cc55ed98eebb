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
  beginsLike: 'offline-lease',
  tells: 'the same, and Siti does not see her card',
  visitors: [visitor('FIRST-01', 'never')],
};

export const offlineOldDisk: Scenario = {
  ...offlineLease,
  name: 'offline-old-disk',
  tells:
    'the same, and Siti comes again; at any moment the disk is an older one or a copy, and nobody is there to say so',
  visitors: [visitor('FIRST-01'), visitor('FIRST-01', 'greedy')],
  oldDisks: true,
};

export const offlineNotTakenOldDisk: Scenario = {
  ...offlineNotTaken,
  name: 'offline-not-taken-old-disk',
  tells: 'the same; at any moment the disk is an older one or a copy, and nobody is there to say so',
  oldDisks: true,
};
