import { type Bits, emptyBits } from './grid.ts';

/** Fourteen pixels in all, in steps that never jump over a gap. */
const SHRINK_PX = [1, 1, 2, 4, 6];

/** SourceAFIS, stage `inner-mask`: where a ridge that ends does end, and not just leaves the picture. */
export function innerMask(pixelMask: Bits): Bits {
  return SHRINK_PX.reduce(shrunk, withoutFrame(pixelMask));
}

export function withoutFrame({ width, height, cells }: Bits): Bits {
  const result = emptyBits(width, height);
  for (let y = 1; y < height - 1; y += 1) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) result.cells[at] = cells[at] ?? 0;
  }
  return result;
}

function shrunk({ width, height, cells }: Bits, by: number): Bits {
  const result = emptyBits(width, height);
  for (let y = by; y < height - by; y += 1) {
    for (let at = y * width + by; at < (y + 1) * width - by; at += 1) {
      const across = (cells[at - by] ?? 0) & (cells[at + by] ?? 0);
      result.cells[at] = across & (cells[at - by * width] ?? 0) & (cells[at + by * width] ?? 0);
    }
  }
  return result;
}
