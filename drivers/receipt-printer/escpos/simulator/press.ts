import { type Band, turned } from './band.ts';
import { drawLine } from './draw-line.ts';
import { fonts } from './font.ts';

/** How characters look, as the commands so far have set it. */
export interface Look {
  font: 'a' | 'b';
  bold: boolean;
  underline: number;
  inverse: boolean;
  widthTimes: number;
  heightTimes: number;
}

/** All that ESC @ puts back. */
export interface Settings extends Look {
  codePage: number;
  align: 'left' | 'centre' | 'right';
  lineSpacing: number;
  letterSpacing: number;
  upsideDown: boolean;
  leftMargin: number;
  areaWidth: number;
  tabs: number[];
  barcode: { height: number; module: number; label: 'none' | 'above' | 'below' | 'both' };
  qr: { module: number; level: 'L' | 'M' | 'Q' | 'H'; text: string };
  picture: { widthDots: number; rows: number; timesX: number; timesY: number; base64: string } | null;
}

/** What stands in the line that is not printed yet: a character, or columns of dots (ESC *). */
export type Piece = Letter | Columns;
interface Box {
  x: number;
  width: number;
  height: number;
}
export interface Letter extends Box {
  character: string;
  look: Look;
}
export interface Columns extends Box {
  /** From left to right, each from top to bottom, as "1" and "0". */
  columns: string[];
  timesX: number;
  timesY: number;
}

/** What the mechanism must do next, in order. Replies stand among them: they leave when all before them is on paper. */
export type Action =
  | { do: 'print'; band: Band; text: string[] }
  | { do: 'cut' }
  | { do: 'reply'; bytes: number[] }
  | { do: 'sensor-reply'; which: number }
  | { do: 'identity'; which: number }
  | { do: 'asb' }
  | { do: 'symbol'; symbol: SymbolJob };

export interface SymbolJob {
  format:
    | 'QRCode'
    | 'PDF417'
    | 'Code128'
    | 'Code39'
    | 'Code93'
    | 'EAN13'
    | 'EAN8'
    | 'UPCA'
    | 'UPCE'
    | 'ITF'
    | 'Codabar';
  text: string;
  level: Settings['qr']['level'];
  moduleX: number;
  moduleY: number;
  label: Settings['barcode']['label'];
  align: Settings['align'];
}

/** The part of the printer that reads commands: plain data, apart from paper, power and wire. */
export interface Press {
  readonly widthDots: number;
  settings: Settings;
  line: Piece[];
  actions: Action[];
  /** Bytes of the command that is not whole yet. */
  pending: number[];
  /** Bytes still to be swallowed unread. */
  skip: number;
  raster: { rowBytes: number; rowsLeft: number; timesX: number; timesY: number; row: number[] } | null;
  asbMask: number;
  /** Commands this printer does not know, for tests and technicians; the first 32. */
  unknown: string[];
  drawerPulses: number;
}

export const DEFAULT_SPACING = 30;

export function freshSettings(widthDots: number): Settings {
  return {
    ...{ font: 'a', bold: false, underline: 0, inverse: false, widthTimes: 1, heightTimes: 1 },
    ...{ codePage: 0, align: 'left', lineSpacing: DEFAULT_SPACING, letterSpacing: 0, upsideDown: false },
    ...{ leftMargin: 0, areaWidth: widthDots, tabs: Array.from({ length: 32 }, (_, i) => (i + 1) * 8) },
    barcode: { height: 162, module: 3, label: 'none' },
    qr: { module: 3, level: 'L', text: '' },
    picture: null,
  };
}

export function freshPress(widthDots: number): Press {
  return {
    widthDots,
    settings: freshSettings(widthDots),
    ...{ line: [], actions: [], pending: [], skip: 0, raster: null, asbMask: 0, unknown: [], drawerPulses: 0 },
  };
}

export function lineEnd(press: Press): number {
  const last = press.line.at(-1);
  return last ? last.x + last.width : 0;
}

/** Where the printing area ends: left margin and width may not leave the paper. */
export function areaWidth({ settings, widthDots }: Press): number {
  return Math.max(8, Math.min(settings.areaWidth, widthDots - settings.leftMargin));
}

/** Sets one character; a full line prints itself first. */
export function typeset(press: Press, character: string): void {
  const { font, bold, underline, inverse, widthTimes, heightTimes, letterSpacing } = press.settings;
  const { width: cell, height } = fonts[font];
  const width = (cell + letterSpacing) * widthTimes;
  if (lineEnd(press) + width > areaWidth(press)) printLine(press);
  const look: Look = { font, bold, underline, inverse, widthTimes, heightTimes };
  addPiece(press, { x: lineEnd(press), width, height: height * heightTimes, character, look });
}

/** More pieces than a line has dots can only be words printed over words: then the line goes out as it is. */
export function addPiece(press: Press, piece: Piece): void {
  if (press.line.length >= press.widthDots) printLine(press);
  press.line.push(piece);
}

/** Prints what stands in the line and feeds: by the line spacing or, where that is less, by the height of the line. */
export function printLine(press: Press, feedDots = press.settings.lineSpacing, blankLines = 0): void {
  const { line, settings } = press;
  const tallest = Math.max(0, ...line.map(({ height }) => height));
  const rows = Math.max(feedDots, tallest);
  press.line = [];
  const left = indent(press, widthOf(line));
  const band = drawLine(line, { widthDots: press.widthDots, left, tallest, rows });
  const text = [textOf(press, line), ...Array.from({ length: blankLines }, () => '')];
  if (rows > 0) press.actions.push({ do: 'print', band: settings.upsideDown ? turned(band) : band, text });
}

/** How far to move something of this width to the right, by margin and alignment. */
export function indent(press: Press, width: number): number {
  const { align, leftMargin } = press.settings;
  const spare = Math.max(0, areaWidth(press) - width);
  return leftMargin + (align === 'left' ? 0 : align === 'right' ? spare : Math.floor(spare / 2));
}

/** The line as a person would type it: the indent in columns of font A, gaps as spaces. */
function textOf(press: Press, line: readonly Piece[]): string {
  let end = -indent(press, widthOf(line));
  let text = '';
  for (const piece of line) {
    text += ' '.repeat(Math.max(0, Math.round((piece.x - end) / fonts.a.width)));
    text += 'character' in piece ? piece.character : '';
    end = piece.x + piece.width;
  }
  return text.trimEnd();
}

function widthOf(line: readonly Piece[]): number {
  return line.reduce((end, { x, width }) => Math.max(end, x + width), 0);
}
