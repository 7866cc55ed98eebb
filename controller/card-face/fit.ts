import type { FontMetrics } from './font-metrics.ts';
import type { TextStyle } from './layout.ts';

export interface Fitted {
  readonly sizePx: number;
  readonly lines: readonly string[];
}

/** How wide a text stands, in pixels. Kerning is left out: it draws letters together, so the measure is the safe side. */
export function widthOf(text: string, sizePx: number, font: FontMetrics): number {
  let advance = 0;
  for (const sign of text) advance += font.glyph(sign.codePointAt(0) ?? 0)?.advance ?? 0;
  return advance * sizePx;
}

/**
 * Sets a text into a width: on one line if that takes no less than the easy size, else on as few lines as give that size,
 * else on the number of lines that gives the largest. Null where even the smallest size does not fit. Nothing is ever cut.
 */
export function fitWidth(text: string, widthPx: number, style: TextStyle, font: FontMetrics): Fitted | null {
  let best: Fitted | null = null;
  for (let lines = 1; lines <= style.maxLines; lines++) {
    const found = largest(text, widthPx, { ...style, maxLines: lines }, font);
    if (found && found.sizePx > (best?.sizePx ?? 0)) best = found;
    if (best && best.sizePx >= style.easyPx) return best;
  }
  return best;
}

function largest(text: string, widthPx: number, style: TextStyle, font: FontMetrics): Fitted | null {
  for (let sizePx = style.maxPx; sizePx >= style.minPx; sizePx--) {
    const lines = wrap(text, widthPx, sizePx, font);
    if (lines && lines.length <= style.maxLines) return { sizePx, lines };
  }
  return null;
}

/** Breaks at spaces and after hyphens; null where one piece alone is too wide. */
function wrap(text: string, widthPx: number, sizePx: number, font: FontMetrics): string[] | null {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/(?<= )|(?<=-)(?=\p{L})/u)) {
    if (widthOf(piece.trimEnd(), sizePx, font) > widthPx) return null;
    if (widthOf((line + piece).trimEnd(), sizePx, font) > widthPx) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
}
