import type { Dice } from './dice.ts';

/** One number a pixel, row by row. */
export interface Field {
  widthPx: number;
  heightPx: number;
  cells: Float32Array;
}

export function emptyField(widthPx: number, heightPx: number): Field {
  return { widthPx, heightPx, cells: new Float32Array(widthPx * heightPx) };
}

/** A landscape of hills about `hillPx` apart, heights between -1 and 1: whatever varies slowly over skin or glass. */
export function hills(dice: Dice, widthPx: number, heightPx: number, hillPx: number): Field {
  const columns = Math.ceil(widthPx / hillPx) + 2;
  const rows = Math.ceil(heightPx / hillPx) + 2;
  const peaks = Float32Array.from({ length: columns * rows }, () => dice.between(-1, 1));
  const field = emptyField(widthPx, heightPx);
  const across = easedSteps(widthPx, hillPx);
  for (let y = 0; y < heightPx; y += 1) {
    const row = Math.floor(y / hillPx);
    const down = eased(y / hillPx - row);
    for (let x = 0; x < widthPx; x += 1) {
      const at = row * columns + (across.cell[x] ?? 0);
      const right = across.part[x] ?? 0;
      const top = mixed(peaks[at] ?? 0, peaks[at + 1] ?? 0, right);
      const bottom = mixed(peaks[at + columns] ?? 0, peaks[at + columns + 1] ?? 0, right);
      field.cells[y * widthPx + x] = mixed(top, bottom, down);
    }
  }
  return field;
}

function easedSteps(widthPx: number, hillPx: number): { cell: Int32Array; part: Float32Array } {
  const cell = Int32Array.from({ length: widthPx }, (_, x) => Math.floor(x / hillPx));
  return { cell, part: Float32Array.from(cell, (whole, x) => eased(x / hillPx - whole)) };
}

function eased(part: number): number {
  return part * part * (3 - 2 * part);
}

function mixed(one: number, other: number, part: number): number {
  return one + (other - one) * part;
}

/** The value between pixels; beyond the edge there is `outside`. */
export function valueAt({ widthPx, heightPx, cells }: Field, x: number, y: number, outside: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < 0 || top < 0 || left + 1 >= widthPx || top + 1 >= heightPx) return outside;
  const at = top * widthPx + left;
  const upper = mixed(cells[at] ?? 0, cells[at + 1] ?? 0, x - left);
  const lower = mixed(cells[at + widthPx] ?? 0, cells[at + widthPx + 1] ?? 0, x - left);
  return mixed(upper, lower, y - top);
}
