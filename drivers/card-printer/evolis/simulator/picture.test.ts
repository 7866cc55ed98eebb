import sharp from 'sharp';
import { expect, test } from 'vitest';
import { DOTS_PER_LINE, LINES, packDots, rawBytes } from './bitmap.ts';
import { cardPicture, decodePanels } from './picture.ts';

/** A panel of resin with single dots, given as line and dot of the head. */
function resin(...dots: [line: number, dot: number][]): Uint8Array {
  const bits = new Uint8Array(LINES * DOTS_PER_LINE);
  for (const [line, dot] of dots) bits[line * DOTS_PER_LINE + dot] = 1;
  return packDots(bits, 1);
}
const dye = (level: number) => packDots(new Uint8Array(LINES * DOTS_PER_LINE).fill(level), 7);
const colourAt = async (png: Uint8Array, x: number, y: number) => {
  const raw = await sharp(png).raw().toBuffer();
  return [...raw.subarray((y * LINES + x) * 3, (y * LINES + x) * 3 + 3)];
};

test('a card without ink is a white landscape card', async () => {
  const png = await cardPicture([]);
  const { width, height, format } = await sharp(png).metadata();
  expect({ width, height, format }).toEqual({ width: 1016, height: 648, format: 'png' });
  expect(await colourAt(png, 500, 300)).toEqual([255, 255, 255]);
});

test('the first line of the head is the left edge, its last dot the top', async () => {
  const png = await cardPicture([{ panel: 'k', bitmap: resin([0, 647], [1015, 0]) }]);
  expect(await colourAt(png, 0, 0)).toEqual([0, 0, 0]);
  expect(await colourAt(png, 1015, 647)).toEqual([0, 0, 0]);
  expect(await colourAt(png, 1, 0)).toEqual([255, 255, 255]);
  expect(await colourAt(png, 0, 647)).toEqual([255, 255, 255]);
});

test('each dye takes its own third of the light, varnish none, and resin all', async () => {
  const yellow = { panel: 'y', bitmap: dye(127) } as const;
  const cyan = { panel: 'c', bitmap: dye(64) } as const;
  expect(await colourAt(await cardPicture([yellow]), 5, 5)).toEqual([255, 255, 0]);
  expect(await colourAt(await cardPicture([yellow, cyan]), 5, 5)).toEqual([126, 255, 0]);
  const varnish = { panel: 'o', bitmap: new Uint8Array(rawBytes(2)).fill(0xff) } as const;
  expect(await colourAt(await cardPicture([varnish]), 5, 5)).toEqual([255, 255, 255]);
  expect(await colourAt(await cardPicture([yellow, { panel: 'k', bitmap: varnish.bitmap }]), 5, 5)).toEqual([0, 0, 0]);
});

test('a card printed twice carries both passes', () => {
  const planes = decodePanels([
    { panel: 'm', bitmap: dye(50) },
    { panel: 'm', bitmap: dye(100) },
    { panel: 'k', bitmap: resin([3, 3]) },
    { panel: 'k', bitmap: resin([4, 4]) },
  ]);
  expect(planes.m[1000]).toBe(127);
  expect(planes.k.reduce((sum, dot) => sum + dot, 0)).toBe(2);
});
