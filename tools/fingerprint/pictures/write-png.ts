import sharp from 'sharp';
import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';

/** One byte a pixel, with the resolution in the file. */
export async function writePng(file: string, { widthPx, heightPx, dpi, pixels }: GreyImage): Promise<void> {
  const raw = { width: widthPx, height: heightPx, channels: 1 } as const;
  await sharp(pixels, { raw }).toColourspace('b-w').withDensity(dpi).png().toFile(file);
}
