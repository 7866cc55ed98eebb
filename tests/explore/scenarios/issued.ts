import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const issued: Scenario = {
  name: 'issued',
  tells: 'Siti types her number and takes her card',
  visitors: [visitor('FIRST-01')],
};
