import { type Boundary, isAt, type Mark, whatOf } from './boundaries.ts';
import { expectations } from './expectations.ts';
import type { Mishap } from './faults.ts';
import { known } from './open-findings.ts';
import { begun, type OnBoundary, type Recording } from './record.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { isKnown, isMine, judge, note, type Options, type Search } from './search.ts';
import { type Open, opens, workOff } from './search-deaths.ts';
import { mishapKey, triedAt } from './situations.ts';
import type { Town } from './town.ts';
import type { Tuple } from './tuple.ts';
import type { Universe } from './universe.ts';

/** The same story once more, with something happening at one of its moments. */
export function withMishap(
  town: Town,
  from: Tuple,
  scenario: Scenario,
  mark: Mark,
  mishap: Mishap,
  { trace, afterwards }: { trace?: (line: string) => void; afterwards?: OnBoundary } = {},
): Universe {
  let hasStruck = false;
  const strike = (boundary: Boundary, universe: Universe) => {
    if (hasStruck) afterwards?.(boundary, universe);
    if (!isAt(boundary, mark)) return;
    hasStruck = true;
    universe.trace(`*** ${mishap.name}`);
    mishap.strike(universe, boundary);
  };
  return begun(town, from, scenario, strike, trace);
}

/** Each mishap where it means something; with pairs, the kiosk dies after it as well, at each step that follows. */
export async function searchMishaps(
  town: Town,
  from: Tuple,
  { scenario, moments }: Recording,
  search: Search,
  options: Options,
): Promise<void> {
  const isEverything = options.depth === 'everything';
  for (const [turn, moment] of moments.entries()) {
    const { boundary, keys, tuple } = moment;
    if (!isMine(keys.inside, options)) continue;
    for (const mishap of triedAt(moment, turn, options.depth)) {
      const expect = expectations(scenario, [mishap]); // a story that allows more excuses no other
      const kept = tuple.authority?.officeDisks.length;
      const key = mishapKey({ scenario, boundary, keys, mishap, expect, kept }, isEverything);
      if (isKnown(search, key)) continue;
      const step = { what: whatOf(boundary), nth: boundary.nth, fault: mishap.name };
      const later: Open[] = [];
      const meets = opens(search, options, { before: [step], faults: [mishap], expect }, (open) => later.push(open));
      const universe = withMishap(town, from, scenario, step, mishap, options.pairs ? { afterwards: meets } : {});
      const found = await judge(universe, expect, search);
      note(search, { scenario: scenario.name, steps: [step] }, found);
      universe.end();
      options.tell(search);
      await workOff(town, scenario, later, search, options);
      if (options.first && search.violations.some((violation) => !known(violation))) return;
    }
  }
}
