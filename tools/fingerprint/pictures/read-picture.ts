import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';
import { InputError, wordsOf } from '../faults.ts';
import { isBmp, readBmp } from './bmp.ts';
import { isPgm, readPgm } from './pgm.ts';

/** Endings of files that are taken for pictures. What a file truly is, its first bytes say. */
export const PICTURE_ENDINGS = ['png', 'tif', 'tiff', 'bmp', 'pgm'];

/** A decoder's answer, before anybody has said how many dots an inch has. */
export type Grey = Omit<GreyImage, 'dpi'>;

/** Reads PNG, TIFF, BMP and PGM; colours become their mean. The resolution is what the caller says: files lie about it. */
export async function readPicture(file: string, dpi: number): Promise<GreyImage> {
  try {
    return { ...(await decoded(await readFile(file))), dpi };
  } catch (fault) {
    throw new InputError(`${file}: ${wordsOf(fault)}`, { cause: fault });
  }
}

async function decoded(bytes: Uint8Array): Promise<Grey> {
  if (isBmp(bytes)) return readBmp(bytes);
  if (isPgm(bytes)) return readPgm(bytes);
  const { data, info } = await sharp(bytes).removeAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, pixels: meanOfChannels(data, info.channels) };
}

export function meanOfChannels(data: Uint8Array, channels: number): Uint8Array {
  return Uint8Array.from({ length: data.length / channels }, (_, pixel) => {
    let sum = 0;
    for (let i = 0; i < channels; i += 1) sum += data[pixel * channels + i] ?? 0;
    return Math.round(sum / channels);
  });
}
