import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const notTaken: Scenario = {
  name: 'not-taken',
  beginsLike: 'issued',
  tells: 'Siti does not see her card; it goes to the box and is held for her',
  visitors: [visitor('FIRST-01', 'never')],
};
