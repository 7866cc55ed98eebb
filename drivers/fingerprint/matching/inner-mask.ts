import { type Bits, emptyBits } from './grid.ts';

/** Fourteen pixels in all, in steps that never jump over a gap. */
const SHRINK_PX = [1, 1, 2, 4, 6];

/** SourceAFIS, stage `inner-mask`: where a ridge that ends does end, and not just leaves the picture. */
export function innerMask(pixelMask: Bits): Bits {
  const { width, height } = pixelMask;
  return unpacked(SHRINK_PX.reduce(shrunk, packed(withoutFrame(pixelMask))), width, height);
}

export function withoutFrame({ width, height, cells }: Bits): Bits {
  const result = emptyBits(width, height);
  for (let y = 1; y < height - 1; y += 1) {
    const [from, to] = [y * width + 1, (y + 1) * width - 1];
    result.cells.set(cells.subarray(from, to), from);
  }
  return result;
}

/** Thirty-two pixels a word, the leftmost in its lowest bit, with an empty word on either side of a row. */
interface Packed {
  words: Int32Array;
  perRow: number;
}

const WORD_BITS = 32;

function packed({ width, height, cells }: Bits): Packed {
  const perRow = Math.ceil(width / WORD_BITS) + 2;
  const words = new Int32Array(perRow * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const word = y * perRow + 1 + (x >>> 5);
      words[word] = (words[word] ?? 0) | ((cells[y * width + x] ?? 0) << (x & 31));
    }
  }
  return { words, perRow };
}

function unpacked({ words, perRow }: Packed, width: number, height: number): Bits {
  const result = emptyBits(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      result.cells[y * width + x] = ((words[y * perRow + 1 + (x >>> 5)] ?? 0) >>> (x & 31)) & 1;
    }
  }
  return result;
}

/** What is set so far to the left, to the right, above and below. Outside nothing is set. */
function shrunk({ words, perRow }: Packed, by: number): Packed {
  const result = new Int32Array(words.length);
  const carry = WORD_BITS - by;
  for (let at = by * perRow + 1; at < words.length - by * perRow - 1; at += 1) {
    const [before, here, after] = [words[at - 1] ?? 0, words[at] ?? 0, words[at + 1] ?? 0];
    const across = ((here << by) | (before >>> carry)) & ((here >>> by) | (after << carry));
    result[at] = across & (words[at - by * perRow] ?? 0) & (words[at + by * perRow] ?? 0);
  }
  return { words: result, perRow };
}
