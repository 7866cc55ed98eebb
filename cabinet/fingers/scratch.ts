import type { Dice } from './dice.ts';
import type { Field } from './field.ts';

export type Range = readonly [low: number, high: number];

/** Cuts a bent line into ridges: what it crosses becomes a valley. A scar where it stays, a crease where it comes and goes. */
export function scratch(ridges: Field, dice: Dice, size: { lengthPx: Range; halfWidthPx: Range }): void {
  const lengthPx = dice.between(...size.lengthPx);
  const halfWidthPx = dice.between(...size.halfWidthPx);
  const bend = dice.between(-0.008, 0.008);
  let x = dice.between(0.15, 0.85) * ridges.widthPx;
  let y = dice.between(0.15, 0.85) * ridges.heightPx;
  let direction = dice.between(0, Math.PI);
  for (let step = 0; step < lengthPx; step += 1) {
    const taper = Math.sin((Math.PI * (step + 0.5)) / lengthPx) ** 0.5;
    cut(ridges, x, y, halfWidthPx * taper);
    direction += bend + 0.03 * dice.bell();
    x += Math.cos(direction);
    y += Math.sin(direction);
  }
}

function cut({ widthPx, heightPx, cells }: Field, x: number, y: number, halfWidthPx: number): void {
  const reach = Math.ceil(halfWidthPx) + 1;
  for (let row = Math.round(y) - reach; row <= y + reach; row += 1) {
    for (let column = Math.round(x) - reach; column <= x + reach; column += 1) {
      if (row < 0 || column < 0 || row >= heightPx || column >= widthPx) continue;
      const beyond = Math.hypot(column - x, row - y) - halfWidthPx;
      const height = beyond <= 0 ? -1 : 2 * beyond - 1;
      const at = row * widthPx + column;
      if (height < (cells[at] ?? 0)) cells[at] = height;
    }
  }
}
