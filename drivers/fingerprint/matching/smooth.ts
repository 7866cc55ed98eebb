import { add, TURN } from './angle.ts';
import type { Blocks } from './blocks.ts';
import { type Bits, emptyPlane, type Plane } from './grid.ts';

/** A line through a pixel: the offsets of its points. */
export interface SmoothingLine {
  dx: Int32Array;
  dy: Int32Array;
  /** How far it goes to either side of the pixel. */
  reachX: number;
  reachY: number;
}

/** Lines for `directions` buckets of ridge directions; points from `radius` inwards, each nearer by the factor `step`. */
export function smoothingLines(directions: number, radius: number, step: number): SmoothingLine[] {
  return Array.from({ length: directions }, (_, bucket) => {
    const angle = (Math.PI * (2 * bucket + 1)) / (2 * directions);
    const points = linePoints(Math.cos(angle), Math.sin(angle), radius, step);
    const dx = Int32Array.from(points, ([x]) => x);
    const dy = Int32Array.from(points, ([, y]) => y);
    return { dx, dy, reachX: Math.max(...dx), reachY: Math.max(...dy) };
  });
}

function linePoints(cos: number, sin: number, radius: number, step: number): [number, number][] {
  const points: [number, number][] = [[0, 0]];
  for (let r = radius; r >= 0.5; r /= step) {
    const [x, y] = [Math.round(cos * r), Math.round(sin * r)];
    if (!points.some(([dx, dy]) => dx === x && dy === y)) points.push([x, y], [-x, -y]);
  }
  return points;
}

export const ALONG = smoothingLines(32, 7, 1.59);
export const ACROSS = smoothingLines(11, 4, 1.11);

/** SourceAFIS, stage `parallel-smoothing`: the mean along the ridge. `angles` are those of the blocks, doubled. */
export function smoothAlong(image: Plane, angles: Plane, blocks: Blocks, good: Bits): Plane {
  return smooth(image, blocks, good, ALONG, (block) => angles.cells[block] ?? 0);
}

/** SourceAFIS, stage `orthogonal-smoothing`: the mean across the ridge, of what was smoothed along it. */
export function smoothAcross(image: Plane, angles: Plane, blocks: Blocks, good: Bits): Plane {
  return smooth(image, blocks, good, ACROSS, (block) => add(angles.cells[block] ?? 0, Math.PI));
}

function smooth(
  image: Plane,
  blocks: Blocks,
  good: Bits,
  lines: readonly SmoothingLine[],
  angle: (block: number) => number,
): Plane {
  const result = emptyPlane(image.width, image.height);
  for (let row = 0; row < blocks.rows; row += 1) {
    for (let column = 0; column < blocks.columns; column += 1) {
      const block = row * blocks.columns + column;
      if (!good.cells[block]) continue;
      const line = lines[Math.min(lines.length - 1, Math.trunc((angle(block) / TURN) * lines.length))];
      if (line) smoothBlock(image, result, line, boxOf(blocks, column, row));
    }
  }
  return result;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function boxOf({ x, y }: Blocks, column: number, row: number): Box {
  return { left: x[column] ?? 0, top: y[row] ?? 0, right: x[column + 1] ?? 0, bottom: y[row + 1] ?? 0 };
}

/** What a line misses outside the picture counts as zero: the divisor is always its whole length. */
function smoothBlock(image: Plane, result: Plane, line: SmoothingLine, box: Box): void {
  const { width, height } = image;
  const isInside =
    box.left >= line.reachX &&
    box.right + line.reachX <= width &&
    box.top >= line.reachY &&
    box.bottom + line.reachY <= height;
  if (isInside) smoothInside(image, result, line, box);
  else smoothAtEdge(image, result, line, box);
}

function smoothInside(image: Plane, result: Plane, line: SmoothingLine, box: Box): void {
  const { width, cells } = image;
  const offsets = line.dx.map((dx, i) => (line.dy[i] ?? 0) * width + dx);
  const part = 1 / offsets.length;
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let at = y * width + box.left; at < y * width + box.right; at += 1) {
      let sum = 0;
      for (let i = 0; i < offsets.length; i += 1) sum += cells[at + (offsets[i] ?? 0)] ?? 0;
      result.cells[at] = sum * part;
    }
  }
}

function smoothAtEdge(image: Plane, result: Plane, line: SmoothingLine, box: Box): void {
  const { width, height, cells } = image;
  const part = 1 / line.dx.length;
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let x = box.left; x < box.right; x += 1) {
      let sum = 0;
      for (let i = 0; i < line.dx.length; i += 1) {
        const [fromX, fromY] = [x + (line.dx[i] ?? 0), y + (line.dy[i] ?? 0)];
        if (fromX >= 0 && fromX < width && fromY >= 0 && fromY < height) sum += cells[fromY * width + fromX] ?? 0;
      }
      result.cells[y * width + x] = sum * part;
    }
  }
}
