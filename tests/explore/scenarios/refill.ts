import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const refill: Scenario = {
  name: 'refill',
  beginsLike: 'start',
  tells: 'two people put three blanks into the feeder and book them',
  visitors: [],
  errands: ['refill'],
};

export const removal: Scenario = {
  name: 'removal',
  beginsLike: 'issued',
  tells: 'Siti takes her card; two people take all blanks out of the feeder and book them back to the safe',
  visitors: [visitor('FIRST-01')],
  errands: ['removal'],
  allows: { mayStand: true },
};

export const miscounted: Scenario = {
  name: 'miscounted',
  beginsLike: 'refill',
  tells: 'two people put three blanks into the feeder and book four',
  visitors: [],
  errands: ['miscounts the refill'],
  allows: { unbooked: true },
};
