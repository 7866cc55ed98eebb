import { expect, test } from 'vitest';
import { seenBy } from './view.ts';

const image = (widthPx: number, heightPx: number, pixels: number[]) => ({
  widthPx,
  heightPx,
  dpi: 500,
  pixels: Uint8Array.from(pixels),
});
const numbered = image(4, 3, [0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23]);

test('a smaller scanner sees the middle', () => {
  expect(seenBy(numbered, { crop: { widthPx: 2, heightPx: 1 } })).toEqual(image(2, 1, [11, 12]));
});

test('a side that is smaller than the cut stays as it is', () => {
  expect(seenBy(numbered, { crop: { widthPx: 2, heightPx: 99 } })).toEqual(image(2, 3, [1, 2, 11, 12, 21, 22]));
});

test('sixteen levels keep black, white and nothing but steps of 17', () => {
  const all = image(256, 1, [...Array(256).keys()]);
  const levels = new Set(seenBy(all, { levels: 16 }).pixels);
  expect([...levels]).toEqual(Array.from({ length: 16 }, (_, i) => 17 * i));
});

test('without a wish the picture is the picture', () => {
  expect(seenBy(numbered, {})).toBe(numbered);
});
