import type { Dice } from './dice.ts';
import { emptyField, type Field, valueAt } from './field.ts';

/** What tells a ridge where to run: its direction (radians) and its distance to the next, at every pixel. */
export interface Course {
  flow: Field;
  periodPx: Field;
}

/** First at half the size, where a round costs little and lines straighten out; then a few rounds to give them their shape. */
const COARSE_ROUNDS = 24;
const FINE_ROUNDS = 2;
const DIRECTIONS = 48;
const PERIODS = 10;
/** A filter as wide as three ridges dies out at its rim. */
const WIDTH_OF_PERIOD = 0.42;
const RADIUS_OF_PERIOD = 0.8;
/** More than enough to come back as it was: ridges grow until they touch. */
const GAIN = 2;
/** At last as it is, so that a ridge is round on top. */
const LAST_GAIN = 1.1;

/**
 * Ridges grown out of noise: every round, each pixel asks its neighbourhood with a Gabor filter of the course there, and becomes a
 * ridge (1) or a valley (-1) as it answers. Where the lines that grew in different places do not meet, minutiae are left. After
 * Cappelli, Erol, Maio and Maltoni, 2000 (SFinGe).
 */
export function growRidges(course: Course, isSkin: Field, dice: Dice): Field {
  const { widthPx, heightPx } = course.flow;
  const skin = halved(isSkin);
  const noise = { ...skin, cells: skin.cells.map((part) => (part > 0 ? 0.2 * dice.bell() : 0)) };
  const periodPx = halved(course.periodPx);
  const coarse = {
    flow: halved(course.flow),
    periodPx: { ...periodPx, cells: periodPx.cells.map((full) => full / 2) },
  };
  const lines = grown(noise, coarse, skin, COARSE_ROUNDS, GAIN);
  return grown(doubled(lines, widthPx, heightPx), course, isSkin, FINE_ROUNDS, LAST_GAIN);
}

function grown(from: Field, course: Course, isSkin: Field, rounds: number, lastGain: number): Field {
  const bank = bankFor(course.periodPx);
  const choice = choose(course, isSkin, bank);
  let now = from;
  let next = emptyField(from.widthPx, from.heightPx);
  for (let round = 1; round <= rounds; round += 1) {
    filterAll(now, next, choice, bank, round === rounds ? lastGain : GAIN);
    [now, next] = [next, now];
  }
  return now;
}

/** Every second pixel of every second row: of an angle there is no mean. */
function halved({ widthPx, heightPx, cells }: Field): Field {
  const half = emptyField(Math.ceil(widthPx / 2), Math.ceil(heightPx / 2));
  for (let i = 0; i < half.cells.length; i += 1) {
    const [x, y] = [i % half.widthPx, Math.floor(i / half.widthPx)];
    half.cells[i] = cells[2 * y * widthPx + 2 * x] ?? 0;
  }
  return half;
}

function doubled(half: Field, widthPx: number, heightPx: number): Field {
  const full = emptyField(widthPx, heightPx);
  for (let i = 0; i < full.cells.length; i += 1) {
    full.cells[i] = valueAt(half, (i % widthPx) / 2, Math.floor(i / widthPx) / 2, 0);
  }
  return full;
}

interface Bank {
  filters: Float32Array[];
  radius: number;
  shortestPx: number;
  stepPx: number;
}

function bankFor({ cells }: Field): Bank {
  let [shortestPx, longestPx] = [Number.POSITIVE_INFINITY, 0];
  for (const period of cells) {
    shortestPx = Math.min(shortestPx, period);
    longestPx = Math.max(longestPx, period);
  }
  const stepPx = (longestPx - shortestPx) / (PERIODS - 1) || 1;
  const radius = Math.round(RADIUS_OF_PERIOD * longestPx);
  const filters = Array.from({ length: DIRECTIONS * PERIODS }, (_, i) => {
    const direction = (Math.floor(i / PERIODS) / DIRECTIONS) * Math.PI;
    return gabor(direction, shortestPx + (i % PERIODS) * stepPx, radius);
  });
  return { filters, radius, shortestPx, stepPx };
}

/** A wave across `direction` under a bell; without answer to even grey, and with answer 1 to a wave like its own. */
function gabor(direction: number, periodPx: number, radius: number): Float32Array {
  const side = 2 * radius + 1;
  const bell = new Float32Array(side * side);
  const wave = new Float32Array(side * side);
  for (let i = 0; i < wave.length; i += 1) {
    const [x, y] = [(i % side) - radius, Math.floor(i / side) - radius];
    const across = -x * Math.sin(direction) + y * Math.cos(direction);
    bell[i] = Math.exp(-(x * x + y * y) / (2 * (WIDTH_OF_PERIOD * periodPx) ** 2));
    wave[i] = Math.cos((2 * Math.PI * across) / periodPx);
  }
  const mean = sumOf(bell, (weight, i) => weight * (wave[i] ?? 0)) / sumOf(bell, (weight) => weight);
  const filter = bell.map((weight, i) => weight * ((wave[i] ?? 0) - mean));
  const answer = sumOf(filter, (weight, i) => weight * (wave[i] ?? 0));
  return filter.map((weight) => weight / answer);
}

function sumOf(values: Float32Array, term: (value: number, i: number) => number): number {
  return values.reduce((sum, value, i) => sum + term(value, i), 0);
}

/** For every pixel the number of its filter; -1 where there is no skin or the filter would stick out. */
function choose({ flow, periodPx }: Course, isSkin: Field, { radius, shortestPx, stepPx }: Bank): Int16Array {
  const { widthPx, heightPx } = flow;
  return Int16Array.from(flow.cells, (angle, i) => {
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)];
    const isInside = x >= radius && y >= radius && x < widthPx - radius && y < heightPx - radius;
    if (!isSkin.cells[i] || !isInside) return -1;
    const turn = Math.round((angle / Math.PI) * DIRECTIONS);
    const direction = ((turn % DIRECTIONS) + DIRECTIONS) % DIRECTIONS;
    return direction * PERIODS + Math.round(((periodPx.cells[i] ?? 0) - shortestPx) / stepPx);
  });
}

function filterAll(from: Field, to: Field, choice: Int16Array, { filters, radius }: Bank, gain: number): void {
  for (let i = 0; i < choice.length; i += 1) {
    const filter = filters[choice[i] ?? -1];
    if (!filter) continue;
    const answer = gain * answerAt(from.cells, from.widthPx, i, filter, radius);
    to.cells[i] = answer > 1 ? 1 : answer < -1 ? -1 : answer;
  }
}

function answerAt(cells: Float32Array, width: number, at: number, filter: Float32Array, radius: number): number {
  const side = 2 * radius + 1;
  let sum = 0;
  let k = 0;
  for (let y = -radius; y <= radius; y += 1) {
    const row = at + y * width - radius;
    for (let x = 0; x < side; x += 1) {
      sum += (cells[row + x] ?? 0) * (filter[k] ?? 0);
      k += 1;
    }
  }
  return sum;
}
