import { type Command, parenthesised } from './command.ts';
import { fonts } from './font.ts';
import {
  addPiece,
  areaWidth,
  DEFAULT_SPACING,
  freshSettings,
  lineEnd,
  type Press,
  printLine,
  type Settings,
} from './press.ts';

const set = (change: (settings: Settings, n: number) => void): Command => ({
  length: 3,
  run: ({ settings }, [, , n = 0]) => change(settings, n),
});
const stepOver = (length: number): Command => ({ length });
const alignments = ['left', 'centre', 'right'] as const;
const MOST_TABS = 32;

/** ESC and a letter. What is only stepped over has no effect that anybody could see on this printer's paper. */
export const escCommands: Readonly<Record<string, Command>> = {
  '@': { length: 2, run: reset },
  '!': set((settings, n) => {
    settings.font = n & 0x01 ? 'b' : 'a';
    settings.bold = (n & 0x08) !== 0;
    settings.heightTimes = n & 0x10 ? 2 : 1;
    settings.widthTimes = n & 0x20 ? 2 : 1;
    settings.underline = n & 0x80 ? 1 : 0;
  }),
  ' ': set((settings, n) => {
    settings.letterSpacing = n;
  }),
  '-': set((settings, n) => {
    settings.underline = n % 48 <= 2 ? n % 48 : 0;
  }),
  '2': {
    length: 2,
    run: ({ settings }) => {
      settings.lineSpacing = DEFAULT_SPACING;
    },
  },
  '3': set((settings, n) => {
    settings.lineSpacing = n;
  }),
  E: set((settings, n) => {
    settings.bold = (n & 1) !== 0;
  }),
  G: set((settings, n) => {
    settings.bold = (n & 1) !== 0;
  }),
  M: set((settings, n) => {
    settings.font = n % 48 === 1 ? 'b' : 'a';
  }),
  a: set((settings, n) => {
    settings.align = alignments[n % 48] ?? settings.align;
  }),
  t: set((settings, n) => {
    settings.codePage = n;
  }),
  '{': set((settings, n) => {
    settings.upsideDown = (n & 1) !== 0;
  }),
  D: { length: tabsLength, run: setTabs },
  d: { length: 3, run: (press, [, , n = 0]) => feedLines(press, n) },
  J: { length: 3, run: (press, [, , n = 0]) => printLine(press, n) },
  $: { length: 4, run: (press, [, , low = 0, high = 0]) => moveTo(press, low + high * 256) },
  '\\': { length: 4, run: (press, [, , low = 0, high = 0]) => moveTo(press, lineEnd(press) + signed(low, high)) },
  '*': { length: columnsLength, run: setColumns },
  p: {
    length: 5,
    run: (press) => {
      press.drawerPulses += 1;
    },
  },
  i: { length: 2, run: (press) => void press.actions.push({ do: 'cut' }) },
  m: { length: 2, run: (press) => void press.actions.push({ do: 'cut' }) },
  R: stepOver(3), // national variants of a few ASCII signs; Indonesian has none
  '=': stepOver(3),
  B: stepOver(4), // beep
  c: stepOver(4), // paper sensors and panel buttons
  e: stepOver(3),
  K: stepOver(3),
  L: stepOver(2), // page mode
  S: stepOver(2),
  T: stepOver(3),
  U: stepOver(3),
  V: stepOver(3),
  r: stepOver(3), // second colour
  '(': { length: parenthesised },
};

/** ESC @: settings and the unprinted line go back; what is in the receive buffer and ASB (GS a) stay. */
function reset(press: Press): void {
  press.settings = freshSettings(press.widthDots);
  press.line = [];
}

function feedLines(press: Press, lines: number): void {
  printLine(press, lines * press.settings.lineSpacing, Math.max(0, lines - 1));
}

function signed(low: number, high: number): number {
  const value = low + high * 256;
  return value < 0x8000 ? value : value - 0x10000;
}

/** The next piece begins at `x`; a piece without a width holds the place. */
function moveTo(press: Press, x: number): void {
  if (x < 0 || x > areaWidth(press)) return;
  addPiece(press, { x, width: 0, height: 0, columns: [], timesX: 1, timesY: 1 });
}

function tabsLength(bytes: readonly number[]): number | undefined {
  if (bytes.length < 3) return undefined;
  const ended = bytes.at(-1) === 0 || bytes.length >= MOST_TABS + 3;
  return ended ? bytes.length : undefined;
}

function setTabs({ settings }: Press, bytes: readonly number[]): void {
  settings.tabs = bytes.slice(2).filter((stop) => stop > 0);
}

/** ESC * m nL nH: 8 or 24 dots to a column. */
function columnsLength([, , mode, low, high]: readonly number[]): number | undefined {
  if (mode === undefined || low === undefined || high === undefined) return undefined;
  return 5 + (low + high * 256) * (mode >= 32 ? 3 : 1);
}

function setColumns(press: Press, [, , mode = 0, , , ...data]: readonly number[]): void {
  const bytesEach = mode >= 32 ? 3 : 1;
  const [timesX, timesY] = [mode % 32 === 0 ? 2 : 1, bytesEach === 3 ? 1 : 3];
  const most = Math.ceil(press.widthDots / timesX);
  const columns: string[] = [];
  for (let at = 0; at < data.length && columns.length < most; at += bytesEach) {
    columns.push(
      data
        .slice(at, at + bytesEach)
        .map((byte) => byte.toString(2).padStart(8, '0'))
        .join(''),
    );
  }
  const [width, height] = [columns.length * timesX, fonts.a.height];
  addPiece(press, { x: lineEnd(press), width, height, columns, timesX, timesY });
}
