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
