import { expect, test } from 'vitest';
import { draws, SAMPLES, SPLITS, samplePlan } from './sample-plan.ts';
import { ACROSS, ALONG, type SmoothingLine } from './smooth.ts';
import { ENDING, pixelClasses, REMOVABLE } from './thin.ts';

test('the plan draws the same numbers in every run', () => {
  const draw = draws();
  expect(Array.from({ length: 6 }, draw)).toEqual([
    5.825422704219818e-7, 0.500002910848707, 1.455238088965416e-5, 0.5000727600418031, 3.637983463704586e-4,
    0.5018189898692071,
  ]);
});

test('the offsets of the plan are the published ones', () => {
  const { dx, dy } = samplePlan();
  const split = (n: number) =>
    Array.from({ length: SAMPLES }, (_, i) => `${dx[n * SAMPLES + i]},${dy[n * SAMPLES + i]}`).join(' ');
  expect(split(0)).toBe('3,0 4,0 3,3 -3,5 2,1 -1,2 -4,2 4,1 -2,2 0,2 1,3 5,2 3,2 1,4 -2,4 5,1 1,2 -2,1 6,2 0,5');
  expect(split(1)).toBe('-3,0 -2,2 3,4 5,1 -1,3 3,2 0,6 2,1 -1,4 1,3 -1,2 0,3 0,2 -2,1 -2,4 3,3 3,5 1,2 1,4 -3,2');
  expect(split(49)).toBe('-2,1 -1,3 -2,2 3,3 -4,2 -5,2 -4,5 0,6 1,3 5,1 2,1 -3,0 1,4 4,0 -3,5 1,2 0,3 -2,4 0,2 -2,0');
});

test('all thousand offsets add up, and the first one looks across itself', () => {
  const { dx, dy, cos, sin } = samplePlan();
  const checksum = [...dx].reduce((sum, x, i) => (31 * sum + 100 * (x + 10) + dy[i]!) % 1_000_000_007, 0);
  expect(dx).toHaveLength(SPLITS * SAMPLES);
  expect(checksum).toBe(968_019_778);
  expect([cos[0], sin[0]]).toEqual([-1, expect.closeTo(1.2246e-16, 19)]);
});

/** The half of a line that was listed first; every point is followed by its opposite. */
function halfOf({ dx, dy }: SmoothingLine): string {
  const points = Array.from(dx, (x, i) => `${x},${dy[i]}`);
  expect(points[0]).toBe('0,0');
  for (let i = 1; i < points.length; i += 2) expect([dx[i + 1]! + dx[i]!, dy[i + 1]! + dy[i]!]).toEqual([0, 0]);
  return points.filter((_, i) => i % 2 === 1).join(' ');
}

test('lines along the ridges, for 32 directions', () => {
  expect(ALONG.map(({ dx }) => dx.length)).toEqual(Array(32).fill(11));
  const listed = {
    0: '7,0 4,0 3,0 2,0 1,0',
    1: '7,1 4,1 3,0 2,0 1,0',
    2: '7,2 4,1 3,1 2,0 1,0',
    8: '5,5 3,3 2,2 1,1 0,1',
    15: '0,7 0,4 0,3 0,2 0,1',
    16: '0,7 0,4 0,3 0,2 0,1',
    31: '-7,0 -4,0 -3,0 -2,0 -1,0',
  };
  for (const [bucket, half] of Object.entries(listed)) expect(halfOf(ALONG[Number(bucket)]!)).toBe(half);
});

test('lines across the ridges, for 11 directions', () => {
  expect(ACROSS.map(halfOf)).toEqual([
    '4,1 3,0 2,0 1,0',
    '4,2 3,1 2,1 1,1 1,0',
    '3,3 3,2 2,2 2,1 1,1 1,0',
    '2,3 2,2 1,2 1,1 0,1',
    '1,4 1,3 1,2 0,2 0,1',
    '0,4 0,3 0,2 0,1',
    '-1,4 -1,3 -1,2 0,2 0,1',
    '-2,3 -2,2 -1,2 -1,1 0,1',
    '-3,3 -3,2 -2,2 -2,1 -1,1 -1,0',
    '-4,2 -3,1 -2,1 -1,1 -1,0',
    '-4,1 -3,0 -2,0 -1,0',
  ]);
});

test('which pixels may be peeled, for all 256 surroundings', () => {
  const digits = Array.from({ length: 64 }, (_, i) =>
    [0, 1, 2, 3].reduce((bits, bit) => bits | (pixelClasses[4 * i + bit] === REMOVABLE ? 1 << bit : 0), 0),
  );
  expect(digits.map((digit) => digit.toString(16)).join('')).toBe(
    '9ceccdcc00fc00cc00fcddff10fcddff0000ddcc000000cc10fcddff10fcddff',
  );
  const endings = [...pixelClasses].flatMap((kind, around) => (kind === ENDING ? [around] : []));
  expect(endings).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
});
