import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { describe, expect, test } from 'vitest';
import { isBlack } from './band.ts';
import { takeByte } from './commands.ts';
import { freshPress, type Press } from './press.ts';

function press(...parts: (string | readonly number[] | Uint8Array)[]): Press {
  const printer = freshPress(576);
  for (const part of parts)
    for (const byte of typeof part === 'string' ? Buffer.from(part, 'latin1') : part) takeByte(printer, byte);
  return printer;
}
const prints = ({ actions }: Press) => actions.flatMap((action) => (action.do === 'print' ? [action] : []));
const lines = (printer: Press) => prints(printer).flatMap(({ text }) => text);
const heights = (printer: Press) => prints(printer).map(({ band }) => band.rows);
const blackDots = (printer: Press) => {
  let count = 0;
  for (const { band } of prints(printer))
    for (const byte of band.dots) count += byte.toString(2).replaceAll('0', '').length;
  return count;
};

describe('letters', () => {
  test('a line appears when it is fed, and wraps at 48 characters', () => {
    expect(lines(press('Halo'))).toEqual([]);
    expect(lines(press('Halo\n\nIbu\r\n'))).toEqual(['Halo', '', 'Ibu']);
    expect(lines(press(`${'x'.repeat(50)}\n`))).toEqual(['x'.repeat(48), 'xx']);
  });

  test('ESC t chooses among cp437, cp858 and windows-1252 what the upper half means', () => {
    expect(lines(press([0x1b, 0x74, 0, 0x82, 0xe1, 0x0a]))).toEqual(['éß']);
    expect(lines(press([0x1b, 0x74, 19, 0x82, 0xd5, 0x0a]))).toEqual(['é€']);
    expect(lines(press([0x1b, 0x74, 16, 0xe9, 0x80, 0x0a]))).toEqual(['é€']);
  });

  test('larger, bold, underlined and inverse letters put more dots on paper', () => {
    const plain = blackDots(press('NIK\n'));
    expect(blackDots(press([0x1d, 0x21, 0x11], 'NIK\n'))).toBe(plain * 4);
    expect(heights(press([0x1d, 0x21, 0x11], 'NIK\n'))).toEqual([48]);
    expect(blackDots(press([0x1b, 0x45, 1], 'NIK\n'))).toBeGreaterThan(plain);
    expect(blackDots(press([0x1b, 0x2d, 1], 'NIK\n'))).toBeGreaterThan(plain);
    expect(blackDots(press([0x1d, 0x42, 1], 'NIK\n'))).toBe(3 * 12 * 24 - plain);
    expect(blackDots(press([0x1b, 0x21, 0x38], 'NIK\n'))).toBeGreaterThan(plain * 4);
    expect(lines(press([0x1b, 0x4d, 1], `${'y'.repeat(64)}\n`))).toEqual(['y'.repeat(64)]);
  });

  test('alignment, margins, tabs and positions move the words', () => {
    expect(lines(press([0x1b, 0x61, 1], 'tengah\n'))).toEqual([`${' '.repeat(21)}tengah`]);
    expect(lines(press([0x1b, 0x61, 2], 'kanan\n'))).toEqual([`${' '.repeat(43)}kanan`]);
    expect(lines(press([0x1d, 0x4c, 48, 0], 'ab\n'))).toEqual(['    ab']);
    expect(lines(press([0x1d, 0x57, 48, 0], 'abcdef\n'))).toEqual(['abcd', 'ef']);
    expect(lines(press('a\tb\n'))).toEqual(['a       b']);
    expect(lines(press([0x1b, 0x44, 4, 0], 'a\tb\n'))).toEqual(['a   b']);
    expect(lines(press('a', [0x1b, 0x24, 120, 0], 'b\n'))).toEqual(['a         b']);
  });

  test('upside down turns the dots and not the words', () => {
    const [upright, turned] = [press('L\n'), press([0x1b, 0x7b, 1], 'L\n')].map((printer) => prints(printer)[0]!.band);
    expect(isBlack(upright!, 3, 10)).toBe(true);
    expect(isBlack(turned!, 575 - 3, 29 - 10)).toBe(true);
  });

  test('spacing and feeds are measured in dots', () => {
    expect(heights(press('a\n', [0x1b, 0x33, 60], 'a\n', [0x1b, 0x33, 0], 'a\n', [0x1b, 0x32], 'a\n'))).toEqual([
      30, 60, 24, 30,
    ]);
    expect(heights(press([0x1b, 0x64, 3], [0x1b, 0x4a, 100]))).toEqual([90, 100]);
    expect(lines(press('a', [0x1b, 0x64, 3]))).toEqual(['a', '', '']);
  });

  test('ESC @ forgets look and line, and keeps automatic status', () => {
    const printer = press([0x1d, 0x61, 0xff, 0x1b, 0x45, 1, 0x1b, 0x61, 1], 'half', [0x1b, 0x40], 'whole\n');
    expect(lines(printer)).toEqual(['whole']);
    expect(printer.asbMask).toBe(0xff);
    expect(printer.settings).toEqual(freshPress(576).settings);
  });
});

describe('pictures', () => {
  const checks = { width: 48, height: 48, data: new Uint8ClampedArray(48 * 48 * 4) };
  for (let at = 0; at < 48 * 48; at += 1)
    checks.data.set(
      [0, 0, 0, 255].map((v) => ((at >> 3) % 2 ? v : 255)),
      at * 4,
    );

  test.each(['raster', 'column'] as const)('a picture sent as %s arrives dot for dot', (imageMode) => {
    const encoder = new ReceiptPrinterEncoder({ language: 'esc-pos', columns: 48, imageMode });
    const printer = press(encoder.image(checks as ImageData, 48, 48, 'threshold').encode());
    expect(printer.unknown).toEqual([]);
    const bands = prints(printer).map(({ band }) => band);
    const rows = bands.flatMap((band) =>
      Array.from({ length: band.rows }, (_, y) => [...Array(48).keys()].map((x) => isBlack(band, x, y))),
    );
    const wanted = Array.from({ length: 48 }, (_, y) =>
      [...Array(48).keys()].map((x) => ((y * 48 + x) >> 3) % 2 === 1),
    );
    expect(rows.filter((row) => row.includes(true))).toEqual(wanted);
  });

  test('a picture is stored and printed by GS ( L, at double size if asked', () => {
    const stored = [0x1d, 0x28, 0x4c, 12, 0, 48, 112, 48, 2, 2, 49, 16, 0, 1, 0, 0xf0, 0x0f];
    const printer = press(stored, [0x1d, 0x28, 0x4c, 2, 0, 48, 50]);
    expect(heights(printer)).toEqual([2]);
    expect(blackDots(printer)).toBe(8 * 4);
  });

  test('rows of a picture wider than the paper are cut at its edge', () => {
    const printer = press([0x1d, 0x76, 0x30, 0, 100, 0, 1, 0], new Uint8Array(100).fill(0xff), 'after\n');
    expect(blackDots(printer)).toBeGreaterThan(576);
    expect(lines(printer)).toEqual(['after']);
  });
});

describe('what is stepped over', () => {
  test('commands without an effect on paper take their arguments with them', () => {
    const silent = [
      ...[0x1c, 0x2e, 0x1b, 0x52, 7, 0x1b, 0x3d, 1, 0x1b, 0x63, 0x35, 0, 0x1b, 0x72, 1, 0x1d, 0x66, 1, 0x1d, 0x62, 1],
      ...[
        0x1d, 0x28, 0x41, 2, 0, 0, 2, 0x10, 0x04, 1, 0x10, 0x05, 1, 0x10, 0x14, 1, 0, 1, 0x1b, 0x56, 0, 0x1d, 0x50, 0,
        0,
      ],
    ];
    const printer = press(silent, 'x\n');
    expect(lines(printer)).toEqual(['x']);
    expect(printer.unknown).toEqual([]);
  });

  test('an unknown command is noted by name, and the next one is understood', () => {
    const printer = press([0x1b, 0x7f, 0x1d, 0x99], 'x', [0x1b, 0x1b, 0x45, 1], 'y\n');
    expect(printer.unknown).toEqual(['1b 7f', '1d 99']);
    expect(lines(printer)).toEqual(['xy']);
  });

  test('a command that claims four gigabytes is swallowed without keeping them', () => {
    const printer = press([0x1d, 0x38, 0x4c, 0xff, 0xff, 0xff, 0xff], new Uint8Array(10_000));
    expect(printer.pending).toEqual([]);
    expect(printer.skip).toBe(0xffffffff - 10_000);
  });
});
