import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const oldDisk: Scenario = {
  name: 'old-disk',
  tells:
    'Siti takes her card; at any moment the disk of the kiosk is an older one, or its copy starts in another cabinet',
  visitors: [visitor('FIRST-01')],
  oldDisks: true,
};
