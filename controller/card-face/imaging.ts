import type { default as Sharp } from 'sharp';
import { type FontPlace, writeFontList } from './fonts.ts';

export type Imaging = typeof Sharp;

/**
 * Loads sharp with our fonts: 20 MB that the first screen does not need. The font list must be named before the first text
 * is drawn in this process; later fontconfig no longer looks. No picture of a person stays in its cache.
 */
export async function loadImaging(place: FontPlace): Promise<Imaging> {
  process.env.FONTCONFIG_FILE = writeFontList(place);
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  return sharp;
}
