import { describe, expect, test } from 'vitest';
import { curveOf, ratesOf, sortedScores } from './rates.ts';

describe('four tries of the right finger, four of another', () => {
  const rates = ratesOf([35, 10, 80, 45], [31, 0, 12, 5]);

  test('a score that decides refuses what lies below it and accepts what reaches it', () => {
    expect(rates).toMatchObject({ fnmrAt30: 0.25, fnmrAt40: 0.5, fmrAt20: 0.25, fmrAt30: 0.25, fmrAt40: 0 });
    expect(ratesOf([40, 39.99], [40, 39.99])).toMatchObject({ fnmrAt40: 0.5, fmrAt40: 0.5 });
  });

  test('without a single false match one own finger in four is refused, as 10 lies below 31', () => {
    expect(rates).toMatchObject({ zeroFmr: 0.25, fmr100: 0.25, highestImpostor: 31 });
  });

  test('the error rates meet at a quarter', () => {
    expect(rates.eer).toBe(0.25);
  });

  test('the curve goes from all accepted to all refused', () => {
    const curve = curveOf(sortedScores([35, 10, 80, 45], [31, 0, 12, 5]));
    expect(curve[0]).toEqual({ threshold: 0, fmr: 1, fnmr: 0 });
    expect(curve.at(-1)).toEqual({ threshold: Number.POSITIVE_INFINITY, fmr: 0, fnmr: 1 });
  });
});

test('FMR100 allows one impostor in a hundred, FMR1000 none of two hundred', () => {
  const impostor = [...Array<number>(198).fill(12), 20, 50];
  const rates = ratesOf([10, 30, 60, 70], impostor);
  expect(rates.fmr100).toBe(0.25); // two of 200 pass at 20: only the 10 is refused
  expect(rates.fmr1000).toBe(0.5); // above 50: the 30 is refused too
  expect(rates.zeroFmr).toBe(0.5);
});

test('where the curves jump past each other, the mean at the nearer side counts', () => {
  // Up to 20 both impostors pass and none is refused (1, 0); beyond it nobody passes and one of four is refused (0, 1/4).
  expect(ratesOf([5, 30, 40, 50], [20, 20]).eer).toBe(0.5 * 0.25);
});

test('two fingers that are always told apart have no error at all', () => {
  expect(ratesOf([50, 60], [1, 2])).toMatchObject({ eer: 0, zeroFmr: 0, fmr10000: 0 });
});

test('of one finger alone nothing is said about others', () => {
  const rates = ratesOf([50, 35], []);
  expect(rates).toMatchObject({ fnmrAt40: 0.5, fmrAt40: Number.NaN, eer: Number.NaN, zeroFmr: Number.NaN });
});
