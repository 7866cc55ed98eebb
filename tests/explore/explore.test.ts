import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { answerFrom, newMemory } from './memory.ts';
import { needlesFrom } from './needles.ts';
import { known, openFindings } from './open-findings.ts';
import { scenarios } from './scenarios/all.ts';
import { disguises, windowsOf } from './secrets.ts';
import { type Job, type Result, workAll } from './work.ts';

/** Every plain death at every boundary of all stories but the longest, and every other event once in each situation: about four minutes on two cores. */
const processes = 2;
const stories = scenarios.filter(({ isLong }) => !isLong);
const jobs: Job[] = stories.flatMap(({ name }) =>
  Array.from({ length: processes }, (_, part) => ({
    ...({ scenario: name, what: 'both', depth: 'usual', pairs: false, first: false } as const),
    part: [part, processes] as const,
  })),
);

describe('every boundary', () => {
  const results: Result[] = [];

  beforeAll(async () => {
    const done = (result: Result) => void results.push(result);
    await workAll(jobs, done, () => undefined);
  }, 1_800_000);

  test('is announced as often as it is counted elsewhere', () => {
    const counted = results.filter(({ plain }) => plain !== null);
    expect(counted).toHaveLength(stories.length);
    for (const { job, boundaries, plain } of counted)
      expect({ of: job.scenario, ...boundaries }).toEqual({ of: job.scenario, ...plain });
    expect(results).toHaveLength(jobs.length);
  });

  test('can be the last of the kiosk, or see a mishap, without breaking a promise', () => {
    const violations = results.flatMap((result) => result.violations);
    expect(violations.filter((violation) => known(violation) === null)).toEqual([]);
    expect(results.reduce((sum, { worlds }) => sum + worlds, 0)).toBeGreaterThan(6_000);
  });

  test('shows what is known to be open, until it is cured', () => {
    const found = new Set(results.flatMap((result) => result.violations).map(known));
    expect(openFindings.filter((finding) => !found.has(finding)).map(({ what }) => what)).toEqual([]);
  });
});

describe('the search', () => {
  test('tells each story once', () => {
    const names = scenarios.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('is shared: what one process asks first is new to no other, however its question was cut on the way', async () => {
    const memory = newMemory();
    const [first, second] = [duplexPair(), duplexPair()];
    for (const [, far] of [first, second]) answerFrom(memory, far);
    const asks = async ([near]: typeof first, ...pieces: Buffer[]) => {
      for (const piece of pieces) near.write(piece);
      const [answer] = (await once(near, 'data')) as [Buffer];
      return answer[0] === 1;
    };
    const key = Buffer.alloc(32, 7);
    expect(await asks(first, key.subarray(0, 5), key.subarray(5))).toBe(true);
    expect(await asks(second, key)).toBe(false);
    expect(await asks(second, Buffer.alloc(32, 8))).toBe(true);
  });

  test('finds a name in base64 at each position, and in UTF-16', () => {
    const word = 'SITI RAHAYU';
    for (const before of ['', 'a', 'ab', 'abc']) {
      const hidden = Buffer.from(Buffer.from(`${before}${word}zz`).toString('base64'));
      expect(disguises(word).some((form) => hidden.includes(form))).toBe(true);
    }
    expect(disguises(word).some((form) => Buffer.from(`x${word}`, 'utf16le').includes(form))).toBe(true);
    expect(disguises(word).some((form) => Buffer.from('SITI RAHAY').includes(form))).toBe(false);
  });

  test('knows each ten kilobytes of a picture again, plainly and in base64, and takes flat ground for nothing', () => {
    const picture = seededRandom('a picture').bytes(60_000);
    const needles = needlesFrom();
    for (const window of windowsOf(picture)) needles.add(window);
    for (const start of [0, 1, 2, 12_345, 49_999]) {
      const strip = Buffer.from(picture.subarray(start, start + 10_000));
      const among = (piece: Buffer) => Buffer.concat([Buffer.from('before '), piece, Buffer.from(' after')]);
      expect(needles.areIn(among(strip))).toBe(true);
      expect(needles.areIn(among(Buffer.from(strip.toString('base64'))))).toBe(true);
    }
    expect(needles.areIn(seededRandom('another').bytes(60_000))).toBe(false);
    expect(windowsOf(new Uint8Array(60_000).fill(255))).toEqual([]);
  });
});
