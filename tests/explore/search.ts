import { restHash } from './canonical.ts';
import { epilogue } from './epilogue.ts';
import { isRestoring } from './epochs.ts';
import type { Expectations } from './expectations.ts';
import type { Memory } from './memory.ts';
import { faultsAtRest } from './oracle.ts';
import type { Violation } from './seed.ts';
import type { Universe } from './universe.ts';

export type Depth = 'everything' | 'usual' | 'part' | 'story';

export interface Options {
  /**
   * Goes on with the boundaries of every recovery, until no moment waits: with `everything` at each of them, else once for each
   * step of a recovery with the same in hand and in the machine.
   */
  pairs: boolean;
  /** With pairs: only these as the second event. Left out: both. */
  second?: 'deaths' | 'mishaps';
  /**
   * `everything`: every event at each boundary of each story. `usual`: a plain death at each; every other event once in each
   * situation, in the first story that comes to it; a device breaks where something moves, the office where something is
   * said, both where the kiosk writes; moments that a story shares with the one it begins like belong to that one.
   * `story`: nothing goes wrong that is not told. `part`: at every boundary the usual deaths, and at every write and every command that moves something one mishap each.
   */
  depth: Depth;
  /** Only every n-th moment, from the i-th on: for several processes side by side. */
  part: readonly [number, number];
  /** Stops at the first violation that is not known to be open. */
  first: boolean;
  tell: (search: Search) => void;
}

export interface Search {
  readonly memory: Memory;
  worlds: number;
  /** Moments that wait to be searched: with pairs it grows before it shrinks. */
  left: number;
  skipped: number;
  violations: Violation[];
}

export const newSearch = (memory: Memory): Search => ({ memory, worlds: 0, left: 0, skipped: 0, violations: [] });

/** Lets a universe come to rest, looks, lets everybody come again, and looks once more. */
export async function judge(universe: Universe, expected: Expectations, search?: Search): Promise<string[]> {
  const isQuiet = await universe.untilQuiet();
  universe.hasRested = true;
  const expect = universe.reachedUnseen ? { ...expected, unbooked: true, unwatched: true } : expected;
  const faults = faultsAtRest(universe, isQuiet, expect);
  if (faults.length > 0 || !isQuiet) return faults;
  const rest = `${restHash(universe)}|${JSON.stringify({ ...expect, mayDoubt: true, mayStand: true })}`;
  if (search && !search.memory.isNew(`at rest ${rest}`)) return [];
  const isDone = await epilogue(universe);
  const end = faultsAtRest(universe, isDone, { ...expect, mayDoubt: true, mayStand: true });
  return end.length > 0 || (await restoreEnds(universe)) ? end : ['6 a restore has no end'];
}

/** It ends when somebody asks after every kiosk was heard, and each is heard once in its heartbeat at the latest. */
async function restoreEnds(universe: Universe): Promise<boolean> {
  if (!isRestoring(universe)) return true;
  await universe.pass(heartbeatMs);
  await epilogue(universe);
  return !isRestoring(universe) || !isServing(universe);
}

const heartbeatMs = 15_000;
const isServing = ({ kiosk }: Universe): boolean => {
  const screen = kiosk?.controller.kiosk.screen.value.screen;
  return screen?.at === 'welcome' && screen.service.mode === 'full';
};

/** Whether a moment with this key is looked at by this process. */
export function isMine(key: string, { part: [mine, all] }: Options): boolean {
  return key.charCodeAt(0) % all === mine;
}

/** Whether somebody has looked at it before. */
export function isKnown(search: Search, key: string): boolean {
  const known = !search.memory.isNew(key);
  if (known) search.skipped += 1;
  return known;
}

export function note(search: Search, origin: Omit<Violation, 'faults'>, faults: string[]): void {
  search.worlds += 1;
  if (faults.length > 0) search.violations.push({ ...origin, faults: [...new Set(faults)] });
}
