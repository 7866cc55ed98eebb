import { mendLater } from '../faults.ts';
import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const linkCut: Scenario = {
  name: 'link-cut',
  beginsLike: 'issued',
  tells: 'the line to the office breaks before the feed and comes back after the card is taken',
  visitors: [visitor('FIRST-01')],
  happens: [
    {
      at: /^store kiosk print\.intended after/,
      does(universe) {
        universe.post.dropLine();
        void mendLater(universe, 20_000, () => universe.post.mend());
      },
    },
  ],
};
