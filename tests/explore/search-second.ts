import { isAt, type Mark, whatOf } from './boundaries.ts';
import { futureKey, nowAfterEvent } from './canonical.ts';
import { isPossible, mishapsOf } from './events.ts';
import { expectations } from './expectations.ts';
import type { Fault, Mishap } from './faults.ts';
import type { OnBoundary } from './record.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { isKnown, type Options, type Search } from './search.ts';
import { bearsOn, mishapKey } from './situations.ts';

/** A mishap that is still to be tried after a death, and where. */
export interface Struck {
  mark: Mark;
  mishap: Mishap;
}

/** Finds what could happen while a kiosk recovers and until it rests: each mishap once in each situation, wherever it was met first. */
export function meets(
  scenario: Scenario,
  search: Search,
  { depth }: Options,
  faults: readonly Fault[],
  found: (struck: Struck) => void,
): OnBoundary {
  const isEverything = depth === 'everything';
  const possible = scenario.oldDisks || scenario.events === 'epochs' ? [] : mishapsOf(scenario);
  return (boundary, universe) => {
    if (!universe.kiosk || universe.hasRested) return;
    const here = possible.filter(
      (mishap) => bearsOn(boundary, mishap.breaks) && isPossible(mishap, universe, boundary),
    );
    if (here.length === 0) return;
    const now = nowAfterEvent(universe);
    const keys = isEverything ? { ...now, dead: futureKey(universe) } : now;
    for (const mishap of here) {
      const expect = expectations(scenario, [...faults, mishap]);
      const kept = universe.authority.officeDisks.length;
      const situation = { scenario, boundary, keys, mishap, expect, kept, isSecond: true } as const;
      if (!isKnown(search, mishapKey(situation, isEverything)))
        found({ mark: { what: whatOf(boundary), nth: boundary.nth }, mishap });
    }
  };
}

/** Lets it happen at its boundary, in the same world once more. */
export function strikes({ mark, mishap }: Struck): OnBoundary {
  return (at, universe) => {
    if (!universe.kiosk || !isAt(at, mark)) return;
    universe.trace(`*** ${mishap.name}`);
    mishap.strike(universe, at);
  };
}
