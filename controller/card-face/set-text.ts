import { FaceError } from './face-error.ts';
import { type Fitted, fitWidth, widthOf } from './fit.ts';
import type { Fonts } from './fonts.ts';
import { type Box, lineShape, type TextStyle, type Weight } from './layout.ts';
import { printable } from './printable.ts';

/** One line of text where it is printed. Its ink stays inside its box. */
export interface PlacedText {
  readonly field: string;
  readonly text: string;
  readonly weight: Weight;
  readonly sizePx: number;
  readonly baseline: number;
  readonly box: Box;
}

/** Where a text may stand: between two edges, its first line on a base line, further lines below. */
export interface Slot {
  readonly x: number;
  readonly width: number;
  readonly baseline: number;
  readonly align?: 'left' | 'centre';
}

/** From one base line to the next, in whole pixels. */
export const linePx = (sizePx: number) => Math.ceil(sizePx * (lineShape.above + lineShape.below));

/** Fits a text into a width. Throws `record/unprintable-text` where a glyph is missing or the smallest size is too wide. */
export function fitText(field: string, raw: string, widthPx: number, style: TextStyle, fonts: Fonts): Fitted {
  const font = fonts[style.weight];
  const fitted = fitWidth(printable(field, raw, font), widthPx, style, font);
  if (!fitted) throw new FaceError('record/unprintable-text', `${field} is too long at ${style.minPx} px`);
  return fitted;
}

/** Fits a text and places its lines. Throws as `fitText`. */
export function setText(field: string, raw: string, slot: Slot, style: TextStyle, fonts: Fonts): PlacedText[] {
  return placeLines(field, fitText(field, raw, slot.width, style, fonts), slot, style.weight, fonts);
}

export function placeLines(field: string, fitted: Fitted, slot: Slot, weight: Weight, fonts: Fonts): PlacedText[] {
  const { sizePx, lines } = fitted;
  return lines.map((text, index) => {
    const baseline = Math.round(slot.baseline) + index * linePx(sizePx);
    const width = widthOf(text, sizePx, fonts[weight]);
    const x = slot.align === 'centre' ? Math.round(slot.x + (slot.width - width) / 2) : slot.x;
    const box = {
      x,
      y: baseline - sizePx * lineShape.above,
      width,
      height: sizePx * (lineShape.above + lineShape.below),
    };
    return { field, text, weight, sizePx, baseline, box };
  });
}
