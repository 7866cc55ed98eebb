import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const secondOffer: Scenario = {
  name: 'second-offer',
  beginsLike: 'not-taken',
  tells: 'Siti is slow, says that she is still here, and takes her card at the second offer',
  visitors: [visitor('FIRST-01', 'second')],
};
