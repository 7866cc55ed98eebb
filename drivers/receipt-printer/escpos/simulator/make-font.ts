/**
 * Draws the printer's built-in fonts from Noto Sans (OFL 1.1) into font-a.pbm and font-b.pbm beside this file. A printer has
 * its dots in a ROM, and so has this one: the picture is then the same on every machine. Run by hand: `node make-font.ts`.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lineGlyph } from './box-glyphs.ts';
import { printable } from './code-pages.ts';

interface Shape {
  width: number;
  height: number;
  /** Size of the letters, and the row on which they stand. */
  sizePx: number;
  baseline: number;
}
const shapes: Readonly<Record<string, Shape>> = {
  'font-a.pbm': { width: 12, height: 24, sizePx: 22, baseline: 18 },
  'font-b.pbm': { width: 9, height: 17, sizePx: 15.5, baseline: 13 },
};
const FINER = 8;
const NARROWER = 0.84;

const folder = mkdtempSync(join(tmpdir(), 'font-'));
const fonts = join(
  dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json')),
  '600SemiBold',
);
writeFileSync(join(folder, 'fonts.conf'), `<fontconfig><dir>${fonts}</dir><cachedir>${folder}</cachedir></fontconfig>`);
process.env.FONTCONFIG_FILE = join(folder, 'fonts.conf'); // read once, when sharp draws its first text
const { default: sharp } = await import('sharp');

for (const [file, shape] of Object.entries(shapes)) {
  const glyphs = await Promise.all(printable.map((character) => glyph(character, shape)));
  const header = `P4\n${Math.ceil(shape.width / 8) * 8} ${shape.height * glyphs.length}\n`;
  writeFileSync(new URL(file, import.meta.url), Buffer.concat([Buffer.from(header), ...glyphs]));
}

async function glyph(character: string, shape: Shape): Promise<Buffer> {
  const lines = lineGlyph(character, shape.width, shape.height);
  const dark = lines ?? (await letter(character, shape));
  const rowBytes = Math.ceil(shape.width / 8);
  const bits = Buffer.alloc(rowBytes * shape.height);
  for (let y = 0; y < shape.height; y += 1) {
    for (let x = 0; x < shape.width; x += 1) {
      const at = y * rowBytes + (x >> 3);
      if (dark(x, y)) bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return bits;
}

/** Draws the letter much larger, squeezes it into its cell, and calls a dot dark where half of it is. */
async function letter(character: string, { width, height, sizePx, baseline }: Shape) {
  const wide = width * 4 * FINER;
  const escaped = character.replace(/[&<]/, (sign) => (sign === '&' ? '&amp;' : '&lt;'));
  const text = `<text x="${wide / 2}" y="${baseline * FINER}" font-family="Noto Sans" font-weight="600" font-size="${sizePx * FINER}" text-anchor="middle">${escaped}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${height * FINER}">${text}</svg>`;
  const alpha = await sharp(Buffer.from(svg)).extractChannel(3).raw().toBuffer();
  const { left, right } = inkOf(alpha, wide);
  const squeeze = Math.min(NARROWER, ((width - 1) * FINER) / Math.max(1, right - left));
  const middle = (left + right) / 2;
  return (x: number, y: number) => {
    let covered = 0;
    for (let step = 0; step < FINER * FINER; step += 1) {
      const fineX = Math.round(middle + ((x - width / 2 + 0.5) * FINER + (step % FINER)) / squeeze);
      const fineY = y * FINER + Math.floor(step / FINER);
      if ((alpha[fineY * wide + fineX] ?? 0) > 127) covered += 1;
    }
    return covered * 2 > FINER * FINER;
  };
}

function inkOf(alpha: Uint8Array, wide: number): { left: number; right: number } {
  let [left, right] = [wide, 0];
  alpha.forEach((value, at) => {
    if (value < 128) return;
    left = Math.min(left, at % wide);
    right = Math.max(right, at % wide);
  });
  return left > right ? { left: 0, right: 1 } : { left, right };
}
