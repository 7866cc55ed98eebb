import { describe, expect, test } from 'vitest';
import { type Bits, countSet } from './grid.ts';
import { lineBetween } from './line.ts';
import { connect, pixelsOf, type Skeleton, type SkeletonNode } from './skeleton.ts';
import { removeDots, removeFragments, removeKnots, removePores, removeTails } from './skeleton-filters.ts';
import { removeGaps } from './skeleton-gaps.ts';
import { traced } from './trace.ts';
import { countsOf } from './vectors/fixture.ts';

const SIDE = 80;
const pixelAt = (point: string) => {
  const [x, y] = point.split(',').map(Number);
  return y! * SIDE + x!;
};
const pointAt = (pixel: number) => `${pixel % SIDE},${Math.trunc(pixel / SIDE)}`;

/** Lines from point to point, drawn one pixel wide and traced. */
function skeletonOf(...lines: string[]): Skeleton {
  const thin: Bits = { width: SIDE, height: SIDE, cells: new Uint8Array(SIDE * SIDE) };
  for (const line of lines) {
    const corners = line.split(' ').map(pixelAt);
    for (const [i, to] of corners.entries()) {
      for (const pixel of lineBetween(corners[i - 1] ?? to, to, SIDE)) thin.cells[pixel] = 1;
    }
  }
  return traced(thin);
}

/** What is left when the filter has gone over them. */
function left(filter: (skeleton: Skeleton) => void, ...lines: string[]) {
  const skeleton = skeletonOf(...lines);
  filter(skeleton);
  const [nodes, ridges, points, ends, forks] = countsOf(skeleton);
  return { nodes, ridges, points, ends, forks };
}
const ACROSS = '5,40 75,40';
const oneLineAcross = { nodes: 2, ridges: 1, points: 71, ends: 2, forks: 0 };

describe('a line between two pixels', () => {
  const line = (from: string, to: string) => lineBetween(pixelAt(from), pixelAt(to), SIDE).map(pointAt).join(' ');

  test('steps along the longer side and rounds the other', () => {
    expect(line('10,10', '14,11')).toBe('10,10 11,10 12,11 13,11 14,11');
    expect(line('10,10', '10,13')).toBe('10,10 10,11 10,12 10,13');
    expect(line('10,10', '10,10')).toBe('10,10');
  });

  test('is not always its own way back', () => {
    expect(line('10,10', '12,11')).toBe('10,10 11,11 12,11');
    expect(line('12,11', '10,10')).toBe('12,11 11,10 10,10');
    expect(line('10,12', '11,10')).toBe('10,12 10,11 11,10');
    expect(line('11,10', '10,12')).toBe('11,10 11,11 10,12');
  });
});

describe('tracing', () => {
  test('makes of a line two ends and a ridge that knows both', () => {
    const skeleton = skeletonOf('10,10 40,10');
    expect(countsOf(skeleton)).toEqual([2, 1, 31, 2, 0]);
    const [one, other] = skeleton.nodes;
    expect(one!.ridges[0]!.end).toBe(other);
    expect(one!.ridges[0]!.reversed).toBe(other!.ridges[0]);
    expect([one!.ridges[0]!.point(1), other!.ridges[0]!.point(1)].map(pointAt)).toEqual(['11,10', '39,10']);
  });

  test('makes of a fork one node, however many pixels it has, and all its ridges start there', () => {
    const skeleton = skeletonOf('10,40 40,40', '41,41 60,60', '41,39 60,20');
    expect(countsOf(skeleton)).toMatchObject({ 0: 4, 1: 3, 3: 3, 4: 1 });
    for (const { at, ridges } of skeleton.nodes) for (const ridge of ridges) expect(ridge.point(0)).toBe(at);
  });

  test('loses a ring without an end, and a pixel alone', () => {
    expect(skeletonOf('30,10 50,30 30,50 10,30 30,10', '70,70').nodes).toEqual([]);
  });
});

describe('what is no ridge goes', () => {
  test('a pore: two short arms between the same forks become one line, and all of it one ridge', () => {
    const pore = ['5,40 30,40 34,36 38,40 75,40', '30,40 34,44 38,40'];
    expect(left(removeDots, ...pore).forks).toBe(2);
    expect(left(removePores, ...pore)).toEqual(oneLineAcross);
  });

  test('but not two long arms: between them is skin', () => {
    expect(left(removePores, '5,40 10,40 40,10 70,40 75,40', '10,40 40,70 70,40').forks).toBe(2);
  });

  test('a gap of three pixels, and one of twelve where both ends look at each other', () => {
    expect(left(removeGaps, '5,40 35,40', '38,40 75,40')).toEqual(oneLineAcross);
    expect(left(removeGaps, '5,40 30,40', '42,40 75,40')).toEqual(oneLineAcross);
  });

  test.each([
    ['looks past the other end', ['5,40 30,40', '42,40 42,75']],
    ['is too far away', ['5,40 25,40', '46,40 75,40']],
    ['belongs to a line of six pixels', ['30,40 35,40', '38,40 75,40']],
    ['is the other end of the same line', ['40,20 60,40 40,60 20,40 38,22']],
  ])('but not where an end %s', (_, lines) => {
    expect(left(removeGaps, ...lines)).toEqual(left(removeDots, ...lines));
  });

  test('nor where a ridge lies between', () => {
    expect(left(removeGaps, '5,40 30,40', '42,40 75,40', '36,10 36,70').nodes).toBe(6);
  });

  test('of three ends the two nearest are joined, and the third stays an end', () => {
    const three = skeletonOf('5,40 30,40', '34,41 75,41', '33,36 75,20');
    removeGaps(three);
    expect(three.nodes.map(({ at }) => pointAt(at)).sort()).toEqual(['33,36', '5,40', '75,20', '75,41']);
  });

  test('a tail of eighteen pixels; one of two-and-twenty is a ridge', () => {
    expect(left(removeTails, ACROSS, '40,39 40,22')).toEqual(oneLineAcross);
    expect(left(removeTails, ACROSS, '40,39 40,18').forks).toBe(1);
  });

  test('a fragment of twenty-one pixels; one of twenty-two is a ridge', () => {
    expect(left(removeFragments, ACROSS, '20,10 40,10')).toEqual(oneLineAcross);
    expect(left(removeFragments, ACROSS, '20,10 41,10').ridges).toBe(2);
  });

  test('a knot in a line: the longer of its two ridges takes over the pixels of the other', () => {
    const [left, knot, right] = ['10,40', '20,40', '50,40'].map(
      (point): SkeletonNode => ({ at: pixelAt(point), ridges: [] }),
    );
    connect(lineBetween(left!.at, knot!.at, SIDE), left!, knot!);
    connect(lineBetween(knot!.at, right!.at, SIDE), knot!, right!);
    const longer = knot!.ridges[1]!;
    const skeleton: Skeleton = { width: SIDE, height: SIDE, nodes: [left!, knot!, right!] };
    removeKnots(skeleton);
    expect(skeleton.nodes).toEqual([left, right]);
    expect(left!.ridges).toEqual([longer]);
    expect(right!.ridges).toEqual([longer.reversed]);
    expect([longer.length, pointAt(longer.point(0)), pointAt(longer.point(40))]).toEqual([41, '10,40', '50,40']);
  });

  test('a node without ridges', () => {
    const skeleton = skeletonOf(ACROSS);
    skeleton.nodes.push({ at: 0, ridges: [] });
    removeDots(skeleton);
    expect(skeleton.nodes).toHaveLength(2);
  });
});

test('a skeleton drawn is the pixels it was traced from', () => {
  expect(countSet(pixelsOf(skeletonOf('10,10 40,10', '10,50 40,50')))).toBe(62);
});
