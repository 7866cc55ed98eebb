import type { Grey } from './read-picture.ts';

const FILE_HEAD_BYTES = 14;
const UNCOMPRESSED = [0, 3]; // 3: with masks, which of 32 bits we take as they usually are

export function isBmp(bytes: Uint8Array): boolean {
  return bytes[0] === 0x42 && bytes[1] === 0x4d;
}

/** Windows bitmaps of 1, 4, 8, 24 and 32 bits a pixel: sharp does not read them, and fingerprint software likes to write them. */
export function readBmp(bytes: Uint8Array): Grey {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FILE_HEAD_BYTES + 40) throw new Error('the bitmap is cut off');
  const [widthPx, tall, bits] = [view.getInt32(18, true), view.getInt32(22, true), view.getUint16(28, true)];
  const heightPx = Math.abs(tall);
  if (widthPx < 1 || heightPx < 1) throw new Error(`a bitmap of ${widthPx} x ${heightPx}`);
  if (!UNCOMPRESSED.includes(view.getUint32(30, true))) throw new Error('a compressed bitmap');
  if (![1, 4, 8, 24, 32].includes(bits)) throw new Error(`a bitmap of ${bits} bits a pixel`);
  const start = view.getUint32(10, true);
  const rowBytes = Math.ceil((widthPx * bits) / 32) * 4;
  if (start + rowBytes * heightPx > bytes.length) throw new Error('the bitmap is cut off');
  const greyAt = bits > 8 ? colours(bytes, bits / 8) : indexed(bytes, bits, paletteOf(view, start));
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < pixels.length; i += 1) {
    const y = Math.floor(i / widthPx);
    const row = tall < 0 ? y : heightPx - 1 - y; // rows come from the bottom unless the height is negative
    pixels[i] = greyAt(start + row * rowBytes, i % widthPx);
  }
  return { widthPx, heightPx, pixels };
}

type GreyAt = (rowStart: number, x: number) => number;

function colours(bytes: Uint8Array, step: number): GreyAt {
  return (rowStart, x) => meanOfThree(bytes, rowStart + x * step);
}

function indexed(bytes: Uint8Array, bits: number, palette: number[]): GreyAt {
  const mask = 2 ** bits - 1;
  return (rowStart, x) => {
    const byte = bytes[rowStart + ((x * bits) >> 3)] ?? 0;
    return palette[(byte >> (8 - bits - ((x * bits) & 7))) & mask] ?? 0;
  };
}

function paletteOf(view: DataView, end: number): number[] {
  const start = FILE_HEAD_BYTES + view.getUint32(14, true);
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const count = Math.min(256, Math.max(0, Math.floor((end - start) / 4)));
  return Array.from({ length: count }, (_, i) => meanOfThree(bytes, start + 4 * i));
}

function meanOfThree(bytes: Uint8Array, at: number): number {
  return Math.round(((bytes[at] ?? 0) + (bytes[at + 1] ?? 0) + (bytes[at + 2] ?? 0)) / 3);
}
