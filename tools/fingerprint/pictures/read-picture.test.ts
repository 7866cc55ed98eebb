import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPicture } from './read-picture.ts';
import { writePng } from './write-png.ts';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'read-picture-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const [widthPx, heightPx] = [37, 11];
const ramp = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => (i * 7) % 256);
const grey = () => sharp(ramp, { raw: { width: widthPx, height: heightPx, channels: 1 } }).toColourspace('b-w');

async function read(name: string, bytes: Uint8Array) {
  writeFileSync(join(home, name), bytes);
  return readPicture(join(home, name), 500);
}
const expected = { widthPx, heightPx, dpi: 500, pixels: ramp };

describe('every format gives the same pixels', () => {
  test('PNG, grey or in colours', async () => {
    expect(await read('grey.png', await grey().png().toBuffer())).toEqual(expected);
    expect(await read('colour.png', await grey().toColourspace('srgb').png().toBuffer())).toEqual(expected);
  });

  test('PNG with transparency, which is passed over', async () => {
    const see = grey().toColourspace('srgb').ensureAlpha(0.5);
    expect(await read('see-through.png', await see.png().toBuffer())).toEqual(expected);
  });

  test('a PNG that we wrote', async () => {
    await writePng(join(home, 'own.png'), expected);
    expect(await readPicture(join(home, 'own.png'), 500)).toEqual(expected);
    expect(await sharp(join(home, 'own.png')).metadata()).toMatchObject({ density: 500, channels: 1 });
  });

  test.each(['none', 'lzw', 'deflate', 'packbits'] as const)('TIFF, compression %s', async (compression) => {
    expect(await read('grey.tif', await grey().tiff({ compression }).toBuffer())).toEqual(expected);
  });

  test('PGM as bytes and as text, with a remark in its head', async () => {
    expect(await read('p5.pgm', pgm('P5', ramp))).toEqual(expected);
    expect(await read('p2.pgm', pgm('P2', Buffer.from([...ramp].join(' '))))).toEqual(expected);
  });

  test.each([8, 24, 32])('BMP of %i bits a pixel, from the bottom or from the top', async (bits) => {
    expect(await read('up.bmp', bmp(bits, false))).toEqual(expected);
    expect(await read('down.bmp', bmp(bits, true))).toEqual(expected);
  });
});

test('a map of 16 levels is spread over 256', async () => {
  const { pixels } = await read('p2.pgm', Buffer.from('P2\n3 1\n15\n0 5 15\n'));
  expect([...pixels]).toEqual([0, 85, 255]);
});

test('a bitmap of four bits a pixel goes by its palette', async () => {
  const { pixels } = await read(
    'four.bmp',
    bitmapFile(2, 1, 4, [0, 0, 0, 0, 255, 255, 255, 0, 90, 90, 90, 0], [0x12, 0, 0, 0]),
  );
  expect([...pixels]).toEqual([255, 90]);
});

describe('what cannot be read is said with its name', () => {
  test('cut off', async () => {
    await expect(read('short.bmp', bmp(8, false).subarray(0, 300))).rejects.toThrow(
      /short\.bmp: the bitmap is cut off/,
    );
    await expect(read('short.pgm', pgm('P5', ramp).subarray(0, 100))).rejects.toThrow(/short\.pgm: .*cut off/);
    await expect(read('short.png', (await grey().png().toBuffer()).subarray(0, 60))).rejects.toThrow(/short\.png: /);
  });

  test('no picture at all', async () => {
    await expect(read('words.png', Buffer.from('these are words'))).rejects.toThrow(/words\.png: /);
    await expect(readPicture(join(home, 'nowhere.png'), 500)).rejects.toThrow(/nowhere\.png/);
  });
});

function pgm(magic: string, data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${magic}\n# a remark\n${widthPx} ${heightPx}\n255\n`), data]);
}

function bmp(bits: number, isTopDown: boolean): Buffer {
  const rowBytes = Math.ceil((widthPx * bits) / 32) * 4;
  const data = Buffer.alloc(rowBytes * heightPx);
  for (const [i, level] of ramp.entries()) {
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)];
    const row = isTopDown ? y : heightPx - 1 - y;
    data.fill(level, row * rowBytes + (x * bits) / 8, row * rowBytes + ((x + 1) * bits) / 8);
  }
  const palette = bits === 8 ? Array.from({ length: 256 }, (_, level) => [level, level, level, 0]).flat() : [];
  return bitmapFile(widthPx, isTopDown ? -heightPx : heightPx, bits, palette, data);
}

function bitmapFile(
  width: number,
  height: number,
  bits: number,
  palette: number[],
  data: Uint8Array | number[],
): Buffer {
  const head = Buffer.alloc(54);
  head.write('BM');
  head.writeUInt32LE(54 + palette.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  return Buffer.concat([head, Buffer.from(palette), Buffer.from(data)]);
}
