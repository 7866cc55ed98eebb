import { type Boundary, isAt, type Mark, whatOf } from './boundaries.ts';
import { expectations } from './expectations.ts';
import type { Mishap } from './faults.ts';
import { known } from './open-findings.ts';
import { begun, type OnBoundary, type Recorded, type Recording } from './record.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { type Depth, isKnown, isMine, judge, note, type Options, type Search } from './search.ts';
import { type Open, opens, workOff } from './search-deaths.ts';
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

/** Where something is set in motion; between two of them a kiosk only asks how things are, the panel with two bytes. */
const turns = /^card-printer (S[a-z]|Pneab;A|D)|^panel (?!2 )/;
const moves = /^card-printer S[a-z]/;

/** What is tried at this moment. In a part of the search each takes its turn, so that all of them are tried somewhere. */
function triedAt({ boundary, mishaps }: Recorded, turn: number, depth: Depth): readonly Mishap[] {
  if (depth === 'everything') return mishaps;
  if (depth === 'usual') return mishaps.filter(({ breaks }) => bearsOn(boundary, breaks));
  const { kind, what } = boundary;
  const mishap = mishaps[turn % mishaps.length];
  return mishap && (kind === 'store' || (kind === 'link' && moves.test(what))) ? [mishap] : [];
}

/** A device is broken where one is moved, the office where something is said; both where the kiosk has written. */
function bearsOn({ kind, what }: Boundary, breaks: Mishap['breaks']): boolean {
  if (kind === 'link') return turns.test(what) && breaks !== 'office';
  return breaks !== 'devices' || what.startsWith('kiosk ');
}

/** What makes a moment another one for this event: to the printer it is all the same what stands on the screen. */
function around({ left, inside, situation }: Recorded['keys'], { breaks }: Mishap): string {
  if (breaks === 'answers') return left;
  return breaks === 'devices' ? inside : situation;
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
      const story = isEverything || scenario.events ? `${scenario.name} ${keys.dead}` : '';
      const isAnywhere = mishap.breaks === 'devices' || mishap.breaks === 'office';
      const at = isAnywhere && !story ? '' : whatOf(boundary); // a lost message or answer is this one
      const expect = expectations(scenario, [mishap]); // a story that allows more excuses no other
      const what = [story, JSON.stringify(scenario.branches), mishap.name, JSON.stringify(expect)];
      const key = [
        isEverything ? keys.situation : around(keys, mishap),
        at,
        tuple.authority?.officeDisks.length,
        ...what,
      ].join('|');
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
