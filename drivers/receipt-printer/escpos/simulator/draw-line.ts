import { type Band, blacken, blankBand } from './band.ts';
import { fonts } from './font.ts';
import type { Columns, Letter, Piece } from './press.ts';

interface Place {
  widthDots: number;
  left: number;
  tallest: number;
  rows: number;
}

/** Receipts say much the same: heads, feet and rules are drawn once. */
const drawn = new Map<string, Band>();
const mostKept = 500;
/** More than the widest paper holds of font B: other lines are no words. */
const longestKept = 64;

/** The dots of one line, to be read only. Pieces of all sizes stand on the same foot, `tallest` dots below the top of the strip. */
export function drawLine(line: readonly Piece[], place: Place): Band {
  if (line.length > longestKept || line.some((piece) => !('character' in piece))) return drawAnew(line, place);
  const key = JSON.stringify([place, line]);
  const known = drawn.get(key) ?? drawAnew(line, place);
  if (drawn.size >= mostKept) drawn.clear();
  drawn.set(key, known);
  return known;
}

function drawAnew(line: readonly Piece[], { widthDots, left, tallest, rows }: Place): Band {
  const band = blankBand(widthDots, rows);
  for (const piece of line) {
    const top = tallest - piece.height;
    if ('character' in piece) drawCharacter(band, piece, left + piece.x, top);
    else drawColumns(band, piece, left + piece.x, top);
  }
  return band;
}

function drawCharacter(band: Band, piece: Letter, left: number, top: number): void {
  const { font, bold, underline, inverse, widthTimes, heightTimes } = piece.look;
  const { dot, width, height } = fonts[font];
  const inked = (x: number, y: number) => {
    const [glyphX, glyphY] = [Math.floor(x / widthTimes), Math.floor(y / heightTimes)];
    if (glyphY >= height - underline) return true;
    return x >= 0 && glyphX < width && dot(piece.character, glyphX, glyphY);
  };
  for (let y = 0; y < piece.height; y += 1) {
    for (let x = 0; x < piece.width; x += 1) {
      const dark = inked(x, y) || (bold && inked(x - 1, y)); // bold is struck twice, one dot apart
      if (dark !== inverse) blacken(band, left + x, top + y);
    }
  }
}

function drawColumns(band: Band, piece: Columns, left: number, top: number): void {
  piece.columns.forEach((column, index) => {
    for (let y = 0; y < piece.height; y += 1) {
      if (column[Math.floor(y / piece.timesY)] !== '1') continue;
      for (let x = 0; x < piece.timesX; x += 1) blacken(band, left + index * piece.timesX + x, top + y);
    }
  });
}
