import { angleOf } from './angle.ts';
import type { Blocks } from './blocks.ts';
import { type Bits, emptyPlane, type Plane } from './grid.ts';
import { SAMPLES, SPLITS, samplePlan } from './sample-plan.ts';

/** A vector a cell; its angle is doubled, its length says how sure it is. */
export interface Vectors {
  x: Plane;
  y: Plane;
}

export function emptyVectors(width: number, height: number): Vectors {
  return { x: emptyPlane(width, height), y: emptyPlane(width, height) };
}

const plan = samplePlan();
/** No sample lies farther away, either way. */
const FARTHEST_PX = 6;

/**
 * SourceAFIS, stages `pixelwise-orientation` and `block-orientation`: at every pixel the directions in which it is darker than both
 * its neighbours, summed up over the good blocks. The vectors of the pixels are kept only where somebody wants to see them.
 */
export function blockOrientation(image: Plane, blocks: Blocks, good: Bits, pixels?: Vectors): Vectors {
  const sums = emptyVectors(blocks.columns, blocks.rows);
  const line = { x: new Float64Array(image.width), y: new Float64Array(image.width) };
  for (let row = 0; row < blocks.rows; row += 1) {
    const span = goodSpan(good, row);
    if (!span) continue;
    for (let y = blocks.y[row] ?? 0; y < (blocks.y[row + 1] ?? 0); y += 1) {
      orientRow(image, y, blocks.x[span.first] ?? 0, blocks.x[span.last + 1] ?? 0, line);
      addRow(sums, line, blocks, good, row);
      pixels?.x.cells.set(line.x, y * image.width);
      pixels?.y.cells.set(line.y, y * image.width);
      line.x.fill(0);
      line.y.fill(0);
    }
  }
  return sums;
}

/** From the first good block of a row to the last; what lies between is looked at too. */
function goodSpan(good: Bits, row: number): { first: number; last: number } | undefined {
  const cells = good.cells.subarray(row * good.width, (row + 1) * good.width);
  const first = cells.indexOf(1);
  return first < 0 ? undefined : { first, last: cells.lastIndexOf(1) };
}

interface Line {
  x: Float64Array;
  y: Float64Array;
}

/** The samples of one row of the plan whose both ends lie in the picture, with their offsets in it. A multiple of four. */
interface Samples {
  count: number;
  offset: Int32Array;
  cos: Float64Array;
  sin: Float64Array;
}

const samples: Samples = {
  count: 0,
  offset: new Int32Array(SAMPLES),
  cos: new Float64Array(SAMPLES),
  sin: new Float64Array(SAMPLES),
};

/** Away from the sides one set of samples serves the whole row; at the sides every pixel has its own. */
function orientRow({ width, height, cells }: Plane, y: number, left: number, right: number, line: Line): void {
  const reach = Math.min(y, height - 1 - y);
  const [innerLeft, innerRight] = [Math.max(left, FARTHEST_PX), Math.min(right, width - FARTHEST_PX)];
  takeSamples(y, reach, width);
  orientSpan(cells, y * width, innerLeft, innerRight, line);
  for (let x = left; x < right; x += 1) {
    if (x >= innerLeft && x < innerRight) continue;
    takeSamples(y, Math.min(reach, x, width - 1 - x), width);
    orientSpan(cells, y * width, x, x + 1, line);
  }
}

function takeSamples(y: number, reach: number, width: number): void {
  const first = (y % SPLITS) * SAMPLES;
  samples.count = 0;
  for (let at = first; at < first + SAMPLES; at += 1) {
    const [dx, dy] = [plan.dx[at] ?? 0, plan.dy[at] ?? 0];
    if (Math.max(Math.abs(dx), Math.abs(dy)) > reach) continue;
    addSample(dy * width + dx, plan.cos[at] ?? 0, plan.sin[at] ?? 0);
  }
  while (samples.count % 4 !== 0) addSample(0, 0, 0); // of a pixel with itself; its strength is nothing
}

function addSample(offset: number, cos: number, sin: number): void {
  samples.offset[samples.count] = offset;
  samples.cos[samples.count] = cos;
  samples.sin[samples.count] = sin;
  samples.count += 1;
}

/**
 * The loop that costs most of an extraction: twenty samples a pixel. Half of them add nothing, which half nobody can foretell, so
 * nothing is skipped; and four at once spare three quarters of the sums' reading and writing. Both leave the sums what they are, to
 * the bit.
 */
function orientSpan(cells: Float64Array, row: number, from: number, to: number, { x: lineX, y: lineY }: Line): void {
  const { count, offset, cos, sin } = samples;
  for (let i = 0; i < count; i += 4) {
    const [a, b, c, d] = [offset[i] ?? 0, offset[i + 1] ?? 0, offset[i + 2] ?? 0, offset[i + 3] ?? 0];
    const [cosA, cosB, cosC, cosD] = [cos[i] ?? 0, cos[i + 1] ?? 0, cos[i + 2] ?? 0, cos[i + 3] ?? 0];
    const [sinA, sinB, sinC, sinD] = [sin[i] ?? 0, sin[i + 1] ?? 0, sin[i + 2] ?? 0, sin[i + 3] ?? 0];
    for (let x = from; x < to; x += 1) {
      const at = row + x;
      const here = cells[at] ?? 0;
      const one = strength(here, cells[at - a] ?? 0, cells[at + a] ?? 0);
      const two = strength(here, cells[at - b] ?? 0, cells[at + b] ?? 0);
      const three = strength(here, cells[at - c] ?? 0, cells[at + c] ?? 0);
      const four = strength(here, cells[at - d] ?? 0, cells[at + d] ?? 0);
      lineX[x] = (lineX[x] ?? 0) + one * cosA + two * cosB + three * cosC + four * cosD;
      lineY[x] = (lineY[x] ?? 0) + one * sinA + two * sinB + three * sinC + four * sinD;
    }
  }
}

/** By how much a pixel is darker than both its neighbours; half of a number and its size is the number, or zero below zero. */
function strength(here: number, before: number, after: number): number {
  const above = here - (before > after ? before : after);
  return (above + Math.abs(above)) * 0.5;
}

function addRow(sums: Vectors, line: Line, blocks: Blocks, good: Bits, row: number): void {
  for (let column = 0; column < blocks.columns; column += 1) {
    const block = row * blocks.columns + column;
    if (!good.cells[block]) continue;
    let [x, y] = [sums.x.cells[block] ?? 0, sums.y.cells[block] ?? 0];
    for (let i = blocks.x[column] ?? 0; i < (blocks.x[column + 1] ?? 0); i += 1) {
      x += line.x[i] ?? 0;
      y += line.y[i] ?? 0;
    }
    sums.x.cells[block] = x;
    sums.y.cells[block] = y;
  }
}

/** SourceAFIS, stage `smoothed-orientation`: each good block together with the good ones around it. */
export function smoothedOrientation(vectors: Vectors, good: Bits): Vectors {
  const result = emptyVectors(good.width, good.height);
  for (let y = 0; y < good.height; y += 1) {
    for (let x = 0; x < good.width; x += 1) if (good.cells[y * good.width + x]) sumAround(vectors, good, x, y, result);
  }
  return result;
}

function sumAround(vectors: Vectors, good: Bits, x: number, y: number, result: Vectors): void {
  const at = y * good.width + x;
  for (let row = Math.max(0, y - 1); row <= Math.min(good.height - 1, y + 1); row += 1) {
    for (let column = Math.max(0, x - 1); column <= Math.min(good.width - 1, x + 1); column += 1) {
      const near = row * good.width + column;
      if (!good.cells[near]) continue;
      result.x.cells[at] = (result.x.cells[at] ?? 0) + (vectors.x.cells[near] ?? 0);
      result.y.cells[at] = (result.y.cells[at] ?? 0) + (vectors.y.cells[near] ?? 0);
    }
  }
}

/** The doubled angle of every block; 0 where there is no direction. */
export function anglesOf({ x, y }: Vectors): Plane {
  return { ...x, cells: x.cells.map((dx, block) => angleOf(dx, y.cells[block] ?? 0)) };
}
