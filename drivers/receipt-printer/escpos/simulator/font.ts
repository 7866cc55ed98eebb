import { readFileSync } from 'node:fs';
import { printable } from './code-pages.ts';

/** A font in the printer's ROM: `dot` says whether a dot of a character is dark. */
export interface Font {
  width: number;
  height: number;
  dot(character: string, x: number, y: number): boolean;
}

const order = new Map(printable.map((character, index) => [character, index]));

/** Fonts A and B, 12 x 24 and 9 x 17 dots, as most printers have them at 8 dots/mm. */
export const fonts: { a: Font; b: Font } = {
  a: read('font-a.pbm', 12, 24),
  b: read('font-b.pbm', 9, 17),
};

function read(file: string, width: number, height: number): Font {
  const rowBytes = Math.ceil(width / 8);
  const bytes = readFileSync(new URL(file, import.meta.url));
  const rows = bytes.subarray(bytes.length - printable.length * height * rowBytes);
  return {
    width,
    height,
    dot(character, x, y) {
      const glyph = order.get(character) ?? order.get('?') ?? 0;
      const byte = rows[(glyph * height + y) * rowBytes + (x >> 3)] ?? 0;
      return (byte & (0x80 >> (x & 7))) !== 0;
    },
  };
}
