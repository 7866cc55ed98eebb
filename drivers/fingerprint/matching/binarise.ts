import type { Blocks } from './blocks.ts';
import { type Bits, emptyBits, type Plane } from './grid.ts';
import { forEachRowOfCounts, neededOf, type Vote } from './vote.ts';

const ISLANDS_AND_HOLES: Vote = { radius: 2, majority: 0.61, border: 17 };

/** SourceAFIS, stage `binarized-image`: a ridge is where the picture is darker along its direction than across. */
export function binarise(along: Plane, across: Plane, pixelMask: Bits): Bits {
  const bits = emptyBits(along.width, along.height);
  for (let i = 0; i < bits.cells.length; i += 1) {
    if (pixelMask.cells[i] && (along.cells[i] ?? 0) - (across.cells[i] ?? 0) > 0) bits.cells[i] = 1;
  }
  return bits;
}

/** SourceAFIS, stage `pixel-mask`: the pixels of the good blocks. */
export function pixelMaskOf(good: Bits, blocks: Blocks, width: number, height: number): Bits {
  const mask = emptyBits(width, height);
  for (let row = 0; row < blocks.rows; row += 1) {
    for (let column = 0; column < blocks.columns; column += 1) {
      if (!good.cells[row * blocks.columns + column]) continue;
      for (let y = blocks.y[row] ?? 0; y < (blocks.y[row + 1] ?? 0); y += 1) {
        mask.cells.fill(1, y * width + (blocks.x[column] ?? 0), y * width + (blocks.x[column + 1] ?? 0));
      }
    }
  }
  return mask;
}

/**
 * SourceAFIS, stage `filtered-binary-image`: specks and holes gone, and crossings of single pixels. A hole is where the vote is for a
 * ridge, an island where it is against one; squares are whole here, so one count tells both.
 */
export function cleaned(bits: Bits, pixelMask: Bits): Bits {
  const { width, cells } = bits;
  const { radius, majority, border } = ISLANDS_AND_HOLES;
  const result = { ...bits, cells: cells.slice() };
  const square = (2 * radius + 1) ** 2;
  const needed = neededOf(radius, majority)[square] ?? 0;
  forEachRowOfCounts(bits, radius, border, (y, _, counts) => {
    for (let x = border; x < width - border; x += 1) {
      const at = y * width + x;
      if (!pixelMask.cells[at]) continue;
      const count = counts[x] ?? 0;
      if (count >= needed) result.cells[at] = 1;
      else if (square - count >= needed) result.cells[at] = 0;
    }
  });
  while (crossesRemoved(result));
  return result;
}

/** One scan, in place: a later square sees what an earlier one cleared. A scan only ever clears, so scans end. */
function crossesRemoved({ width, height, cells }: Bits): boolean {
  let any = false;
  for (let y = 0; y < height - 1; y += 1) {
    for (let at = y * width; at < (y + 1) * width - 1; at += 1) {
      const topLeft = cells[at];
      if (topLeft !== cells[at + width + 1]) continue;
      if (topLeft === cells[at + 1] || cells[at + 1] !== cells[at + width]) continue;
      cells[at] = 0;
      cells[at + 1] = 0;
      cells[at + width] = 0;
      cells[at + width + 1] = 0;
      any = true;
    }
  }
  return any;
}

/** SourceAFIS, stage `valleys-binarized-skeleton`: between the ridges. */
export function valleysOf(ridges: Bits, pixelMask: Bits): Bits {
  const valleys = emptyBits(ridges.width, ridges.height);
  for (let i = 0; i < valleys.cells.length; i += 1) {
    valleys.cells[i] = (pixelMask.cells[i] ?? 0) & ~(ridges.cells[i] ?? 0);
  }
  return valleys;
}
