import { expect, test } from 'vitest';
import { type ScoreTable, simulate } from './simulate.ts';

/** Two fingers of three impressions each; everything scores 0 that is not said. */
function table(scores: Record<string, number>): ScoreTable {
  const impressions = ['a', 'a', 'a', 'b', 'b', 'b'].map((finger) => ({ finger }));
  return { impressions, scoreOf: (probe, candidate) => scores[`${probe}>${candidate}`] ?? 0 };
}
/** Of finger a every try passes but one; of finger b one of two against every reference. */
const scores = {
  ...{ '1>0': 50, '2>0': 50, '0>1': 50, '2>1': 50, '0>2': 50, '1>2': 35 },
  ...{ '4>3': 50, '5>3': 10, '3>4': 50, '5>4': 10, '3>5': 50, '4>5': 10 },
};

const rows = simulate([table(scores)]);
const row = (threshold: number, tries: number) =>
  rows.find((one) => one.threshold === threshold && one.tries === tries);

test('there is a row for each of four tries at 30 and at 40', () => {
  expect(rows.map(({ threshold, tries }) => `${threshold} ${tries}`)).toEqual([
    '30 1',
    '30 2',
    '30 3',
    '30 4',
    '40 1',
    '40 2',
    '40 3',
    '40 4',
  ]);
});

test('with one try, the mean over all references: of six, three fail in one of two', () => {
  expect(row(30, 1)?.refusedOneFinger).toBeCloseTo(3 / 2 / 6);
  expect(row(40, 1)?.refusedOneFinger).toBeCloseTo((3 / 2 + 1 / 2) / 6);
});

test('with two tries every reference sees its one good try, in whatever order they come', () => {
  expect(row(40, 2)?.refusedOneFinger).toBe(0);
});

test('two fingers that take turns: both have to fail', () => {
  // At 40 a fails in 1/6 of its tries, b in 1/2; with two tries one each.
  expect(row(40, 2)?.refusedTwoFingers).toBeCloseTo((1 / 6) * (1 / 2));
});

test('the odd try goes to the finger that began', () => {
  expect(row(40, 1)?.refusedTwoFingers).toBeCloseTo((1 / 6 + 1 / 2) / 2); // either may begin
  expect(row(40, 3)?.refusedTwoFingers).toBe(0); // two tries of one of them always pass
});

test('a stranger who would pass once in nine tries has more chances with more tries', () => {
  const stranger = simulate([table({ '3>0': 44 })]);
  const [one, , three] = stranger.filter(({ threshold }) => threshold === 40);
  expect(one?.strangerOneFinger).toBeCloseTo(1 / 3 / 6); // one impression in three, against one reference in six
  expect(three?.strangerOneFinger).toBeCloseTo(1 / 6);
});
