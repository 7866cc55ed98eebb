import { FaceError } from './face-error.ts';
import type { FontMetrics } from './font-metrics.ts';
import { lineShape } from './layout.ts';

/** Letters that stand side by side as measured. Others join or stack in ways that widths alone do not tell. */
const SIDE_BY_SIDE = /^[\p{Script=Latin}\p{Script=Common}]$/u;

/**
 * The text as it is set: composed, and with single spaces. Throws `record/unprintable-text` for nothing at all and for a
 * character that the font would draw as a box, or higher or lower than a line is.
 */
export function printable(field: string, raw: string, font: FontMetrics): string {
  const text = raw.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (text === '') throw new FaceError('record/unprintable-text', `${field} is empty`);
  for (const sign of text) if (!isPrintable(sign, font)) throw unprintable(field, sign);
  return text;
}

function isPrintable(sign: string, font: FontMetrics): boolean {
  if (!SIDE_BY_SIDE.test(sign) || /\p{C}/u.test(sign)) return false;
  const glyph = font.glyph(sign.codePointAt(0) ?? 0);
  return glyph !== null && glyph.top <= lineShape.above && -glyph.bottom <= lineShape.below;
}

function unprintable(field: string, sign: string): FaceError {
  const codePoint = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return new FaceError('record/unprintable-text', `${field} has U+${codePoint}, which this font cannot set`);
}
