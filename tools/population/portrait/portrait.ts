import sharp from 'sharp';
import { batikPattern, neckAndClothes } from './clothes.ts';
import { darker, lighter } from './colour.ts';
import { beard, eyes, glasses, head, mouth, nose } from './face.ts';
import { hairBefore, hairBehind } from './hair.ts';
import type { Look } from './look.ts';

/** Red behind people born in an odd year, blue behind those born in an even one (reference sheet "domain", 8.3). */
export type Background = 'red' | 'blue';

export function backgroundOf(birthYear: number): Background {
  return birthYear % 2 === 0 ? 'blue' : 'red';
}

/** 3:4, about 3.4 x 4.5 cm at 300 dpi. */
export const portraitSize = { widthPx: 399, heightPx: 532 };

const walls: Record<Background, [string, string]> = { red: ['#cf3a3f', '#b01f28'], blue: ['#2f6cc0', '#174a94'] };

/** The drawing: the middle of a sheet of 300 x 400. Later parts lie over earlier ones. */
export function portraitSvg(look: Look, background: Background): string {
  const [top, bottom] = walls[background];
  const { widthPx, heightPx } = portraitSize;
  const stops = (from: string, to: string) =>
    `<stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/>`;
  const defs = [
    `<linearGradient id="wall" x1="0" y1="0" x2="0" y2="1">${stops(top, bottom)}</linearGradient>`,
    `<linearGradient id="skin" x1="0" y1="0" x2="1" y2=".25">${stops(lighter(look.skin, 0.1), darker(look.skin, 0.1))}</linearGradient>`,
    batikPattern(look),
  ];
  const parts = [hairBehind, neckAndClothes, head, eyes, nose, mouth, beard, hairBefore, glasses];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="24 44 252 336"><defs>${defs.join('')}</defs><rect width="300" height="400" fill="url(#wall)"/>${parts.map((part) => part(look)).join('')}</svg>`;
}

/** The portrait as JPEG, at most 20 kB. */
export async function drawPortrait(look: Look, background: Background): Promise<Uint8Array> {
  return await sharp(Buffer.from(portraitSvg(look, background)))
    .jpeg({ quality: 72 })
    .toBuffer();
}
