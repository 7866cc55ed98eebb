import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const notTaken: Scenario = {
  name: 'not-taken',
  beginsLike: 'issued',
  tells: 'Siti does not see her card; it goes to the box and is held for her',
  visitors: [visitor('FIRST-01', 'never')],
};

export const notTakenOldDisk: Scenario = {
  name: 'not-taken-old-disk',
  tells: 'the same; at any moment the disk of the kiosk is an older one, or its copy starts in another cabinet',
  visitors: [visitor('FIRST-01', 'never')],
  oldDisks: true,
};

export const notTakenEpochs: Scenario = {
  name: 'not-taken-epochs',
  tells: 'the same; at any moment the disk of the kiosk is given up, and its next epoch is opened',
  visitors: [visitor('FIRST-01', 'never')],
  events: 'epochs',
};
