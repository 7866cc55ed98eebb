import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const printerLost: Scenario = {
  name: 'printer-lost',
  beginsLike: 'spoiled',
  tells: 'the cable of the printer slips in the third panel and is back at once',
  visitors: [visitor('FIRST-01')],
  troubles: [{ fault: 'unplugged', atPanel: 3 }],
};
