import { barcode, barcodeLength } from './barcode.ts';
import { type Command, parenthesised } from './command.ts';
import { graphics, longLength, parenthesisedCommand } from './gs-parenthesised.ts';
import { type Press, printLine, type Settings } from './press.ts';
import { beginRaster } from './raster.ts';

const set = (change: (settings: Settings, n: number) => void): Command => ({
  length: 3,
  run: ({ settings }, [, , n = 0]) => change(settings, n),
});
const set16 = (change: (settings: Settings, n: number) => void): Command => ({
  length: 4,
  run: ({ settings }, [, , low = 0, high = 0]) => change(settings, low + high * 256),
});
const stepOver = (length: number): Command => ({ length });
const labels = ['none', 'above', 'below', 'both'] as const;
/** From the heating line to the knife; "feed to the cutting position" of GS V 65 and 66. */
const HEAD_TO_KNIFE_DOTS = 96;

/** GS and a letter. */
export const gsCommands: Readonly<Record<string, Command>> = {
  '!': set((settings, n) => {
    settings.widthTimes = ((n >> 4) & 7) + 1;
    settings.heightTimes = (n & 7) + 1;
  }),
  B: set((settings, n) => {
    settings.inverse = (n & 1) !== 0;
  }),
  L: set16((settings, n) => {
    settings.leftMargin = n;
  }),
  W: set16((settings, n) => {
    settings.areaWidth = n;
  }),
  h: set(({ barcode }, n) => {
    barcode.height = Math.max(1, n);
  }),
  w: set(({ barcode }, n) => {
    if (n >= 1 && n <= 6) barcode.module = n;
  }),
  H: set(({ barcode }, n) => {
    barcode.label = labels[n % 48] ?? 'none';
  }),
  V: { length: cutLength, run: cut },
  v: { length: 8, run: beginRaster },
  k: { length: barcodeLength, run: barcode },
  '(': { length: parenthesised, run: parenthesisedCommand },
  '8': { length: longLength, run: (press, [, , , , , , , ...data]) => graphics(press, data) },
  a: {
    length: 3,
    run: (press, [, , n = 0]) => {
      press.asbMask = n;
      press.actions.push({ do: 'asb' });
    },
  },
  r: { length: 3, run: (press, [, , n = 0]) => void press.actions.push({ do: 'sensor-reply', which: n % 48 }) },
  I: { length: 3, run: (press, [, , n = 0]) => void press.actions.push({ do: 'identity', which: n }) },
  f: stepOver(3), // font of the label under a barcode
  b: stepOver(3), // smoothing
  P: stepOver(4),
  T: stepOver(3),
  E: stepOver(3),
  '/': stepOver(3),
  '*': { length: ([, , x, y]) => (x === undefined || y === undefined ? undefined : 4 + x * y * 8) },
  ':': stepOver(2),
  '^': stepOver(5),
  $: stepOver(4),
  '\\': stepOver(4),
  g: stepOver(4),
  j: stepOver(3),
};

/** GS V m, or GS V m n where m asks for a feed first. */
function cutLength([, , mode]: readonly number[]): number | undefined {
  if (mode === undefined) return undefined;
  return mode < 65 ? 3 : 4;
}

function cut(press: Press, [, , mode = 0, n = 0]: readonly number[]): void {
  if (press.line.length > 0) printLine(press);
  if (mode >= 65) printLine(press, HEAD_TO_KNIFE_DOTS + n);
  press.actions.push({ do: 'cut' });
}
