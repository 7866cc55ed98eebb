import type { GreyImage } from '../../grey-image.ts';

/** What a module's sensor is, as far as a picture goes. */
export interface Sensor {
  widthPx: number;
  heightPx: number;
  dpi: number;
}

const WHITE = 255;
/** Less contrast than this is no finger that features can be found in. Our own measure, not a real module's. */
const LEAST_DEVIATION = 12;

/** What the sensor sees of a finger on its middle, at its own size and dpi; white where nothing lies. */
export function seen(finger: GreyImage, { widthPx, heightPx, dpi }: Sensor): Uint8Array {
  const step = finger.dpi / dpi;
  const left = Math.floor((finger.widthPx - widthPx * step) / 2);
  const top = Math.floor((finger.heightPx - heightPx * step) / 2);
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) pixels[y * widthPx + x] = between(finger, left + x * step, top + y * step);
  }
  return pixels;
}

/** The grey at a point between pixels. */
function between(image: GreyImage, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - left, y - top];
  const upper = at(image, left, top) * (1 - right) + at(image, left + 1, top) * right;
  const lower = at(image, left, top + 1) * (1 - right) + at(image, left + 1, top + 1) * right;
  return Math.round(upper * (1 - down) + lower * down);
}

function at({ widthPx, heightPx, pixels }: GreyImage, x: number, y: number): number {
  if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) return WHITE;
  return pixels[y * widthPx + x] ?? WHITE;
}

/** As a picture goes over the serial line: 4 bits a pixel, the left one in the high half (sheet 1.6). */
export function packed(pixels: Uint8Array): Uint8Array {
  const grey = (i: number) => (pixels[i] ?? WHITE) >> 4;
  return Uint8Array.from({ length: Math.ceil(pixels.length / 2) }, (_, i) => (grey(2 * i) << 4) | grey(2 * i + 1));
}

export function unpacked(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: bytes.length * 2 }, (_, i) => {
    const pair = bytes[i >> 1] ?? 0;
    return (i % 2 === 0 ? pair >> 4 : pair & 0x0f) * 17;
  });
}

/** Whether there is anything on it: a bare or wholly dark platen has no features. */
export function hasRidges(pixels: Uint8Array): boolean {
  const mean = pixels.reduce((sum, grey) => sum + grey, 0) / pixels.length;
  const variance = pixels.reduce((sum, grey) => sum + (grey - mean) ** 2, 0) / pixels.length;
  return Math.sqrt(variance) >= LEAST_DEVIATION;
}
