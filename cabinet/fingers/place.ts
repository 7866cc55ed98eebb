import type { Conditions } from './conditions.ts';
import type { Dice } from './dice.ts';
import { emptyField, type Field, hills, valueAt } from './field.ts';
import { MASTER, type Master } from './master.ts';

const NO_SKIN = 0;

/** A finger as it lies on the glass, pixel by pixel of the scanner. */
export interface Placed {
  ridges: Field;
  /** How far inside the part that touches: 1 in its middle, 0 at its rim and outside. */
  depth: Field;
}

/** Shifted, turned, twisted and dragged: skin is soft, so no two touches lay it flat in the same way. */
export function placed({ ridges }: Master, conditions: Conditions, dice: Dice): Placed {
  const { widthPx, heightPx } = conditions;
  const skinOf = wayToSkin(conditions, dice);
  const contact = contactOf(conditions, dice);
  const to = { ridges: emptyField(widthPx, heightPx), depth: emptyField(widthPx, heightPx) };
  const spot = { x: 0, y: 0 };
  for (let i = 0; i < to.depth.cells.length; i += 1) {
    skinOf(i, spot);
    const depth = contact(spot.x, spot.y, i);
    if (depth <= 0) continue;
    const height = valueAt(ridges, spot.x + MASTER.widthPx / 2, spot.y + MASTER.heightPx / 2, NO_SKIN);
    to.ridges.cells[i] = height;
    to.depth.cells[i] = height === NO_SKIN ? 0 : depth;
  }
  return to;
}

interface Spot {
  x: number;
  y: number;
}

/** From a pixel of the picture to the place on the skin, from its middle, at the master's 500 dpi. */
function wayToSkin(conditions: Conditions, dice: Dice): (pixel: number, spot: Spot) => void {
  const { widthPx, heightPx, dpi, shiftPx, turnDeg } = conditions;
  const scale = MASTER.dpi / dpi;
  const [shiftX, shiftY] = [dice.between(-shiftPx, shiftPx), dice.between(-shiftPx, shiftPx)];
  const turn = (dice.between(-turnDeg, turnDeg) * Math.PI) / 180;
  const stretch = dice.between(...conditions.stretchPx);
  const twist = (0.012 * stretch * dice.between(-1, 1)) / 200 ** 2;
  const [dragX, dragY] = [hills(dice, widthPx, heightPx, 120 / scale), hills(dice, widthPx, heightPx, 120 / scale)];
  return (pixel, spot) => {
    const x = ((pixel % widthPx) - widthPx / 2) * scale;
    const y = (Math.floor(pixel / widthPx) - heightPx / 2) * scale;
    const angle = turn + twist * (x * x + y * y);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    spot.x = x * cos - y * sin + shiftX + stretch * (dragX.cells[pixel] ?? 0);
    spot.y = x * sin + y * cos + shiftY + stretch * (dragY.cells[pixel] ?? 0);
  };
}

/** An oval with an uneven rim, somewhere on the skin; smaller ones lie farther off. */
function contactOf(conditions: Conditions, dice: Dice): (x: number, y: number, pixel: number) => number {
  const { widthPx, heightPx } = conditions;
  const part = dice.between(...conditions.contact);
  const [halfWidth, halfHeight] = [part * 0.46 * MASTER.widthPx, part * 0.48 * MASTER.heightPx];
  const room = 1 - part;
  const middleX = room * dice.between(-0.3, 0.3) * MASTER.widthPx;
  const middleY = room * dice.between(-0.3, 0.3) * MASTER.heightPx;
  const rim = hills(dice, widthPx, heightPx, 28);
  return (x, y, pixel) => {
    const [aside, along] = [(x - middleX) / halfWidth, (y - middleY) / halfHeight];
    return 1 - (aside * aside + along * along) + 0.12 * (rim.cells[pixel] ?? 0);
  };
}
