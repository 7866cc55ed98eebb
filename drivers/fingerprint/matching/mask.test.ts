import { describe, expect, test } from 'vitest';
import { type Bits, countSet, type Plane } from './grid.ts';
import { absoluteMask, filteredMask, relativeMask } from './mask.ts';

const SIDE = 26;
/** Blocks of a picture, bad where `isBad` says so. */
const blocks = (isBad: (x: number, y: number) => boolean): Bits => ({
  width: SIDE,
  height: SIDE,
  cells: Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (isBad(i % SIDE, Math.trunc(i / SIDE)) ? 1 : 0)),
});
const within = (x: number, y: number, from: number, size: number) =>
  x >= from && x < from + size && y >= from && y < from + size;
const contrasts = (...cells: number[]): Plane => ({ width: cells.length, height: 1, cells: Float64Array.from(cells) });

describe('a block is bad', () => {
  test('below seventeen grey levels of contrast, however the others are', () => {
    expect([...absoluteMask(contrasts(16.9 / 255, 17 / 255, 0, 1)).cells]).toEqual([1, 0, 1, 0]);
  });

  test('below a third of the mean of the better half', () => {
    const ten = contrasts(0.9, 0.85, 0.8, 0.75, 0.7, 0.28, 0.26, 0.26, 0.26, 0.26); // 49 in 100 of ten are five; the limit is 0.272
    expect([...relativeMask(ten, 2_250).cells]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
  });

  test('and of a very large picture only so many blocks as a finger has are asked', () => {
    const many = contrasts(...Array(1_000).fill(0.9), ...Array(5_000).fill(0.25));
    const asked = relativeMask(many, 6_000 * 225); // 749 blocks are asked, the best 367 of them count
    expect(countSet(asked)).toBe(5_000);
  });
});

describe('between good blocks and bad ones', () => {
  test('a bad block alone becomes good, and a good one alone bad', () => {
    expect(countSet(filteredMask(blocks((x, y) => x === 12 && y === 12)))).toBe(SIDE * SIDE);
    expect(countSet(filteredMask(blocks((x, y) => !(x === 12 && y === 12))))).toBe(0);
  });

  test('a hole of five blocks a side is closed, because most around it is finger', () => {
    expect(countSet(filteredMask(blocks((x, y) => within(x, y, 10, 5))))).toBe(SIDE * SIDE);
  });

  test('a hole of twelve stays, its corners rounded', () => {
    const good = filteredMask(blocks((x, y) => within(x, y, 7, 12)));
    expect(SIDE * SIDE - countSet(good)).toBe(52);
    expect(good.cells[12 * SIDE + 12]).toBe(0);
  });

  test('cracks in a bad patch grow together, but in two rounds only', () => {
    const patch = filteredMask(blocks((x, y) => within(x, y, 4, 14) && (3 * x) % 7 > 1));
    expect(SIDE * SIDE - countSet(patch)).toBe(18); // 20 after one round, 10 after three
  });

  test('near the edge nothing is closed: there is no finger to tell', () => {
    expect(countSet(filteredMask(blocks((x, y) => within(x, y, 1, 1))))).toBe(SIDE * SIDE - 1);
  });
});
