import { rowsOf } from './books.ts';
import { goesAway } from './office.ts';
import { visitor } from './people.ts';
import type { Universe } from './universe.ts';

/**
 * Every citizen returns and tries again, twice, and takes whatever can be taken; where something lies in the kiosk ahead of
 * time, once more without the office. False: somebody was never done with.
 */
export async function epilogue(universe: Universe): Promise<boolean> {
  for (let round = 0; round < 2; round += 1) if (!(await everybodyReturns(universe))) return false;
  if (!keepsAhead(universe)) return true;
  goesAway(universe);
  return everybodyReturns(universe);
}

function everybodyReturns(universe: Universe): Promise<boolean> {
  universe.trace('--- everybody returns and tries again');
  universe.crowd.visitors.push(...universe.town.citizens.map(({ code }) => visitor(code, 'greedy')));
  return universe.untilQuiet();
}

const keepsAhead = ({ kiosk }: Universe): boolean =>
  kiosk !== null && rowsOf(kiosk.store, 'SELECT 1 FROM offline_lease').length > 0;
