import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';
import type { Conditions } from './conditions.ts';
import { type Dice, diceOf } from './dice.ts';
import { emptyField, type Field, hills } from './field.ts';
import type { Master } from './master.ts';
import { placed } from './place.ts';
import { scratch } from './scratch.ts';

/** At the rim skin lifts off the glass by so much of a ridge's height. */
const RIM = 1.5;
const SOFTNESS = 4;

/** One touch of the glass: the same one for the same seed. Takes a tenth of a second. */
export function impressionOf(master: Master, seed: string, conditions: Conditions): GreyImage {
  const dice = diceOf(`impression ${seed}`);
  const skin = placed(master, conditions, dice);
  crease(skin.ridges, conditions, dice);
  const ink = inked(skin.ridges, skin.depth, conditions, dice);
  return scanned(ink, conditions, dice);
}

function crease(ridges: Field, conditions: Conditions, dice: Dice): void {
  const count = Math.round(dice.between(...conditions.creases));
  for (let i = 0; i < count; i += 1) scratch(ridges, dice, { lengthPx: [30, 140], halfWidthPx: [0.3, 1.2] });
}

/** Ink is 1 where skin touches glass. How much does is a matter of pressure, water, and how near the rim it is. */
function inked(ridges: Field, depth: Field, conditions: Conditions, dice: Dice): Field {
  const { widthPx, heightPx } = ridges;
  const pressure = dice.between(...conditions.pressure);
  const moisture = dice.between(...conditions.moisture);
  const patches = hills(dice, widthPx, heightPx, 65);
  const drops = hills(dice, widthPx, heightPx, 22);
  const grain = hills(dice, widthPx, heightPx, 2.6);
  const [wet, dry] = [Math.max(0, moisture), Math.max(0, -moisture)];
  const ink = emptyField(widthPx, heightPx);
  for (let i = 0; i < ink.cells.length; i += 1) {
    const near = depth.cells[i] ?? 0;
    if (near <= 0) continue;
    const patch = patches.cells[i] ?? 0;
    const press = 0.55 * pressure + 0.35 * patch - RIM * (1 - near) ** 3;
    const run = wet * (0.25 + 0.9 * Math.max(0, drops.cells[i] ?? 0));
    const broken = dry * (0.35 + (1.5 + patch) * (grain.cells[i] ?? 0));
    ink.cells[i] = eased((ridges.cells[i] ?? 0) + press + run - broken);
  }
  return ink;
}

/** Skin is soft: a ridge touches with its top, and fully only when pressed well beyond. */
function eased(height: number): number {
  return 1 / (1 + Math.exp(-SOFTNESS * height));
}
/** What the scanner makes of it: not quite sharp, unevenly lit, with noise, at 256 grey levels. */
function scanned(ink: Field, conditions: Conditions, dice: Dice): GreyImage {
  const { widthPx, heightPx } = ink;
  const sharp = blurred(ink);
  const light = hills(dice, widthPx, heightPx, 210);
  const [platen, dark] = [dice.between(215, 245), dice.between(25, 80)];
  const noise = dice.between(...conditions.noise);
  const pixels = Uint8Array.from(sharp.cells, (cell, i) => {
    const grey = platen - cell * (platen - dark) + 10 * (light.cells[i] ?? 0) + noise * dice.bell();
    return Math.max(0, Math.min(255, Math.round(grey)));
  });
  return { widthPx, heightPx, dpi: conditions.dpi, pixels };
}

/** Each pixel a quarter of what lies beside it, first along the rows, then along the columns. */
function blurred(field: Field): Field {
  return blurredAlong(blurredAlong(field, 1), field.widthPx);
}

function blurredAlong({ widthPx, heightPx, cells }: Field, step: number): Field {
  const to = emptyField(widthPx, heightPx);
  for (let i = 0; i < cells.length; i += 1) {
    const here = cells[i] ?? 0;
    to.cells[i] = here / 2 + ((cells[i - step] ?? here) + (cells[i + step] ?? here)) / 4;
  }
  return to;
}
