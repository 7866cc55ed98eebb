import type { Bits, Plane } from '#drivers/fingerprint/matching/grid.ts';

/** Three bytes a pixel. */
export interface Raster {
  widthPx: number;
  heightPx: number;
  rgb: Uint8Array;
}
export type Colour = readonly [red: number, green: number, blue: number];

export function raster(widthPx: number, heightPx: number, colourAt: (pixel: number) => Colour): Raster {
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let i = 0; i < widthPx * heightPx; i += 1) rgb.set(colourAt(i), 3 * i);
  return { widthPx, heightPx, rgb };
}

/** From white at `low` to black at `high`, so that ridges are dark. */
export function inked({ width, height, cells }: Plane, low: number, high: number): Raster {
  return raster(width, height, (i) => grey(255 * (1 - ((cells[i] ?? 0) - low) / (high - low))));
}

/** The same, from the lowest value to the highest. */
export function inkedByRange(plane: Plane): Raster {
  let [low, high] = [0, 0];
  for (const value of plane.cells) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return inked(plane, low, high === low ? low + 1 : high);
}

export function bitmap({ width, height, cells }: Bits): Raster {
  return raster(width, height, (i) => grey(cells[i] ? 0 : 255));
}

/** A finger so faint that what is drawn on it stands out. */
export function faint(finger: Plane): Raster {
  return inked(finger, 0, 3.2);
}

/** The faint finger, coloured where `isMarked`. */
export function tinted(finger: Plane, colour: Colour, isMarked: (pixel: number) => boolean): Raster {
  return raster(finger.width, finger.height, (i) => {
    const light = 1 - (finger.cells[i] ?? 0) / 2;
    if (!isMarked(i)) return grey(255 * light);
    return [mixed(colour[0], light), mixed(colour[1], light), mixed(colour[2], light)];
  });
}

function mixed(channel: number, light: number): number {
  return Math.round((0.45 * channel + 0.55 * 255) * light);
}

export function grey(level: number): Colour {
  const byte = Math.max(0, Math.min(255, Math.round(level)));
  return [byte, byte, byte];
}

/** A full circle of colours for half a turn of direction. */
export function hue(doubledAngle: number, strength: number): Colour {
  const channel = (shift: number) => Math.round(255 - strength * 127.5 * (1 - Math.cos(doubledAngle - shift)));
  return [channel(0), channel((2 * Math.PI) / 3), channel((4 * Math.PI) / 3)];
}
