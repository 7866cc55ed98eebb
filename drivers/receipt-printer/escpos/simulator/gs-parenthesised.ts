import type { Press } from './press.ts';
import { printPicture } from './raster.ts';

const levels = ['L', 'M', 'Q', 'H'] as const;

/** GS ( and a letter. Letters and functions that are not here (self-test, settings, macros) are stepped over. */
export function parenthesisedCommand(press: Press, [, , letter = 0, , , ...data]: readonly number[]): void {
  if (letter === 0x6b) twoDimensional(press, data);
  else if (letter === 0x4c) graphics(press, data);
  else if (letter === 0x48) jobDone(press, data);
}

/** GS ( H fn 48: the reply 37 22 d1-d4 00 leaves when all before it is on paper (sheet B.2). */
function jobDone(press: Press, [fn = 0, mode = 0, ...id]: readonly number[]): void {
  if (fn === 0x30 && mode === 0x30 && id.length === 4) {
    press.actions.push({ do: 'reply', bytes: [0x37, 0x22, ...id, 0x00] });
  }
}

/** GS ( k: kind 49 is a QR code, 48 is PDF417; function 80 stores, 81 prints. */
function twoDimensional(press: Press, [kind = 0, fn = 0, ...data]: readonly number[]): void {
  const { qr, align } = press.settings;
  if (fn === 67) qr.module = Math.max(1, Math.min(16, data[0] ?? 3));
  else if (fn === 69 && kind === 49) qr.level = levels[(data[0] ?? 0) - 48] ?? qr.level;
  else if (fn === 80) qr.text = new TextDecoder().decode(Uint8Array.from(data.slice(1)));
  else if (fn === 81 && qr.text !== '') {
    const { module, level, text } = qr;
    const format = kind === 48 ? 'PDF417' : 'QRCode';
    const moduleY = format === 'QRCode' ? module : module * 3;
    press.actions.push({
      do: 'symbol',
      symbol: { format, text, level, moduleX: module, moduleY, label: 'none', align },
    });
  }
}

/** GS 8 L p1-p4: the same pictures as GS ( L, with room for larger ones. */
export function longLength([, , , a, b, c, d]: readonly number[]): number | undefined {
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  return 7 + a + b * 256 + c * 65_536 + d * 16_777_216;
}

/** Function 112 stores a picture of one colour, 2 or 50 prints it. */
export function graphics(press: Press, data: readonly number[]): void {
  const [, fn = 0, , timesX = 1, timesY = 1, , xLow = 0, xHigh = 0, yLow = 0, yHigh = 0, ...dots] = data;
  const { settings } = press;
  if (fn === 112) {
    const [widthDots, rows] = [xLow + xHigh * 256, yLow + yHigh * 256];
    const bytes = Uint8Array.from(dots.slice(0, Math.ceil(widthDots / 8) * rows));
    const whole = widthDots > 0 && rows > 0 && bytes.length === Math.ceil(widthDots / 8) * rows;
    const [times, down] = [timesX === 2 ? 2 : 1, timesY === 2 ? 2 : 1];
    const base64 = Buffer.from(bytes).toString('base64');
    settings.picture = whole ? { widthDots, rows, timesX: times, timesY: down, base64 } : null;
  } else if ((fn === 2 || fn === 50) && settings.picture) {
    const { widthDots, rows, timesX: across, timesY: down, base64 } = settings.picture;
    printPicture(press, { widthDots, rows, dots: new Uint8Array(Buffer.from(base64, 'base64')) }, across, down);
    settings.picture = null;
  }
}
