import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { type BlockRow, buildFrame } from '../simulator/frame.ts';
import { madeUpFinger } from '../test-place.ts';
import { frameSize, parseFrame } from './frame.ts';
import { pictureOf } from './picture.ts';
import { keysNeeded, maskOf, nextKey, unscramble } from './scramble.ts';

const { widthPx, heightPx } = frameSize;
const finger = madeUpFinger(seededRandom('siti'));
const keyOf = (number: number) => (0x9e3779b1 * (number + 1)) >>> 0;
const frameWith = (...blocks: BlockRow[]) => buildFrame(finger, blocks, 5, keyOf);

/** What becomes of a finger that is sent in these blocks. */
function arrives(blocks: readonly BlockRow[]): Uint8Array {
  const frame = parseFrame(buildFrame(finger, blocks, 5, keyOf));
  return pictureOf(frame.blocks, unscramble(frame, keysNeeded(frame).map(keyOf)));
}

describe('keys', () => {
  test.each<[string, BlockRow[], number[]]>([
    [
      'no block is scrambled: no key is asked for',
      [
        [0x00, 100],
        [0x04, 100],
        [0x01, 50],
      ],
      [],
    ],
    [
      'one key for all blocks',
      [
        [0x02, 100],
        [0x02, 100],
      ],
      [5],
    ],
    [
      'a key more for each block that says so',
      [
        [0x02, 100],
        [0x82, 50],
        [0x80, 10],
        [0x02, 20],
      ],
      [5, 6, 7],
    ],
    ['scrambled, but with a key that rests: plain', [[0x06, 100]], []],
  ])('%s', (_, blocks, keys) => {
    expect(keysNeeded(parseFrame(frameWith(...blocks)))).toEqual(keys);
  });

  test('key numbers begin again after 255', () => {
    const frame = parseFrame(
      buildFrame(
        finger,
        [
          [0x02, 9],
          [0x82, 9],
        ],
        255,
        keyOf,
      ),
    );
    expect(keysNeeded(frame)).toEqual([255, 0]);
  });

  test('the generator, worked out by hand from two keys', () => {
    expect(nextKey(0x00000001)).toBe(0x80000000); // bit 0 is fed back
    expect(nextKey(0x80000001)).toBe(0x40000000); // bits 0 and 31 cancel out
    expect(maskOf(0x20000010)).toBe(0x81); // bits 4 and 29
  });
});

describe('whatever the flags of the blocks are, the finger arrives', () => {
  const flags = fc.constantFrom(0x00, 0x02, 0x04, 0x06, 0x80, 0x82, 0x84, 0x86);
  const block = fc.tuple(flags, fc.integer({ min: 1, max: 40 }));

  test('in any blocks', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 7 }), (blocks) => {
        const sent = blocks.reduce((sum, [, lines]) => sum + lines, 0);
        const rows = (picture: Uint8Array) => Buffer.from(picture.subarray((heightPx - sent) * widthPx));
        expect(rows(arrives(blocks)).equals(rows(finger))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test('rows that were not sent move the key on all the same', () => {
    const around: BlockRow[] = [
      [0x02, 72],
      [0x01, 2],
      [0x02, 100],
    ];
    const picture = arrives(around);
    const rowsOf = (from: number, to: number) => [from, to].map((row) => (heightPx - row) * widthPx).reverse();
    for (const [from, to] of [rowsOf(0, 72), rowsOf(74, 174)])
      expect(Buffer.compare(picture.subarray(from, to), finger.subarray(from, to))).toBe(0);
  });

  test('rows beyond the last block are the platen', () => {
    expect(
      arrives([[0x02, 100]])
        .subarray(0, (heightPx - 100) * widthPx)
        .every((value) => value === 255),
    ).toBe(true);
  });
});

describe('a frame that is none is refused, and says why', () => {
  const whole = () => frameWith([0x02, 200]).slice();
  const lines = (count: number) => {
    const frame = whole();
    frame.set([count & 0xff, count >> 8], 4);
    return frame;
  };
  test.each([
    ['nothing', new Uint8Array(), '0 bytes are no picture'],
    ['half a header', whole().subarray(0, 63), '63 bytes are no picture'],
    ['no lines', lines(0), 'a picture of 0 lines'],
    ['more lines than the sensor has', lines(290), 'a picture of 290 lines'],
    ['a line too few', whole().subarray(0, -1), '76863 bytes for 200 lines'],
    ['blocks of more lines than came', lines(199), 'blocks of more lines than the 199 that came'],
    ['blocks of more lines than the sensor has', frameWith([0, 200], [1, 91]), 'blocks of 291 lines'],
  ])('%s', (_, bytes, why) => {
    expect(() => parseFrame(bytes)).toThrow(why);
    expect(() => parseFrame(bytes)).toThrow('fingerprint-scanner/no-answer');
  });

  test('no bytes at all make it throw anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 800 }), (bytes) => {
        try {
          const frame = parseFrame(bytes);
          pictureOf(frame.blocks, unscramble(frame, keysNeeded(frame)));
        } catch (error) {
          expect(error).toMatchObject({ code: 'fingerprint-scanner/no-answer' });
        }
      }),
    );
  });
});
