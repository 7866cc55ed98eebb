import { describe, expect, test } from 'vitest';
import type { Bits } from './grid.ts';
import { collected, inner, loneliest, type Minutia, withoutClouds } from './minutiae.ts';
import { connect, type Skeleton, type SkeletonNode } from './skeleton.ts';

const minutia = (x: number, y: number, direction = 0): Minutia => ({ x, y, direction, type: 'ending' });
const nothing: Skeleton = { width: 100, height: 100, nodes: [] };

/** One line from the first pixel to the last, on a picture 100 wide. */
function lineOf(points: readonly (readonly [number, number])[]): Skeleton {
  const pixels = points.map(([x, y]) => y * 100 + x);
  const ends: SkeletonNode[] = [pixels[0]!, pixels.at(-1)!].map((at) => ({ at, ridges: [] }));
  connect(pixels, ends[0]!, ends[1]!);
  return { width: 100, height: 100, nodes: ends };
}

describe('where a line ends there is a minutia', () => {
  const along = (length: number) => Array.from({ length }, (_, i) => [10 + i, 20] as const);

  test('that looks along its ridge, whichever end it is', () => {
    expect(collected(lineOf(along(40)), nothing)).toEqual([minutia(10, 20), minutia(49, 20, Math.fround(Math.PI))]);
  });

  test('of a valley it is a bifurcation, listed after the endings', () => {
    expect(collected(lineOf(along(40)), lineOf(along(30))).map(({ type }) => type)).toEqual([
      'ending',
      'ending',
      'bifurcation',
      'bifurcation',
    ]);
  });

  test('the direction leaves out the first pixel and what lies beyond the twenty-first', () => {
    const bent = [[9, 21], ...along(21), [31, 60], [31, 61]] as [number, number][];
    expect(collected(lineOf(bent), nothing)[0]).toEqual(minutia(9, 21));
  });

  test('a line of two pixels still has a direction', () => {
    expect(
      collected(
        lineOf([
          [10, 20],
          [10, 21],
        ]),
        nothing,
      )[0],
    ).toEqual(minutia(10, 20, Math.fround(Math.PI / 2)));
  });
});

test('a ridge that leaves the good part of the picture does not end there', () => {
  const mask: Bits = { width: 50, height: 50, cells: new Uint8Array(2_500) };
  for (let y = 0; y < 50; y += 1) mask.cells.fill(1, y * 50 + 10, y * 50 + 40);
  expect(inner([minutia(20, 25), minutia(19, 25), minutia(45, 25), minutia(5, 25)], mask)).toEqual([
    minutia(20, 25),
    minutia(45, 25), // it looks back into the picture: ten pixels behind it the picture is good
  ]);
});

test('five that lie together are real, six are a scar', () => {
  const crowd = (count: number) => Array.from({ length: count }, (_, i) => minutia(50 + i, 50));
  const away = minutia(50, 71);
  expect(withoutClouds([...crowd(5), away])).toHaveLength(6);
  expect(withoutClouds([...crowd(6), away])).toEqual([away]);
  expect(withoutClouds([...crowd(5), minutia(50, 70)])).not.toContainEqual(minutia(50, 50)); // twenty pixels are together
});

test('of more than a hundred the hundred loneliest stay, of a hundred all in their order', () => {
  const row = (count: number, gap: number, y: number) => Array.from({ length: count }, (_, i) => minutia(i * gap, y));
  const [crowded, wide] = [row(40, 3, 0), row(80, 30, 900)];
  const kept = loneliest([...crowded, ...wide]);
  expect(kept).toHaveLength(100);
  expect(new Set(kept.slice(0, 80))).toEqual(new Set(wide));
  expect(loneliest(wide)).toEqual(wide);
  expect(loneliest([...wide, ...crowded.slice(0, 20)])).toEqual([...wide, ...crowded.slice(0, 20)]);
});
