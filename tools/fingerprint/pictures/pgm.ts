import type { Grey } from './read-picture.ts';

export function isPgm(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && (bytes[1] === 0x32 || bytes[1] === 0x35);
}

/** Portable grey maps: as bytes (P5, also two a pixel) or as text (P2). */
export function readPgm(bytes: Uint8Array): Grey {
  const words = wordsFrom(bytes, 2);
  const [widthPx = 0, heightPx = 0, most = 0] = [words.next(), words.next(), words.next()];
  const isSane = widthPx >= 1 && heightPx >= 1 && most >= 1 && most <= 0xffff && widthPx * heightPx <= 1e8;
  if (!isSane) throw new Error(`a grey map of ${widthPx} x ${heightPx} with ${most} levels`);
  const count = widthPx * heightPx;
  const isText = bytes[1] === 0x32;
  const wide = most > 255 ? 2 : 1;
  const data = bytes.subarray(words.at() + 1); // one white space ends the head
  if (!isText && data.length < count * wide) throw new Error('the grey map is cut off');
  const levelAt = (i: number) => (wide === 2 ? ((data[2 * i] ?? 0) << 8) | (data[2 * i + 1] ?? 0) : (data[i] ?? 0));
  const level = isText ? () => words.next() : levelAt;
  return { widthPx, heightPx, pixels: Uint8Array.from({ length: count }, (_, i) => greyOf(level(i), most)) };
}

function greyOf(level: number | undefined, most: number): number {
  if (level === undefined || level > most)
    throw new Error('the grey map is cut off or has levels beyond its own limit');
  return Math.round((level / most) * 255);
}

/** Numbers between white space; from # to the end of its line is a remark. */
function wordsFrom(bytes: Uint8Array, start: number) {
  let at = start;
  const skip = () => {
    while (at < bytes.length && !isDigit(bytes[at])) {
      if (bytes[at] === 0x23) while (at < bytes.length && bytes[at] !== 0x0a) at += 1;
      at += 1;
    }
  };
  const next = () => {
    skip();
    if (at >= bytes.length) return undefined;
    let value = 0;
    while (isDigit(bytes[at])) {
      value = value * 10 + (bytes[at] ?? 0) - 0x30;
      at += 1;
    }
    return value;
  };
  return { next, at: () => at };
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
