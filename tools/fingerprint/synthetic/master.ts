import { type Dice, diceOf } from './dice.ts';
import { emptyField, type Field, hills } from './field.ts';
import { classOf, flowAt, type PatternClass, patternOf } from './pattern.ts';
import { growRidges } from './ridges.ts';
import { scratch } from './scratch.ts';
import { spreadOf } from './spread.ts';

/** A finger that never was: its whole skin, flat, at 500 dpi. Ridges are 1, valleys -1; 0 where there is no skin. */
export interface Master {
  class: PatternClass;
  ridges: Field;
}

/** As wide as half the widest filter. */
const RIM_PX = 12;

export const MASTER = { widthPx: 440, heightPx: 500, dpi: 500 } as const;

/** The finger of a seed: always the same one. Takes a second or two. */
export function fingerOf(seed: string): Master {
  const { widthPx, heightPx } = MASTER;
  const dice = diceOf(`finger ${seed}`);
  const pattern = patternOf(classOf(dice), { x: widthPx / 2, y: heightPx / 2 }, dice);
  const bends = hills(dice, widthPx, heightPx, 100);
  const flow = mapped(bends, (bend, x, y) => flowAt(pattern, x, y, widthPx, heightPx) + 0.3 * bend);
  const ridges = growRidges({ flow, periodPx: periods(flow, dice) }, skin(), dice);
  const scars = dice.happens(0.35) ? Math.ceil(dice.between(0, 3)) : 0;
  for (let i = 0; i < scars; i += 1) scratch(ridges, dice, { lengthPx: [40, 170], halfWidthPx: [1, 2.6] });
  return { class: pattern.class, ridges };
}

/** From finger to finger 8 to 10 pixels; wider where ridges part, and never quite even. */
function periods(flow: Field, dice: Dice): Field {
  const { widthPx, heightPx } = MASTER;
  const usual = dice.between(7.9, 9.9);
  const spread = spreadOf(flow);
  const uneven = hills(dice, widthPx, heightPx, 65);
  return mapped(uneven, (hill, x, y) => usual * Math.exp((spread.cells[y * widthPx + x] ?? 0) + 0.1 * hill));
}

function mapped(field: Field, value: (cell: number, x: number, y: number) => number): Field {
  const cells = field.cells.map((cell, i) => value(cell, i % field.widthPx, Math.floor(i / field.widthPx)));
  return { ...field, cells };
}

/** 1 where there is skin: round at the tip, broad at the foot. The rim of the field is left to the filters. */
function skin(): Field {
  const { widthPx, heightPx } = MASTER;
  return mapped(emptyField(widthPx, heightPx), (_, x, y) => {
    const aside = Math.abs(x / (widthPx / 2 - RIM_PX) - widthPx / (widthPx - 2 * RIM_PX));
    const along = Math.abs(y / (heightPx / 2 - RIM_PX) - heightPx / (heightPx - 2 * RIM_PX));
    return aside ** 2.6 + along ** 2.6 <= 1 ? 1 : 0;
  });
}
