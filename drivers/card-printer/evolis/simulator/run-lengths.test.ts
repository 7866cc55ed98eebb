import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DOTS_PER_LINE, firstLines, LINES, packDots, rawBytes, rawForHead, unpackDots } from './bitmap.ts';
import { expand } from './run-lengths.ts';

/** The rest of a panel after the first line: blank lines. */
const blankAfter = (...line: number[]) => Uint8Array.from([...line, ...new Array(LINES - 1).fill(0)]);
const lineOf = (bitmap: Uint8Array | null, line: number, bytes: number) =>
  bitmap?.slice(line * bytes, (line + 1) * bytes);

test('panels have the sizes that 648 x 1016 dots need, not those that the guide prints', () => {
  expect([2, 32, 64, 128].map((levels) => rawBytes(levels as 2 | 32 | 64 | 128))).toEqual([
    82296, 411480, 493776, 576072,
  ]);
});

test('a blank, a solid, a short and a full line of resin', () => {
  expect(lineOf(expand('k', 2, blankAfter(0)), 0, 81)).toEqual(new Uint8Array(81));
  expect(lineOf(expand('k', 2, blankAfter(0xff)), 0, 81)).toEqual(new Uint8Array(81).fill(0xff));
  expect(lineOf(expand('k', 2, blankAfter(1, 0x80)), 0, 81)).toEqual(Uint8Array.from([0x80, ...new Array(80).fill(0)]));
  const full = [...new Array(80).fill(0), 1];
  expect(lineOf(expand('o', 2, blankAfter(0x51, ...full)), 0, 81)).toEqual(Uint8Array.from(full));
});

test('dye: one dot alone, and a whole line as three runs', () => {
  const blank = new Array(LINES - 1).fill([0x80, 0]).flat();
  const rest = new Array(DOTS_PER_LINE - 1).fill(0);
  const one = expand('y', 128, Uint8Array.from([5, ...rest, ...blank]));
  const line = expand('y', 128, Uint8Array.from([0x85, 0xff, 0x85, 0xff, 0x85, 0x8a, ...blank]));
  expect(unpackDots(one ?? new Uint8Array(), 7).slice(0, 3)).toEqual(Uint8Array.of(5, 0, 0));
  expect(unpackDots(line ?? new Uint8Array(), 7).slice(0, DOTS_PER_LINE)).toEqual(
    new Uint8Array(DOTS_PER_LINE).fill(5),
  );
});

test('with fewer levels the spare bits lengthen the count, and full dye stays full dye', () => {
  const blank = new Array(LINES - 1).fill([0x80, 0]).flat();
  const at64 = expand('m', 64, Uint8Array.from([0xc0 | 63, 0xff, 0x80 | 63, 137, ...blank])); // 511 + 137
  const at32 = expand('c', 32, Uint8Array.from([0xe0 | 31, 136, ...blank])); // 512 + 136
  for (const bitmap of [at64, at32]) {
    expect(unpackDots(bitmap ?? new Uint8Array(), 7).slice(0, DOTS_PER_LINE + 1)).toEqual(
      Uint8Array.from([...new Array(DOTS_PER_LINE).fill(127), 0]),
    );
  }
});

test('nonsense is refused: a line too long, a panel too short, a run across the end of a line, pixels after the end', () => {
  expect(expand('k', 2, blankAfter(82, ...new Array(82).fill(1)))).toBeNull();
  expect(expand('k', 2, new Uint8Array(LINES - 1))).toBeNull();
  expect(expand('y', 128, Uint8Array.from([...new Array(DOTS_PER_LINE - 1).fill(0), 0x85, 2]))).toBeNull();
  expect(expand('k', 2, Uint8Array.from([...blankAfter(0), 1]))).toBeNull();
});

test('NULs that flushed a half download are blank lines, however many', () => {
  expect(lineOf(expand('k', 2, Uint8Array.from([0xff, ...new Array(5000).fill(0)])), 0, 81)).toEqual(
    new Uint8Array(81).fill(0xff),
  );
});

test('dots survive packing at every width', () => {
  for (const bits of [1, 5, 6, 7]) {
    const dots = fc.array(fc.nat({ max: 2 ** bits - 1 }), { minLength: 8, maxLength: 80 });
    fc.assert(
      fc.property(dots, (values) => {
        const whole = values.slice(0, values.length - (values.length % 8));
        expect([...unpackDots(packDots(Uint8Array.from(whole), bits), bits)]).toEqual(whole);
      }),
    );
  }
});

test('seven bytes are eight dots at 128 levels, first dot in the highest bits; 32 levels are scaled up', () => {
  expect(packDots(Uint8Array.of(127, 0, 0, 0, 0, 0, 0, 1), 7)).toEqual(Uint8Array.of(0xfe, 0, 0, 0, 0, 0, 1));
  const coarse = packDots(new Uint8Array(LINES * DOTS_PER_LINE).fill(31), 5);
  expect(unpackDots(rawForHead(coarse, 32), 7)[7]).toBe(127);
});

test('a pass that stops after 3 lines leaves 3 lines', () => {
  const stopped = firstLines('k', new Uint8Array(82296).fill(0xff), 3);
  expect([stopped[242], stopped[243]]).toEqual([0xff, 0]);
});

test('no bytes at all can make it throw', () => {
  const bytes = fc.uint8Array({ maxLength: 3000 });
  fc.assert(
    fc.property(bytes, fc.constantFrom(2, 32, 64, 128), (data, levels) => {
      expand(levels === 2 ? 'k' : 'y', levels as 2 | 128, data);
    }),
  );
});
