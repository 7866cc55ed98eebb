import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const feedFailure: Scenario = {
  name: 'feed-failure',
  beginsLike: 'issued',
  tells: 'the roller slips once, and the second blank comes',
  visitors: [visitor('FIRST-01')],
  troubles: [{ fault: 'misfeed' }],
};
