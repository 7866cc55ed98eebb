import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const twoCitizens: Scenario = {
  name: 'two-citizens',
  tells: 'Siti leaves her card behind, and Budi takes his',
  visitors: [visitor('FIRST-01', 'never'), visitor('FIRST-02')],
};
