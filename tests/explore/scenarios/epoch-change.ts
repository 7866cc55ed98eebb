import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const epochChange: Scenario = {
  name: 'epoch-change',
  tells: 'Siti takes her card; at any moment the disk of the kiosk is given up, and its next epoch is opened',
  visitors: [visitor('FIRST-01')],
  events: 'epochs',
};
