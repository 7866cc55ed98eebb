import { opensNextGeneration } from '../office.ts';
import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const secondGeneration: Scenario = {
  name: 'second-generation',
  beginsLike: 'not-taken',
  tells:
    'the card of Siti is held for her; the office is asked for a second one, she comes again, and officers hand over the first',
  visitors: [visitor('FIRST-01', 'never'), visitor('FIRST-01')],
  errands: ['hands the card over'],
  happens: [{ at: /^store kiosk visit\.ended after/, does: (universe) => opensNextGeneration(universe) }],
};
