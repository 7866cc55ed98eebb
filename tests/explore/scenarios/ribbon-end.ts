import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const ribbonEnd: Scenario = {
  name: 'ribbon-end',
  beginsLike: 'spoiled',
  tells: 'the ribbon ends in the middle of the card, and nobody changes it',
  visitors: [visitor('FIRST-01')],
  troubles: [{ fault: 'ribbon-ends', atPanel: 3 }],
  allows: { mayStand: true },
};

export const ribbonChanged: Scenario = {
  name: 'ribbon-changed',
  beginsLike: 'ribbon-end',
  tells: 'the ribbon ends in the middle of the card; two people put in a new one, and Siti comes again',
  visitors: [visitor('FIRST-01'), visitor('FIRST-01')],
  troubles: [{ fault: 'ribbon-ends', atPanel: 3 }],
  errands: ['changes the ribbon'],
  allows: { mayStand: true },
};
