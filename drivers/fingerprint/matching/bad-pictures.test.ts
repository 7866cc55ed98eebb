import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GreyImage } from '../grey-image.ts';
import { extract } from './extract.ts';

const picture = (widthPx: number, heightPx: number, grey: (i: number) => number, dpi = 500): GreyImage => ({
  widthPx,
  heightPx,
  dpi,
  pixels: Uint8Array.from({ length: widthPx * heightPx }, (_, i) => grey(i)),
});

describe('a picture without a finger is an empty template, no fault', () => {
  test.each([
    ['white', picture(256, 300, () => 255)],
    ['black', picture(256, 300, () => 0)],
    ['grey, a touch uneven', picture(256, 300, (i) => 120 + (i % 9))],
    ['one pixel', picture(1, 1, () => 90)],
    ['ten by ten', picture(10, 10, (i) => (i * 37) % 256)],
    ['one row of a hundred', picture(1, 100, (i) => (i * 37) % 256)],
    ['so small that it is nothing at 500 dpi', picture(1, 1, () => 0, 20_000)],
  ])('%s', (_, image) => {
    expect(extract(image).minutiae).toEqual([]);
    expect([...extract(image).edges.starts]).toEqual([0]);
  });
});

test('straight bars have ridges but nothing that ends', () => {
  expect(extract(picture(200, 200, (i) => ((i % 200) % 9 < 4 ? 20 : 230))).minutiae).toEqual([]);
});

describe('what is no picture is refused in words', () => {
  const good = picture(20, 20, () => 0);
  test.each([
    ['fewer bytes than pixels', { ...good, pixels: new Uint8Array(399) }, /399 bytes/],
    ['more bytes than pixels', { ...good, pixels: new Uint8Array(401) }, /401 bytes/],
    ['no width', { ...good, widthPx: 0, pixels: new Uint8Array(0) }, /0 x 20/],
    ['half a pixel', { ...good, widthPx: 2.5 }, /2.5 x 20/],
    ['no resolution', { ...good, dpi: Number.NaN }, /NaN dpi/],
    ['a resolution of another world', { ...good, dpi: 19 }, /19 dpi/],
    ['a hall when it is scaled up', { ...picture(400, 400, () => 0), dpi: 20 }, /10000 x 10000/],
  ])('%s', (_, image, words) => {
    expect(() => extract(image)).toThrow(RangeError);
    expect(() => extract(image)).toThrow(words);
  });
});

test('whatever the pixels are, there are at most a hundred minutiae and all lie in the picture', () => {
  const pictures = fc
    .record({
      widthPx: fc.integer({ min: 1, max: 120 }),
      heightPx: fc.integer({ min: 1, max: 120 }),
      dpi: fc.constantFrom(250, 500, 508, 700),
      seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      grain: fc.integer({ min: 1, max: 12 }),
    })
    .map(({ widthPx, heightPx, dpi, seed, grain }) => picture(widthPx, heightPx, speckles(widthPx, seed, grain), dpi));
  fc.assert(
    fc.property(pictures, (image) => {
      const { widthPx, heightPx, minutiae } = extract(image);
      expect(minutiae.length).toBeLessThanOrEqual(100);
      for (const { x, y, direction } of minutiae) {
        expect(x >= 0 && x < widthPx && y >= 0 && y < heightPx).toBe(true);
        expect(direction >= 0 && direction <= Math.fround(2 * Math.PI)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

/** Blots of `grain` pixels, black or white by a hash of where they are. */
function speckles(width: number, seed: number, grain: number): (i: number) => number {
  return (i) => {
    const [x, y] = [Math.trunc((i % width) / grain), Math.trunc(Math.trunc(i / width) / grain)];
    return Math.imul(Math.imul(x + seed, 0x9e37_79b1) ^ Math.imul(y + 1, 0x85eb_ca6b), 0xc2b2_ae35) < 0 ? 0 : 255;
  };
}
