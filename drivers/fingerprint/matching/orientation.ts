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

function orientRow(image: Plane, y: number, left: number, right: number, line: Line): void {
  const first = (y % SPLITS) * SAMPLES;
  for (let sample = first; sample < first + SAMPLES; sample += 1) {
    const [dx, dy] = [plan.dx[sample] ?? 0, plan.dy[sample] ?? 0];
    const radius = Math.max(Math.abs(dx), Math.abs(dy));
    if (y - radius < 0 || y + radius >= image.height) continue;
    const from = Math.max(radius, left);
    const to = Math.min(image.width - radius, right);
    sampleRow(image.cells, y * image.width, from, to, dy * image.width + dx, sample, line);
  }
}

function sampleRow(
  cells: Float64Array,
  row: number,
  from: number,
  to: number,
  offset: number,
  sample: number,
  line: Line,
): void {
  const [cos, sin] = [plan.cos[sample] ?? 0, plan.sin[sample] ?? 0];
  const { x: lineX, y: lineY } = line;
  for (let x = from; x < to; x += 1) {
    const here = cells[row + x] ?? 0;
    const before = cells[row + x - offset] ?? 0;
    const after = cells[row + x + offset] ?? 0;
    if (here <= before || here <= after) continue;
    const strength = here - (before > after ? before : after);
    lineX[x] = (lineX[x] ?? 0) + strength * cos;
    lineY[x] = (lineY[x] ?? 0) + strength * sin;
  }
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
