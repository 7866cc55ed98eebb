import type { CaptureHint, KioskQuality } from '../fingerprint-scanner.ts';
import type { GreyImage } from '../grey-image.ts';
import type { Blocks } from './blocks.ts';
import { type Extraction, extraction } from './extract.ts';
import { type Bits, countSet, type Plane } from './grid.ts';
import type { Template } from './template.ts';

/** What is enough of each; more does not make a picture better. */
const ENOUGH = { foreground: 0.5, contrast: 0.35, minutiae: 20, coverage: 1 };
/** No finger laid flat has so many; they are the sign of a picture of nothing but noise. */
const TOO_MANY_MINUTIAE = { from: 80, to: 100 };
/** From this score on there is nothing worth saying. */
const GOOD_SCORE = 60;
/** Mean ink of the finger, 0 to 1: a wet finger's ridges run together, a dry or light one's hardly show. */
const INK = { pale: 0.35, dark: 0.65 };

export interface Assessment {
  template: Template;
  quality: KioskQuality;
  hint: CaptureHint | null;
}

/** All that a kiosk wants to know of a picture, for one extraction. Throws a RangeError for what is no picture. */
export function assess(image: GreyImage): Assessment {
  const extracted = extraction(image);
  const quality = qualityOf(extracted);
  return { template: extracted.template, quality, hint: hintFor(quality, inkOf(extracted)) };
}

/**
 * How well a picture can be compared. A picture is as good as its weakest part:
 * score = 100 * min(foreground / 0.5, contrast / 0.35, minutiae / 20, coverage), each part at most 1; from 80 minutiae to 100 it
 * sinks to nothing.
 * A rule of this kiosk's own, tied to nothing that others call quality.
 */
export function qualityOf({ template, good, contrast }: Extraction): KioskQuality {
  const parts = {
    foreground: part(countSet(good), good.cells.length),
    contrast: meanWhere(good, contrast),
    minutiae: template.minutiae.length,
    coverage: middleThird(good),
  };
  return { score: Math.round(100 * weakest(parts)), ...parts };
}

function weakest(parts: typeof ENOUGH): number {
  const shares = (Object.keys(ENOUGH) as (keyof typeof ENOUGH)[]).map((name) => parts[name] / ENOUGH[name]);
  const { from, to } = TOO_MANY_MINUTIAE;
  return Math.max(0, Math.min(1, (to - parts.minutiae) / (to - from), ...shares));
}

/** The one thing most worth saying: too wet and too pale first, because then the other parts mean little. */
export function hintFor({ score, foreground, coverage }: KioskQuality, ink: number): CaptureHint | null {
  if (score >= GOOD_SCORE) return null;
  if (ink > INK.dark) return 'dry';
  if (ink < INK.pale) return 'press';
  if (coverage < foreground) return 'centre';
  return foreground < ENOUGH.foreground ? 'press' : 'wipe';
}

/** Mean ink of the blocks with a finger; of all, where there is none. */
export function inkOf({ scaled, blocks, good }: Extraction): number {
  const hasFinger = countSet(good) > 0;
  let [sum, pixels] = [0, 0];
  for (let block = 0; block < good.cells.length; block += 1) {
    if (hasFinger && !good.cells[block]) continue;
    const { ink, count } = blockInk(scaled, blocks, block);
    sum += ink;
    pixels += count;
  }
  return part(sum, pixels);
}

function blockInk({ width, cells }: Plane, { x, y, columns }: Blocks, block: number): { ink: number; count: number } {
  const [column, row] = [block % columns, Math.trunc(block / columns)];
  let [ink, count] = [0, 0];
  for (let at = y[row] ?? 0; at < (y[row + 1] ?? 0); at += 1) {
    for (let i = at * width + (x[column] ?? 0); i < at * width + (x[column + 1] ?? 0); i += 1) {
      ink += cells[i] ?? 0;
      count += 1;
    }
  }
  return { ink, count };
}

function meanWhere(good: Bits, values: Plane): number {
  const count = countSet(good);
  const sum = values.cells.reduce((total, value, i) => total + (good.cells[i] ? value : 0), 0);
  return part(sum, count);
}

/** Of the blocks in the middle third, both ways, the part with ridges. */
function middleThird({ width, height, cells }: Bits): number {
  const isMiddle = (at: number, size: number) => at >= Math.floor(size / 3) && at < Math.ceil((2 * size) / 3);
  const middle = [...cells.keys()].filter((i) => isMiddle(i % width, width) && isMiddle(Math.trunc(i / width), height));
  return part(middle.filter((i) => cells[i]).length, middle.length);
}

/** Nothing of nothing is nothing: a picture may be too small for a single block. */
function part(some: number, all: number): number {
  return all === 0 ? 0 : some / all;
}
