import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitWidth, widthOf } from './fit.ts';
import { readFonts } from './fonts.ts';
import type { TextStyle } from './layout.ts';

const font = readFonts()[600];
const style: TextStyle = { weight: 600, maxPx: 25, easyPx: 21, minPx: 17, maxLines: 2 };

test('a short text stands on one line at full size', () => {
  expect(fitWidth('AMIN', 500, style, font)).toEqual({ sizePx: 25, lines: ['AMIN'] });
});

test('a longer one is first set a little smaller, then wrapped at full size', () => {
  const width = widthOf('SITI AISYAH PERMATASARI', 22, font);
  expect(fitWidth('SITI AISYAH PERMATASARI', width, style, font)).toMatchObject({ sizePx: 22, lines: { length: 1 } });
  expect(fitWidth('SITI AISYAH PERMATASARI', width * 0.8, style, font)).toEqual({
    sizePx: 25,
    lines: ['SITI AISYAH', 'PERMATASARI'],
  });
});

test('a name with a hyphen breaks after it', () => {
  const width = widthOf('HARTATI-', 25, font);
  expect(fitWidth('HARTATI-LESTARI', width, style, font)?.lines).toEqual(['HARTATI-', 'LESTARI']);
});

test('what does not fit at the smallest size is told, not cut', () => {
  expect(fitWidth('W'.repeat(60), 500, style, font)).toBeNull();
  expect(fitWidth(Array(9).fill('KUSUMAWATI').join(' '), 500, style, font)).toBeNull();
});

test('every letter is on some line, and every line is inside its width', () => {
  const word = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ.,-/()'), minLength: 1, maxLength: 16 });
  const words = fc.array(word, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(words, fc.integer({ min: 60, max: 900 }), (parts, width) => {
      const text = parts.join(' ');
      const fitted = fitWidth(text, width, style, font);
      if (!fitted) return;
      const letters = (of: string) => of.replaceAll(' ', '');
      expect(letters(fitted.lines.join(' '))).toBe(letters(text));
      for (const line of fitted.lines) expect(widthOf(line, fitted.sizePx, font)).toBeLessThanOrEqual(width);
    }),
  );
});
