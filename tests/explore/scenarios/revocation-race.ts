import { handsOut, ordersAbout } from '../office.ts';
import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const revocationRace: Scenario = {
  name: 'revocation-race',
  beginsLike: 'offline-lease',
  tells: 'a right lies in the kiosk ahead of time; the office revokes it when the blank is about to be fed',
  visitors: [visitor('FIRST-01')],
  happens: [
    { at: /^store central state after/, does: (universe) => handsOut(universe) },
    { at: /^store kiosk print\.intended after/, does: (universe) => ordersAbout(universe, 'revoke-lease') },
  ],
  fromTheStart: true,
};

export const ordersAtAnyMoment: Scenario = {
  name: 'orders-at-any-moment',
  isLong: true,
  tells: 'a right lies in the kiosk ahead of time; at any moment it is revoked, surrendered or renewed',
  visitors: [visitor('FIRST-01')],
  happens: [{ at: /^store central state after/, does: (universe) => handsOut(universe) }],
  fromTheStart: true,
  events: 'orders',
};
