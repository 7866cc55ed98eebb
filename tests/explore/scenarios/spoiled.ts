import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

const jam = { fault: 'jam', atPanel: 3, freedBy: 'reset' } as const;

export const spoiled: Scenario = {
  name: 'spoiled',
  beginsLike: 'issued',
  tells: 'each card jams in the third panel: two go to the box, a third is not tried, and an officer comes',
  visitors: [visitor('FIRST-01')],
  troubles: [jam, jam, jam],
};

export const spoiledEpochs: Scenario = {
  name: 'spoiled-epochs',
  tells: 'the same; at any moment the disk of the kiosk is given up, and its next epoch is opened',
  visitors: [visitor('FIRST-01')],
  troubles: [jam, jam, jam],
  events: 'epochs',
};
