import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./colours.css', import.meta.url), 'utf8');
const colours = new Map(
  [...css.matchAll(/--([a-z-]+): #([0-9a-f]{6});/g)].map(([, name, hex]) => [name ?? '', hex ?? '']),
);

/** Text on what it stands on, for every pair that the style sheets use. */
const pairs = [
  ['ink', 'paper'],
  ['ink', 'sheet'],
  ['ink', 'sand'],
  ['ink', 'river-mist'],
  ['ink', 'lamp'],
  ['ink', 'lamp-soft'],
  ['ink-soft', 'paper'],
  ['ink-soft', 'sheet'],
  ['ink-soft', 'sand'],
  ['ink-soft', 'river-mist'],
  ['ink-soft', 'lamp-soft'],
  ['sheet', 'river'],
  ['sheet', 'river-deep'],
  ['river', 'sheet'],
  ['river', 'lamp-soft'],
] as const;

/** Relative luminance by WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

test.each(pairs)('%s on %s can be read by weak eyes and in a bright hall', (text, ground) => {
  expect(contrast(colours.get(text) ?? '', colours.get(ground) ?? '')).toBeGreaterThanOrEqual(7);
});

test.each(['paper', 'sheet'])('the edge of what can be touched stands out from %s', (ground) => {
  expect(contrast(colours.get('bark') ?? '', colours.get(ground) ?? '')).toBeGreaterThanOrEqual(3);
  expect(contrast(colours.get('river') ?? '', colours.get(ground) ?? '')).toBeGreaterThanOrEqual(3);
});

test('text is black on white at most, and black on black at least', () => {
  expect(contrast('000000', 'ffffff')).toBeCloseTo(21);
  expect(contrast('20302f', '20302f')).toBe(1);
});
