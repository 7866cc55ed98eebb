export type Brightness = 'dark' | 'ok' | 'glare';

/** Measured on the simulated scenes and on drawn frames; see the test beside this file. */
const DARK_BELOW_MEAN = 45;
const CLIPPED_FROM = 250;
const GLARE_FROM_SHARE = 0.08;

/** How a picture is lit, from its grey values (0 black to 255 white): words for a hint, not a verdict. */
export function brightnessOf(grey: Uint8Array): Brightness {
  if (grey.length === 0) return 'ok';
  let sum = 0;
  let clipped = 0;
  for (const value of grey) {
    sum += value;
    if (value >= CLIPPED_FROM) clipped += 1;
  }
  if (clipped / grey.length >= GLARE_FROM_SHARE) return 'glare';
  return sum / grey.length < DARK_BELOW_MEAN ? 'dark' : 'ok';
}
