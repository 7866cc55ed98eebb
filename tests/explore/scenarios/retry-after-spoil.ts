import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const retryAfterSpoil: Scenario = {
  name: 'retry-after-spoil',
  beginsLike: 'issued',
  tells: 'the first card jams in the second panel, and the next one is taken',
  visitors: [visitor('FIRST-01')],
  troubles: [{ fault: 'jam', atPanel: 2, freedBy: 'reset' }],
};
