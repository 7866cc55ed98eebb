import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureEdge } from './edge-shape.ts';
import { edgeTable } from './edges.ts';
import type { Minutia } from './minutiae.ts';
import { templateOf } from './template.ts';

const minutia = (x: number, y: number, direction = 0): Minutia => ({ x, y, direction, type: 'ending' });

function edge(dx: number, dy: number, direction = 0) {
  const shape = { length: 0, referenceAngle: 0, neighbourAngle: 0 };
  measureEdge(minutia(1_000, 1_000), minutia(1_000 + dx, 1_000 + dy, direction), shape);
  return { ...shape, angle: 2 * Math.PI - shape.referenceAngle }; // the reference looks along 0
}

describe('an edge', () => {
  test('near by is exact', () => {
    expect(edge(-3, -4)).toMatchObject({ length: 5, angle: expect.closeTo(Math.PI + 0.9273, 4) });
  });

  test('beyond 255 pixels is measured at half the resolution, beyond 511 at a quarter', () => {
    expect(edge(300, 200).length).toBe(360);
    expect(edge(255, 0).length).toBe(255);
    expect(edge(257, 0).length).toBe(256);
    expect(edge(0, -515).length).toBe(512);
  });

  test('to where one is already has no length and no angle', () => {
    expect(edge(0, 0)).toMatchObject({ length: 0, referenceAngle: 0 });
  });

  test('is the same whichever quadrant it lies in', () => {
    const places = fc.tuple(fc.integer({ min: -255, max: 255 }), fc.integer({ min: -255, max: 255 }));
    fc.assert(
      fc.property(places, ([dx, dy]) => {
        fc.pre(dx !== 0 || dy !== 0);
        const { length, angle } = edge(dx, dy);
        expect(length).toBe(Math.round(Math.hypot(dx, dy)));
        expect(Math.cos(angle - Math.atan2(dy, dx))).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('a star', () => {
  const row = Array.from({ length: 14 }, (_, i) => minutia(10 * i, 0));

  test('has the nine nearest, the shortest edge first and of two equal ones the lower number', () => {
    const { starts, neighbour, length } = edgeTable(row);
    const star = (i: number) => [...neighbour.subarray(starts[i], starts[i + 1])];
    expect(star(0)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(star(6)).toEqual([5, 7, 4, 8, 3, 9, 2, 10, 1]);
    expect([...length.subarray(starts[6], starts[7])]).toEqual([10, 10, 20, 20, 30, 30, 40, 40, 50]);
  });

  test('of few has all of them', () => {
    const { starts } = edgeTable(row.slice(0, 5));
    expect([...starts]).toEqual([0, 4, 8, 12, 16, 20]);
  });
});

test('the stored order does not depend on the order in which minutiae were found', () => {
  const places = fc.uniqueArray(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(places, fc.nat(29), (list, turn) => {
      const minutiae = list.map(([x, y]) => minutia(x, y));
      const turned = [...minutiae.slice(turn), ...minutiae.slice(0, turn)];
      expect(templateOf(500, 500, turned)).toEqual(templateOf(500, 500, minutiae));
    }),
  );
});

test('two minutiae at one place are ordered by direction, then by type', () => {
  const twins: Minutia[] = [
    { x: 5, y: 5, direction: 2, type: 'ending' },
    { x: 5, y: 5, direction: 1, type: 'bifurcation' },
    { x: 5, y: 5, direction: 1, type: 'ending' },
  ];
  expect(templateOf(10, 10, twins).minutiae).toEqual([twins[2], twins[1], twins[0]]);
});
