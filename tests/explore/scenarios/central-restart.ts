import { mendLater } from '../mending.ts';
import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const centralRestart: Scenario = {
  name: 'central-restart',
  beginsLike: 'issued',
  tells: 'the office dies with the grant on its disk and its answer unsent, and comes back',
  visitors: [visitor('FIRST-01')],
  happens: [
    {
      at: /^store central lease\.granted after/,
      does(universe) {
        universe.killCentral();
        void mendLater(universe, 6_000, () => universe.startCentral());
      },
    },
  ],
};
