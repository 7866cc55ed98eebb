import { visitor } from './people.ts';
import type { Universe } from './universe.ts';

/** Every citizen returns and tries again, twice, and takes whatever can be taken. False: somebody was never done with. */
export async function epilogue(universe: Universe): Promise<boolean> {
  for (let round = 0; round < 2; round += 1) {
    universe.trace(`--- everybody returns and tries again (${round + 1})`);
    universe.crowd.visitors.push(...universe.town.citizens.map(({ code }) => visitor(code, 'greedy')));
    if (!(await universe.untilQuiet())) return false;
  }
  return true;
}
