import type { Figure } from './figure.ts';
import { outputOf } from './processes.ts';
import { median } from './stats.ts';

const runs = 3;
const story = 'issued';

interface Searched {
  worlds: number;
  boundaries: number;
  violations: number;
}

/** How many worlds a second the search for broken promises looks at: each a recovery, a rest and two citizens who try again. */
export const worlds: Figure = {
  title: `the search for broken promises: every death of the kiosk in the story "${story}", on two processes`,
  async measure({ clock, progress }) {
    const perSecond: number[] = [];
    let last: Searched = { worlds: 0, boundaries: 0, violations: 0 };
    for (let round = 1; round <= runs; round += 1) {
      progress(`worlds: round ${round} of ${runs}`);
      const startMs = clock.monotonicMs();
      const said = await outputOf(['tests/explore/main.ts', '--scenario', story, '--deaths', '--json']);
      last = JSON.parse(said.trim().split('\n').at(-1) ?? '') as Searched;
      perSecond.push((last.worlds / (clock.monotonicMs() - startMs)) * 1_000);
    }
    return {
      measures: [{ aim: null, what: 'worlds per second', value: median(perSecond), unit: '/s', runs }],
      details: [
        {
          title: 'what was searched in the last round',
          columns: ['worlds', 'boundaries', 'violations'],
          rows: [[String(last.worlds), last.boundaries, last.violations]],
        },
      ],
      notes: ['Start of the processes and the recording of the story are in it.'],
    };
  },
};
