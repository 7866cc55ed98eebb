import { describe, expect, test } from 'vitest';
import type { GreyImage } from '../grey-image.ts';
import { extraction } from './extract.ts';
import { assess, hintFor, inkOf, qualityOf } from './quality.ts';
import { images } from './vectors/images.ts';

/** A print of which something was done to every pixel. */
function altered(image: GreyImage, change: (grey: number, x: number, y: number) => number): GreyImage {
  const pixels = image.pixels.map((grey, i) =>
    Math.max(0, Math.min(255, Math.round(change(grey, i % image.widthPx, Math.trunc(i / image.widthPx))))),
  );
  return { ...image, pixels };
}

test('a clear print that fills the picture has the full score and needs no word', () => {
  const { quality, hint, template } = assess(images.A);
  expect(quality).toEqual({
    score: 100,
    foreground: 1,
    contrast: expect.closeTo(0.753747277, 8),
    minutiae: 24,
    coverage: 1,
  });
  expect(template.minutiae).toHaveLength(24);
  expect(hint).toBeNull();
});

test('noise and an edge cost minutiae, and the score says so', () => {
  const { quality, hint } = assess(images.N);
  expect(quality).toMatchObject({ score: 80, minutiae: 16, coverage: 1, foreground: expect.closeTo(243 / 360, 9) });
  expect(hint).toBeNull();
});

describe('the one thing most worth saying', () => {
  test.each([
    ['nobody touches the glass', altered(images.A, () => 255), 'press'],
    [
      'only the tip lies on the glass',
      altered(images.A, (grey, x, y) => (Math.hypot(x - 128, y - 150) < 60 ? grey : 255)),
      'press',
    ],
    ['the ridges hardly show', altered(images.A, (grey) => 225 + grey / 12), 'press'],
    ['the finger lies at the side', altered(images.A, (grey, x) => (x < 110 ? grey : 255)), 'centre'],
    ['the finger lies too high', altered(images.A, (grey, _, y) => (y < 120 ? grey : 255)), 'centre'],
    ['the ridges run together', altered(images.A, (grey) => grey / 8), 'dry'],
    ['all is black', altered(images.A, () => 0), 'dry'],
    ['a film of grease greys everything', altered(images.A, (grey) => 110 + grey / 10), 'wipe'],
  ])('where %s', (_, image, hint) => {
    const assessment = assess(image);
    expect(assessment.quality.score).toBeLessThan(60);
    expect(assessment.hint).toBe(hint);
  });
});

test('a score is its weakest part, and no part makes up for another', () => {
  const extracted = extraction(images.A);
  const { score, contrast } = qualityOf({
    ...extracted,
    contrast: { ...extracted.contrast, cells: extracted.contrast.cells.map(() => 0.07) },
  });
  expect({ score, contrast }).toEqual({ score: 20, contrast: expect.closeTo(0.07, 9) });
});

test('a picture of noise has minutiae everywhere, and is no print', () => {
  const noise = altered(images.A, (_, x, y) => (Math.imul(x * 7919 + y, 0x9e37_79b1) >>> 24) ^ ((x * y) & 0xff));
  const { quality, hint } = assess(noise);
  expect(quality.minutiae).toBeGreaterThan(90);
  expect(quality.score).toBeLessThan(50);
  expect(hint).toBe('wipe');
});

test('a good picture gets no hint, however dark it is', () => {
  const good = qualityOf(extraction(images.A));
  expect(hintFor({ ...good, score: 60 }, 0.9)).toBeNull();
  expect(hintFor({ ...good, score: 59 }, 0.9)).toBe('dry');
});

test('ink is measured where the finger is', () => {
  expect(inkOf(extraction(images.A))).toBeCloseTo(0.5, 1);
  expect(inkOf(extraction(altered(images.A, () => 255)))).toBe(0);
});

test('a picture too small for a single block has no quality', () => {
  const { quality } = assess({ widthPx: 1, heightPx: 1, dpi: 20_000, pixels: Uint8Array.of(0) });
  expect(quality).toEqual({ score: 0, foreground: 0, contrast: 0, minutiae: 0, coverage: 0 });
});
