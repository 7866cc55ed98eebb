import { expect, test } from 'vitest';
import { readFontMetrics } from './font-metrics.ts';
import { readFonts } from './fonts.ts';

const fonts = readFonts();
const glyph = (sign: string) => fonts[400].glyph(sign.codePointAt(0)!);

test('letters are as wide and tall as the font says', () => {
  expect(glyph('A')).toMatchObject({ advance: 0.639, bottom: 0 });
  expect(glyph('A')!.top).toBeCloseTo(0.714, 2);
  expect(glyph(' ')).toEqual({ advance: 0.26, top: 0, bottom: 0 });
  expect(fonts[700].glyph(65)!.advance).toBeGreaterThan(glyph('A')!.advance);
});

test('a character without a glyph has none, and no box in its place', () => {
  for (const sign of ['中', '😀', '\u{E123}']) expect(glyph(sign)).toBeNull();
});

test('a file that is no font is refused', () => {
  expect(() => readFontMetrics(new Uint8Array(600))).toThrow(RangeError);
});
