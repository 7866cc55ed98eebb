import type { Fault } from './faults.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** What a world was put through, as far as it bears on what may be expected of it. */
export interface Expectations {
  /** Somebody reached in, a sensor froze, or the printer did on its own what no host can know: a person may be needed. */
  mayDoubt: boolean;
  /** The printer may push a card out by itself, while nobody is being handed one. */
  mayStray: boolean;
  /** Blanks that hands put in or took out without a word in the books. */
  unbooked: boolean;
  /** The cabinet was opened with its key while no program ran: a card that was taken then counts as handed over (rule 2). */
  unwatched: boolean;
  /** The printer lays ink on a card by itself, while no program drives it. That card must not come out. */
  inksAlone: boolean;
  /** A blank clung to the one that was fed. No sensor sees that: it goes where the other goes, and the next count shows it. */
  mayCling: boolean;
  /** This kiosk's history is not the one that the office knows, or may not be: only cards and rights are looked at. */
  otherHistory: boolean;
  /** A machine is out of order in the end, so that nobody needs to be served. */
  mayStand: boolean;
}

/** What a story and everything that happened in it allow together. */
export function expectations(scenario: Scenario, faults: readonly Fault[] = []): Expectations {
  const all = [scenario.allows ?? {}, ...faults.map(({ allows }) => allows)];
  const some = (what: keyof Expectations) => all.some((allows) => allows[what] === true);
  const names = [
    'mayDoubt',
    'mayStray',
    'unbooked',
    'unwatched',
    'inksAlone',
    'mayCling',
    'mayStand',
    'otherHistory',
  ] as const;
  return Object.fromEntries(names.map((name) => [name, some(name)])) as unknown as Expectations;
}
