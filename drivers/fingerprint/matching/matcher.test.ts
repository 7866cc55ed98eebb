import { describe, expect, test } from 'vitest';
import { extract } from './extract.ts';
import { Matcher, type MinutiaPair, scoreOf } from './matcher.ts';
import { ANGLE_BINS, indexProbe, type ProbeIndex } from './probe-index.ts';
import { rawScore, shapedScore } from './score.ts';
import { templateOf } from './template.ts';
import { measuredMatches } from './vectors/fixture.ts';
import { type ImageName, imageNames, images } from './vectors/images.ts';

const templates = Object.fromEntries(imageNames.map((name) => [name, extract(images[name])])) as Record<
  ImageName,
  ReturnType<typeof extract>
>;
const indexes = Object.fromEntries(imageNames.map((name) => [name, indexProbe(templates[name])])) as Record<
  ImageName,
  ProbeIndex
>;
const everyPair = imageNames.flatMap((probe) => imageNames.map((candidate) => [probe, candidate] as const));

test.each(everyPair)('%s against %s scores what the published engine says', (probe, candidate) => {
  const expected = measuredMatches[`${probe}-${candidate}`]!;
  expect(scoreOf(indexes[probe], templates[candidate])).toBeCloseTo(expected.score, 9);
  const match = new Matcher().explain(indexes[probe], templates[candidate]);
  expect(match.roots).toHaveLength(expected.roots);
  expect(match.bestRoot).toBe(expected.best.rootIndex);
  expect(match.pairs).toHaveLength(expected.best.pairs);
  expect(match.pairs.reduce((sum, { support }) => sum + support, 0)).toBe(expected.best.supportingEdgeSum);
  expect(match.raw).toBeCloseTo(expected.best.raw, 9);
});

test('the same finger is told from another one with room to spare', () => {
  for (const [probe, candidate] of everyPair) {
    const isSame = (probe === 'B') === (candidate === 'B');
    const score = scoreOf(indexes[probe], templates[candidate]);
    if (isSame) expect(score, `${probe}-${candidate}`).toBeGreaterThan(55);
    else expect(score, `${probe}-${candidate}`).toBeLessThan(1);
  }
});

describe('how a score came about, as the engine tells it', () => {
  const words = ({ probe, candidate }: MinutiaPair) => `${probe},${candidate}`;
  const stories = [
    {
      pair: ['A', 'R'],
      roots: '11,0 18,0 7,2 12,2 13,2',
      best: '15,16',
      tree: '15>12/16>21 12>11/21>1 12>16/21>17 16>17/17>13 11>0/1>12',
      terms: [22, 0.95833333, 22, 348, 21, 3.0461538 / 9.9, 1.7741228 / 2.79],
    },
    {
      pair: ['A', 'N'],
      roots: '2,0 16,0 17,0 18,0 19,0',
      best: '2,0',
      tree: '2>19/0>12 2>13/0>5 13>1/5>4 1>18/4>11 19>3/12>15',
      terms: [16, 0.83333333, 16, 222, 15, 3.0461538 / 9.9, 1.9223844 / 2.79],
    },
    {
      pair: ['A', 'Q'],
      roots: '0,0 9,0 17,0 18,0 2,2',
      best: '16,1',
      tree: '16>12/1>5 12>11/5>3 11>0/3>0 12>17/5>7 17>7/7>9',
      terms: [13, 0.77083333, 13, 151, 12, 3.0461538 / 9.9, 1.6943678 / 2.79],
    },
    {
      pair: ['Q', 'A560'],
      roots: '0,6 1,6 4,6 7,6 8,6',
      best: '2,7',
      tree: '2>10/7>16 10>8/16>0 10>4/16>9 8>12/0>5 12>11/5>4',
      terms: [10, 0.64777328, 10, 72, 8, 2.7923077 / 9.9, 1.5772651 / 2.79],
    },
    {
      pair: ['B', 'A560'],
      roots: '10,2 16,2 5,6 18,6 13,16',
      best: '12,11',
      tree: '12>13/11>6 12>22/11>15',
      terms: [3, 0.13894737, 3, 11, 1, 1.5230769 / 9.9, 1.6590016 / 2.79],
    },
  ] as const;

  test.each(stories)('$pair', ({ pair: [probe, candidate], roots, best, tree, terms }) => {
    const match = new Matcher().explain(indexes[probe], templates[candidate]);
    expect(match.roots.slice(0, 5).map(words).join(' ')).toBe(roots);
    expect(words(match.roots[match.bestRoot]!)).toBe(best);
    const edges = match.pairs
      .slice(1, 6)
      .map(({ probe: to, candidate: there, parent }) => `${parent!.probe}>${to}/${parent!.candidate}>${there}`);
    expect(edges.join(' ')).toBe(tree);
    const { minutiae, fraction, supported, edges: all, sameType, distanceAccuracy, angleAccuracy } = match.terms;
    const found = [minutiae, fraction, supported, all, sameType, distanceAccuracy, angleAccuracy];
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(terms[i]!, 6);
    });
    expect(rawScore(match.terms)).toBe(match.raw);
  });
});

describe('the index of a probe', () => {
  /** The engine numbers buckets by the bins of both angles and of the length. */
  const bucketsOf = ({ lengthBins, starts }: ProbeIndex) =>
    Array.from({ length: starts.length - 1 }, (_, bucket) => {
      const [length, angles] = [bucket % lengthBins, Math.trunc(bucket / lengthBins)];
      const key = Math.trunc(angles / ANGLE_BINS) * 2 ** 24 + (angles % ANGLE_BINS) * 2 ** 16 + length;
      return { key, size: starts[bucket + 1]! - starts[bucket]! };
    }).filter(({ size }) => size > 0);

  test('of A has as many buckets and entries as the engine counts', () => {
    const buckets = bucketsOf(indexes.A);
    expect(buckets).toHaveLength(5860);
    expect(indexes.A.entries).toHaveLength(15390);
    const keys = buckets.sort((a, b) => a.key - b.key);
    expect(keys.slice(0, 4).map(({ key, size }) => `${key}(${size})`)).toEqual(['0(2)', '1(6)', '2(6)', '3(4)']);
    expect(keys.at(-1)!.key).toBe(606_339_075);
  });

  test('of B as well', () => {
    expect(bucketsOf(indexes.B)).toHaveLength(8865);
    expect(indexes.B.entries).toHaveLength(16518);
  });

  test('holds the edges of a bucket in the order of the minutiae', () => {
    const { starts, entries } = indexes.A;
    for (let bucket = 0; bucket + 1 < starts.length; bucket += 1) {
      const edges = entries.subarray(starts[bucket], starts[bucket + 1]);
      expect([...edges]).toEqual([...edges].sort((a, b) => a - b));
    }
  });
});

test('who has no minutiae matches nobody, himself included', () => {
  const nobody = templateOf(256, 300, []);
  const alone = templateOf(256, 300, [{ x: 10, y: 10, direction: 1, type: 'ending' }]);
  for (const template of [nobody, alone]) {
    expect(scoreOf(indexProbe(template), template)).toBe(0);
    expect(scoreOf(indexProbe(template), templates.A)).toBe(0);
    expect(scoreOf(indexes.A, template)).toBe(0);
  }
});

test('a comparison leaves nothing behind that the next one could see', () => {
  const matcher = new Matcher();
  const small = templateOf(256, 300, templates.B.minutiae.slice(0, 3));
  for (let round = 0; round < 2; round += 1) {
    for (const [probe, candidate] of everyPair) {
      expect(matcher.scoreOf(indexes[probe], templates[candidate])).toBeCloseTo(
        measuredMatches[`${probe}-${candidate}`]!.score,
        9,
      );
      matcher.scoreOf(indexProbe(small), templates[candidate]);
    }
  }
});

test('a candidate far larger than the probe is looked up nowhere outside the index', () => {
  const far = templates.A.minutiae.map((minutia) => ({ ...minutia, x: minutia.x * 100, y: minutia.y * 100 }));
  expect(scoreOf(indexes.A, templateOf(25_600, 30_000, far))).toBe(0);
});

test('raw scores become the published scale, step by step', () => {
  const steps = [
    [Number.NEGATIVE_INFINITY, 0],
    [0, 0],
    [8.48, 0],
    [9.8, 1.5],
    [11.12, 3],
    [14.15, 10],
    [18.22, 20],
    [22.39, 30],
    [27.24, 40],
    [32.01, 50],
    [32.01 + 13.79, 80],
  ] as const;
  for (const [raw, shaped] of steps) expect(shapedScore(raw)).toBeCloseTo(shaped, 9);
});
