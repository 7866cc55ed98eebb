import { characterOf } from './code-pages.ts';
import { type Command, parenthesised } from './command.ts';
import { escCommands } from './esc-commands.ts';
import { gsCommands } from './gs-commands.ts';
import { lineEnd, type Press, printLine, typeset } from './press.ts';
import { rasterByte } from './raster.ts';

const [HT, LF, FF, CR, DLE, CAN, ESC, FS, GS] = [0x09, 0x0a, 0x0c, 0x0d, 0x10, 0x18, 0x1b, 0x1c, 0x1d];
/** Longer than any command with a purpose (ESC * at its longest); what claims more is swallowed unread. */
const LONGEST_COMMAND = 256 * 1024;

const fsCommands: Readonly<Record<string, Command>> = {
  '.': { length: 2 }, // leave kanji mode
  '&': { length: 2 },
  '!': { length: 3 },
  '-': { length: 3 },
  C: { length: 3 },
  S: { length: 4 },
  W: { length: 3 },
  p: { length: 4 }, // picture from flash: this printer holds none
  '(': { length: parenthesised },
};

/** Obeyed when they arrived (`realtime.ts`); here they are only stepped over. */
const dleCommands: Readonly<Record<string, Command>> = {
  '\u0004': { length: 3 },
  '\u0005': { length: 3 },
  '\u0014': { length: ([, , fn]) => (fn === undefined ? undefined : fn === 8 ? 10 : 5) },
};

const families: ReadonlyMap<number, Readonly<Record<string, Command>>> = new Map([
  [ESC, escCommands],
  [GS, gsCommands],
  [FS, fsCommands],
  [DLE, dleCommands],
]);

/** Reads one byte; what the mechanism must do is appended to `press.actions`. Never throws, never keeps more than it may. */
export function takeByte(press: Press, byte: number): void {
  if (press.skip > 0) press.skip -= 1;
  else if (press.raster) rasterByte(press, byte);
  else if (press.pending.length === 0 && !families.has(byte)) plainByte(press, byte);
  else commandByte(press, byte);
}

function plainByte(press: Press, byte: number): void {
  if (byte >= 0x20 && byte !== 0x7f) typeset(press, characterOf(byte, press.settings.codePage));
  else if (byte === LF || byte === FF) printLine(press);
  else if (byte === CAN) press.line = [];
  else if (byte === HT) tab(press);
  else if (byte === CR) return; // taken as part of CR LF
}

function tab(press: Press): void {
  const column = lineEnd(press) / 12;
  const next = press.settings.tabs.find((stop) => stop > column);
  while (next !== undefined && lineEnd(press) / 12 < next && next <= press.widthDots / 12) typeset(press, ' ');
}

function commandByte(press: Press, byte: number): void {
  const { pending } = press;
  if (pending.length === 1 && families.has(byte)) pending.length = 0; // a new command where a letter was due
  pending.push(byte);
  if (pending.length < 2) return;
  const [prefix = 0, letter = 0] = pending;
  const command = families.get(prefix)?.[String.fromCharCode(letter)];
  if (command) measure(press, command);
  else forget(press);
}

function measure(press: Press, { length, run }: Command): void {
  const { pending } = press;
  const total = typeof length === 'number' ? length : length(pending);
  if (total === undefined) return;
  if (total > LONGEST_COMMAND) {
    press.skip = total - pending.length;
    press.pending = [];
  } else if (pending.length >= total) {
    press.pending = [];
    run?.(press, pending);
  }
}

function forget(press: Press): void {
  const name = press.pending.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  if (press.unknown.length < 32) press.unknown.push(name);
  press.pending = [];
}
