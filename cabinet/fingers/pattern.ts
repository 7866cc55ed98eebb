import type { Dice } from './dice.ts';

/** The five classes after Henry, as they look in the print. */
export const patternClasses = ['left-loop', 'right-loop', 'whorl', 'arch', 'tented-arch'] as const;
export type PatternClass = (typeof patternClasses)[number];

/** How often each is met, in the same order (Wilson, Candela and Watson, 1994). */
const SHARES = [0.338, 0.317, 0.279, 0.037, 0.029];

export interface Point {
  x: number;
  y: number;
}

/** Where the flow of the ridges turns around (cores) and where it parts in three (deltas), in pixels; y grows downwards. */
export interface Pattern {
  class: PatternClass;
  cores: Point[];
  deltas: Point[];
  /** Only the arch has no such points; its ridges rise by so much. */
  rise: number;
  /** Towards the tip the ridges fall off to both sides, by so many radians. */
  slope: number;
  /** How closely the legs of a loop run side by side; 0 is the bare model. */
  narrow: number;
}

const LOOP_REACH_PX = 110;

export function classOf(dice: Dice): PatternClass {
  let left = dice.part();
  const found = patternClasses.find((_, i) => {
    left -= SHARES[i] ?? 0;
    return left < 0;
  });
  return found ?? 'left-loop';
}

/** A pattern around `middle`: every finger has its own distances. */
export function patternOf(name: PatternClass, middle: Point, dice: Dice): Pattern {
  const near = (x: number, y: number, spread: number) => ({
    x: middle.x + x + dice.between(-spread, spread),
    y: middle.y + y + dice.between(-spread, spread),
  });
  const core = near(0, -25, 26);
  const down = dice.between(85, 165);
  const aside = dice.between(45, 115);
  const rise = dice.between(1.2, 2.4);
  const [slope, narrow] = [dice.between(0.3, 1), dice.between(0.4, 1.1)];
  const pattern = { class: name, cores: [core], rise, slope, narrow };
  if (name === 'arch') return { ...pattern, cores: [], deltas: [] };
  if (name === 'tented-arch')
    return { ...pattern, deltas: [{ x: core.x + dice.between(-8, 8), y: core.y + down * 0.8 }] };
  if (name === 'left-loop') return { ...pattern, deltas: [{ x: core.x + aside, y: core.y + down }] };
  if (name === 'right-loop') return { ...pattern, deltas: [{ x: core.x - aside, y: core.y + down }] };
  const lower = { x: core.x + dice.between(-16, 16), y: core.y + dice.between(14, 62) };
  const deltas = [near(-aside - 45, down, 18), near(aside + 45, down, 18)];
  return { ...pattern, cores: [core, lower], deltas };
}

/**
 * The direction of the ridges at a point, in radians, clockwise on the screen as y grows downwards; a direction and its opposite
 * are the same. Zero-pole model (Sherlock and Monro, 1993): around a core the flow turns by half a turn one way, around a delta
 * the other.
 */
export function flowAt(
  { class: name, cores, deltas, rise, slope, narrow }: Pattern,
  x: number,
  y: number,
  width: number,
  height: number,
) {
  if (name === 'arch') return -archSlope(x, y, width, height, rise);
  let turn = 0;
  for (const core of cores)
    turn += turnAround(core, x, y) - (cores.length === 1 ? narrow * narrowed(core, deltas, x, y) : 0);
  for (const delta of deltas) turn -= turnAround(delta, x, y);
  const aside = Math.max(-1, Math.min(1, (x - width / 2) / (width / 2)));
  return turn / 2 + slope * aside * Math.max(0, 1 - y / height);
}

function turnAround(point: Point, x: number, y: number): number {
  return Math.atan2(y - point.y, x - point.x);
}

/** The legs of a loop run side by side; the bare model lets them part. What a core turns is therefore turned over its top. */
function narrowed(core: Point, deltas: readonly Point[], x: number, y: number): number {
  const opening = deltas.reduce((sum, delta) => sum - turnAround(delta, core.x, core.y), 0);
  const near = Math.exp(-Math.hypot(x - core.x, y - core.y) / LOOP_REACH_PX);
  return near * Math.sin(turnAround(core, x, y) - opening);
}

/** Flat at the foot, steepest in the middle, flat again at the tip. */
function archSlope(x: number, y: number, width: number, height: number, rise: number): number {
  const foot = Math.max(0, rise - (2.2 * Math.abs(y - height * 0.62)) / height);
  return Math.atan(foot * Math.cos((x / width) * Math.PI));
}
