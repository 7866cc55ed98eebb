import { expect, test } from 'vitest';
import { isWholePng, jpegSize } from './pictures.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
// SOI, APP0 of 4 bytes, SOF0 of 532 x 399, SOS, one byte of scan, EOI
const jpeg = 'ffd8 ffe0 0004 0000 ffc0 0011 08 0214 018f 03 012200 021101 031101 ffda 0002 00 ffd9';

test('the size of a JPEG stands in its frame header', () => {
  expect(jpegSize(hex(jpeg))).toEqual({ widthPx: 399, heightPx: 532 });
});

test('a progressive frame counts, and so do fill bytes before a marker', () => {
  expect(jpegSize(hex(jpeg.replace('ffc0', 'ffffc2')))).toEqual({ widthPx: 399, heightPx: 532 });
});

test.each([
  ['nothing', ''],
  ['two bytes', 'ffd8'],
  ['no frame before the scan', 'ffd8 ffda 0002 00 ffd9'],
  ['only Huffman tables', 'ffd8 ffc4 0002 ffd9'],
  ['no end', jpeg.slice(0, -4)],
  ['another format', `89504e47${jpeg.slice(8)}`],
  ['noise where a marker should be', 'ffd8 0011 2233 4455 6677 8899 ffd9'],
])('a file with %s is no JPEG', (_, text) => {
  expect(jpegSize(hex(text))).toBeNull();
});

test('a PNG begins and ends as one', () => {
  const png = '89504e470d0a1a0a 00 49454e44ae426082';
  expect(isWholePng(hex(png))).toBe(true);
  expect(isWholePng(hex(png.slice(0, -2)))).toBe(false);
  expect(isWholePng(hex('49454e44ae426082'))).toBe(false);
});
