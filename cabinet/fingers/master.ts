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

export const MASTER = { widthPx: 440, heightPx: 500, dpi: 500 } as const;

/** As wide as half the widest filter. */
const RIM_PX = 12;
/** By how much, and over which distance, a finger departs from the pattern of its class: radians of flow, parts of the period. */
const BENDS = { most: 0.3, hillPx: 100 };
const UNEVEN = { most: 0.1, hillPx: 65 };
const USUAL_PERIOD_PX = [7.9, 9.9] as const;
const SCARS = { chance: 0.35, most: 3, lengthPx: [40, 170], halfWidthPx: [1, 2.6] } as const;

/** The finger of a seed: always the same one. Takes a second or two. */
export function fingerOf(seed: string): Master {
  const { widthPx, heightPx } = MASTER;
  const dice = diceOf(`finger ${seed}`);
  const pattern = patternOf(classOf(dice), { x: widthPx / 2, y: heightPx / 2 }, dice);
  const bends = hills(dice, widthPx, heightPx, BENDS.hillPx);
  const flow = mapped(bends, (bend, x, y) => flowAt(pattern, x, y, widthPx, heightPx) + BENDS.most * bend);
  const ridges = growRidges({ flow, periodPx: periods(flow, dice) }, skin(), dice);
  const scars = dice.happens(SCARS.chance) ? Math.ceil(dice.between(0, SCARS.most)) : 0;
  for (let i = 0; i < scars; i += 1) scratch(ridges, dice, SCARS);
  return { class: pattern.class, ridges };
}

/** From finger to finger 8 to 10 pixels from ridge to ridge; wider where ridges part, and never quite even. */
function periods(flow: Field, dice: Dice): Field {
  const { widthPx, heightPx } = MASTER;
  const usual = dice.between(...USUAL_PERIOD_PX);
  const spread = spreadOf(flow);
  const uneven = hills(dice, widthPx, heightPx, UNEVEN.hillPx);
  return mapped(uneven, (hill, x, y) => usual * Math.exp((spread.cells[y * widthPx + x] ?? 0) + UNEVEN.most * hill));
}

function mapped(field: Field, value: (cell: number, x: number, y: number) => number): Field {
  const cells = field.cells.map((cell, i) => value(cell, i % field.widthPx, Math.floor(i / field.widthPx)));
  return { ...field, cells };
}

/** 1 where there is skin: round at the tip, broad at the foot. The rim of the field is left to the filters. */
function skin(): Field {
  const { widthPx, heightPx } = MASTER;
  return mapped(emptyField(widthPx, heightPx), (_, x, y) => {
    const aside = Math.abs(x - widthPx / 2) / (widthPx / 2 - RIM_PX);
    const along = Math.abs(y - heightPx / 2) / (heightPx / 2 - RIM_PX);
    return aside ** 2.6 + along ** 2.6 <= 1 ? 1 : 0;
  });
}
