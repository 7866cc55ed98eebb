import type { Impression } from '../evaluate/data-sets.ts';

/** Who may try how often, and at which score it is decided. */
export const THRESHOLDS = [30, 40] as const;
export const MOST_TRIES = 4;

export interface PolicyRow {
  threshold: number;
  tries: number;
  /** Of the citizens with one enrolled finger, those that are refused by every try. */
  refusedOneFinger: number;
  /** The same for two enrolled fingers that take turns. */
  refusedTwoFingers: number;
  /** Of strangers that try so often, those that are accepted once. */
  strangerOneFinger: number;
  strangerTwoFingers: number;
}

/** Scores of one set: probe by candidate, by their numbers; NaN where there is none. */
export interface ScoreTable {
  impressions: readonly Pick<Impression, 'finger'>[];
  scoreOf(probe: number, candidate: number): number;
}

/** How many of so many tries of one finger against a reference would pass. */
interface Chances {
  tries: number;
  passing: number;
}

/** Means over every reference, every finger that tries it, and every order in which its impressions come. */
export function simulate(tables: readonly ScoreTable[]): PolicyRow[] {
  return THRESHOLDS.flatMap((threshold) => {
    const sets = tables.map((table) => chancesOf(table, threshold));
    return Array.from({ length: MOST_TRIES }, (_, i) => rowOf(sets, threshold, i + 1));
  });
}

function rowOf(sets: readonly SetChances[], threshold: number, tries: number): PolicyRow {
  const [first, second] = [Math.ceil(tries / 2), Math.floor(tries / 2)];
  return {
    threshold,
    tries,
    refusedOneFinger: mean(sets.flatMap(({ own }) => own.flat().map((one) => allRefused(one, tries)))),
    refusedTwoFingers: mean(sets.flatMap(({ own }) => pairsRefused(own, first, second))),
    strangerOneFinger: 1 - mean(sets.flatMap(({ strangers }) => strangers.map((one) => allRefused(one, tries)))),
    strangerTwoFingers: 1 - strangersRefused(sets, first, second),
  };
}

interface SetChances {
  /** For every finger, of each of its impressions as the reference. */
  own: Chances[][];
  strangers: Chances[];
}

function chancesOf({ impressions, scoreOf }: ScoreTable, threshold: number): SetChances {
  const fingers = [...Map.groupBy(impressions.keys(), (number) => impressions[number]?.finger ?? '').values()];
  const chances = (probes: readonly number[], reference: number): Chances => {
    const scores = probes.filter((probe) => probe !== reference).map((probe) => scoreOf(probe, reference));
    const known = scores.filter((score) => !Number.isNaN(score));
    return { tries: known.length, passing: known.filter((score) => score >= threshold).length };
  };
  const own = fingers.map((finger) =>
    finger.map((reference) => chances(finger, reference)).filter(({ tries }) => tries > 0),
  );
  const strangers = fingers.flatMap((finger) =>
    finger.flatMap((reference) =>
      fingers.filter((other) => other !== finger).map((other) => chances(other, reference)),
    ),
  );
  return { own: own.filter(({ length }) => length > 0), strangers: strangers.filter(({ tries }) => tries > 0) };
}

/** How likely so many different ones of them, drawn blindly, all fail. Who has fewer than asked for tries them all. */
function allRefused({ tries, passing }: Chances, drawn: number): number {
  let chance = 1;
  for (let i = 0; i < Math.min(drawn, tries); i += 1) chance *= Math.max(0, tries - passing - i) / (tries - i);
  return chance;
}

/** Any two different fingers could be one citizen's. */
function pairsRefused(own: readonly Chances[][], first: number, second: number): number[] {
  const refused = (tries: number) => own.map((references) => mean(references.map((one) => allRefused(one, tries))));
  const [early, late] = [refused(first), refused(second)];
  return early.flatMap((one, a) => late.filter((_, b) => b !== a).map((other) => one * other));
}

/** A stranger to both fingers: what one of them does not give away, the other might. */
function strangersRefused(sets: readonly SetChances[], first: number, second: number): number {
  const refused = (tries: number) =>
    mean(sets.flatMap(({ strangers }) => strangers.map((one) => allRefused(one, tries))));
  return refused(first) * refused(second);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
