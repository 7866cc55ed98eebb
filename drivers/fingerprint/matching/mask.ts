import { type Bits, complement, type Plane, union } from './grid.ts';
import { type Vote, vote } from './vote.ts';

/** Less contrast than this is no finger, whatever the rest of the picture looks like. */
const LEAST_CONTRAST = 17 / 255;
/** Relative to the best blocks: which part of the picture they are, how many pixels count at all, and the part of their contrast. */
const BEST = { part: 0.49, pixels: 168_568, contrast: 0.34 };
const SPECKS: Vote = { radius: 1, majority: 0.7, border: 4 };
const HOLES: Vote = { radius: 7, majority: 0.51, border: 4 };

/** SourceAFIS, stage `absolute-contrast-mask`; set means bad. */
export function absoluteMask(contrast: Plane): Bits {
  return below(contrast, LEAST_CONTRAST);
}

/** SourceAFIS, stage `relative-contrast-mask`; set means bad. */
export function relativeMask(contrast: Plane, pixels: number): Bits {
  const pixelsPerBlock = Math.floor(pixels / contrast.cells.length);
  const asked = Math.min(contrast.cells.length, Math.floor(BEST.pixels / pixelsPerBlock));
  const count = Math.max(Math.round(BEST.part * asked), 1);
  const best = [...contrast.cells].sort((a, b) => b - a).slice(0, count);
  return below(contrast, (BEST.contrast * best.reduce((sum, one) => sum + one, 0)) / count);
}

function below({ width, height, cells }: Plane, limit: number): Bits {
  return { width, height, cells: Uint8Array.from(cells, (contrast) => (contrast < limit ? 1 : 0)) };
}

/** SourceAFIS, stage `filtered-mask`: from blocks that are bad to blocks that are good, specks and holes closed on the way. */
export function filteredMask(bad: Bits): Bits {
  let good = complement(grown(bad, SPECKS));
  good = grown(grown(good, SPECKS), SPECKS);
  return grown(good, HOLES);
}

function grown(bits: Bits, by: Vote): Bits {
  return union(bits, vote(bits, by));
}
