import { mendLater } from '../mending.ts';
import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const lateRequests: Scenario = {
  name: 'late-requests',
  beginsLike: 'issued',
  tells: 'the question for the right comes three times, the last time when the card has long been taken',
  visitors: [visitor('FIRST-01')],
  happens: [
    {
      at: /^delivered to central: SU1-A\/req\/lease after/,
      does(universe) {
        const letter = universe.post.past.findLast(({ topic }) => topic.endsWith('req/lease'));
        if (!letter) return;
        universe.post.repeat(letter);
        void mendLater(universe, 6_000, () => universe.post.repeat(letter));
      },
    },
  ],
};
