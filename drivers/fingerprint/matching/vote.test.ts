import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bits } from './grid.ts';
import { type Vote, vote } from './vote.ts';

const drawn = (...rows: string[]): Bits => ({
  width: rows[0]!.length,
  height: rows.length,
  cells: Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 1 : 0)),
});
const shown = ({ width, height, cells }: Bits) =>
  Array.from({ length: height }, (_, y) =>
    Array.from(cells.subarray(y * width, (y + 1) * width), (bit) => (bit ? '#' : '.')).join(''),
  );

/** The rule as it is written, cell by cell. */
function slowly({ width, height, cells }: Bits, { radius, majority, border }: Vote, within?: Bits): Uint8Array {
  return cells.map((_, at) => {
    const [x, y] = [at % width, Math.trunc(at / width)];
    if (x < border || y < border || x >= width - border || y >= height - border) return 0;
    if (within && !within.cells[at]) return 0;
    const square = [...cells].filter(
      (_, i) => Math.abs((i % width) - x) <= radius && Math.abs(Math.trunc(i / width) - y) <= radius,
    );
    return square.filter((bit) => bit === 1).length >= Math.ceil(majority * square.length) ? 1 : 0;
  });
}

describe('a vote', () => {
  test('closes a hole and drops a speck', () => {
    const hole = drawn('.....', '.###.', '.#.#.', '.###.', '.....');
    expect(shown(vote(hole, { radius: 1, majority: 0.7, border: 1 }))).toEqual([
      '.....',
      '.....',
      '..#..',
      '.....',
      '.....',
    ]);
  });

  test('is not held near the edge, nor in a grid that is all edge', () => {
    const full = drawn(...Array(8).fill('########'));
    expect(shown(vote(full, { radius: 1, majority: 0.7, border: 4 })).join('')).not.toContain('#');
    expect(
      shown(vote(full, { radius: 1, majority: 0.7, border: 3 }))
        .join('')
        .match(/#/g),
    ).toHaveLength(4);
  });

  test('counts what the rule says, in grids of any size', () => {
    const cases = fc
      .record({ width: fc.integer({ min: 1, max: 14 }), height: fc.integer({ min: 1, max: 14 }) })
      .chain(({ width, height }) => {
        const bits = fc
          .array(fc.constantFrom(0, 1), { minLength: width * height, maxLength: width * height })
          .map((cells): Bits => ({ width, height, cells: Uint8Array.from(cells) }));
        const rule = fc.record({
          radius: fc.integer({ min: 1, max: 7 }),
          majority: fc.constantFrom(0.51, 0.61, 0.7),
          border: fc.integer({ min: 0, max: 5 }),
        });
        return fc.tuple(bits, rule, fc.option(bits, { nil: undefined }));
      });
    fc.assert(
      fc.property(cases, ([bits, rule, within]) => {
        expect(vote(bits, rule, within).cells).toEqual(slowly(bits, rule, within));
      }),
      { numRuns: 200 },
    );
  });
});
