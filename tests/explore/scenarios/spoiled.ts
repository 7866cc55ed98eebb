import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const spoiled: Scenario = {
  name: 'spoiled',
  beginsLike: 'issued',
  tells: 'the card jams in the third panel, twice: both go to the box, and an officer comes',
  visitors: [visitor('FIRST-01')],
  troubles: [
    { fault: 'jam', atPanel: 3, freedBy: 'reset' },
    { fault: 'jam', atPanel: 3, freedBy: 'reset' },
  ],
};
