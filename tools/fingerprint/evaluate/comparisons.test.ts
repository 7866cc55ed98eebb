import { expect, test } from 'vitest';
import { everyOrderedPair, everyPair } from './comparisons.ts';

const contestSet = Array.from({ length: 80 }, (_, i) => ({ finger: String(101 + Math.floor(i / 8)) }));

test('ten fingers of eight impressions are compared as in the published figures: 2,240 and 23,040 over eight sets', () => {
  const { genuine, impostor } = everyPair(contestSet);
  expect([genuine.length, impostor.length]).toEqual([280, 2880]);
  expect([8 * genuine.length, 8 * impostor.length]).toEqual([2240, 23_040]);
});

test('nothing is compared with itself, and no pair twice', () => {
  const { genuine, impostor } = everyPair(contestSet);
  const pairs = [...genuine, ...impostor].map(({ probe, candidate }) => `${probe} ${candidate}`);
  expect(new Set(pairs).size).toBe((80 * 79) / 2);
  expect([...genuine, ...impostor].every(({ probe, candidate }) => probe < candidate)).toBe(true);
});

test('a genuine pair is of one finger, an impostor pair of two', () => {
  const { genuine, impostor } = everyPair([{ finger: 'a' }, { finger: 'a' }, { finger: 'b' }]);
  expect(genuine).toEqual([{ probe: 0, candidate: 1 }]);
  expect(impostor).toEqual([
    { probe: 0, candidate: 2 },
    { probe: 1, candidate: 2 },
  ]);
});

test('many tries need both directions of every pair', () => {
  const { genuine, impostor } = everyOrderedPair(contestSet);
  expect([genuine.length, impostor.length]).toEqual([560, 5760]);
});
