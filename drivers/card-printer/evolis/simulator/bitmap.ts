import type { Panel } from './card-path.ts';

/** Sheet 1.3: a panel is always 1016 lines of 648 dots. */
export const LINES = 1016;
export const DOTS_PER_LINE = 648;
const DOTS = LINES * DOTS_PER_LINE;

/** Bits per dot on the wire, by the number of levels that a download names. */
const BITS = { 2: 1, 32: 5, 64: 6, 128: 7 } as const;
export type Levels = keyof typeof BITS;

export function levelsOf(text: string): Levels | null {
  return text === '2' || text === '32' || text === '64' || text === '128' ? (Number(text) as Levels) : null;
}

export function panelOf(text: string): Panel | null {
  return text === 'y' || text === 'm' || text === 'c' || text === 'k' || text === 'o' ? text : null;
}

/** Resin and varnish are on or off; dye has levels. */
export function suits(panel: Panel, levels: Levels): boolean {
  return (levels === 2) === (panel === 'k' || panel === 'o');
}

/** Bytes of an uncompressed panel. */
export function rawBytes(levels: Levels): number {
  return (DOTS * BITS[levels]) / 8;
}

/** Bytes of one line as the head keeps it: 7 bits per dot of dye, 1 bit of resin or varnish. */
export function bytesPerLine(panel: Panel): number {
  return (DOTS_PER_LINE * (panel === 'k' || panel === 'o' ? 1 : 7)) / 8;
}

/** One byte per dot, from dots packed without gaps, most significant bit first. */
export function unpackDots(packed: Uint8Array, bitsPerDot: number): Uint8Array {
  const dots = new Uint8Array(Math.floor((packed.length * 8) / bitsPerDot));
  const mask = (1 << bitsPerDot) - 1;
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const byte of packed) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= bitsPerDot) {
      bits -= bitsPerDot;
      dots[at++] = (held >> bits) & mask;
    }
  }
  return dots;
}

/** The reverse of `unpackDots`; a last byte that is not full is padded with zeros. */
export function packDots(dots: Uint8Array, bitsPerDot: number): Uint8Array {
  const packed = new Uint8Array(Math.ceil((dots.length * bitsPerDot) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const dot of dots) {
    held = ((held << bitsPerDot) | dot) & 0xffff;
    bits += bitsPerDot;
    if (bits < 8) continue;
    bits -= 8;
    packed[at++] = (held >> bits) & 0xff;
  }
  if (bits > 0) packed[at] = (held << (8 - bits)) & 0xff;
  return packed;
}

/** Dots of any number of dye levels as the head keeps them: 128 levels, packed. */
export function dyeForHead(dots: Uint8Array, levels: Levels): Uint8Array {
  const top = levels - 1;
  return packDots(levels === 128 ? dots : dots.map((dot) => Math.round((dot * 127) / top)), 7);
}

/** An uncompressed download as the head keeps it. */
export function rawForHead(data: Uint8Array, levels: Levels): Uint8Array {
  if (levels === 2 || levels === 128) return data;
  return dyeForHead(unpackDots(data, BITS[levels]), levels);
}

/** What reached the card when a pass stopped after so many lines. */
export function firstLines(panel: Panel, bitmap: Uint8Array, lines: number): Uint8Array {
  return bitmap.slice().fill(0, lines * bytesPerLine(panel));
}
