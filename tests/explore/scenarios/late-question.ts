import { mendLater } from '../mending.ts';
import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const lateQuestion: Scenario = {
  name: 'late-question',
  beginsLike: 'issued',
  tells: 'the question for the right is on its way so long that its void overtakes it',
  visitors: [visitor('FIRST-01')],
  happens: [
    {
      at: /^sent to central: SU1-A\/req\/lease after/,
      does(universe) {
        const letter = universe.post.state.letters.findLast(({ topic }) => topic.endsWith('req/lease'));
        if (!letter) return;
        universe.post.lose(letter.no);
        universe.post.dropLine();
        void mendLater(universe, 40_000, () => universe.post.mend());
        void mendLater(universe, 43_000, () => universe.post.repeat(letter));
      },
    },
  ],
};
