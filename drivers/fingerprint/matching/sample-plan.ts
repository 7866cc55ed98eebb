import { add, angleOf, doubled } from './angle.ts';

export const SPLITS = 50;
export const SAMPLES = 20;
const RADIUS_PX = { least: 2, most: 6 };

/**
 * Where the orientation of a pixel is looked for: `SAMPLES` offsets in each of `SPLITS` rows of the plan, and for each the doubled
 * direction of a ridge that runs across it.
 */
export interface SamplePlan {
  dx: Int32Array;
  dy: Int32Array;
  cos: Float64Array;
  sin: Float64Array;
}

const PRIME = 1_610_612_741;

/**
 * Numbers between 0 and 1, the same in every run. Only the low 30 bits of the product are ever looked at, so wrapping at 32 bits
 * is exact; a plain product would leave the whole numbers at the first draw.
 */
export function draws(): () => number {
  let state = Math.imul(Math.imul(PRIME, PRIME), PRIME);
  return () => {
    state = Math.imul(state, PRIME);
    return ((state & 0x3fff_ffff) + 0.5) / 2 ** 30;
  };
}

/** SourceAFIS, stage `pixelwise-orientation`, its plan. Another seed costs a point of the error rate: it is part of the rules. */
export function samplePlan(): SamplePlan {
  const total = SPLITS * SAMPLES;
  const plan: SamplePlan = {
    dx: new Int32Array(total),
    dy: new Int32Array(total),
    cos: new Float64Array(total),
    sin: new Float64Array(total),
  };
  const draw = draws();
  for (let split = 0; split < SPLITS; split += 1) fillSplit(plan, split * SAMPLES, draw);
  return plan;
}

function fillSplit(plan: SamplePlan, first: number, draw: () => number): void {
  for (let at = first; at < first + SAMPLES; at += 1) {
    const [dx, dy] = freshOffset(plan, first, at, draw);
    const across = add(doubled(angleOf(dx, dy)), Math.PI);
    plan.dx[at] = dx;
    plan.dy[at] = dy;
    plan.cos[at] = Math.cos(across);
    plan.sin[at] = Math.sin(across);
  }
}

/** An offset in the lower half that the split does not have yet. Near ones come more often. */
function freshOffset(plan: SamplePlan, first: number, end: number, draw: () => number): [number, number] {
  for (;;) {
    const angle = draw() * Math.PI;
    const distance = RADIUS_PX.least * (RADIUS_PX.most / RADIUS_PX.least) ** draw();
    const dx = Math.round(Math.cos(angle) * distance);
    const dy = Math.round(Math.sin(angle) * distance);
    if ((dx === 0 && dy === 0) || dy < 0) continue;
    let isFresh = true;
    for (let i = first; i < end; i += 1) if (plan.dx[i] === dx && plan.dy[i] === dy) isFresh = false;
    if (isFresh) return [dx, dy];
  }
}
