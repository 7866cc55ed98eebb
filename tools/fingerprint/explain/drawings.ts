import { type Blocks, blocksOf } from '#drivers/fingerprint/matching/blocks.ts';
import type { Bits, Plane } from '#drivers/fingerprint/matching/grid.ts';
import type { Histograms } from '#drivers/fingerprint/matching/histograms.ts';
import type { Minutia } from '#drivers/fingerprint/matching/minutiae.ts';
import type { Vectors } from '#drivers/fingerprint/matching/orientation.ts';
import { pixelsOf, type Skeleton } from '#drivers/fingerprint/matching/skeleton.ts';
import { type Colour, faint, grey, hue, type Raster, raster, tinted } from './raster.ts';

/** A picture of the size of the scaled one: pixels, and lines on top of them. */
export interface Drawing {
  base: Raster;
  lines: string;
}

const BAD: Colour = [214, 60, 40];
const GOOD: Colour = [40, 160, 70];
const ENDING = '#d62828';
const BIFURCATION = '#1d5fbf';
const BARS = 12;
const LEVELS = 256;
const MINUTIA = { radius: 4, tail: 13 };

export const plain = (base: Raster): Drawing => ({ base, lines: '' });

export function grid(finger: Plane, { x, y }: Blocks): Drawing {
  const across = [...x].map((at) => `M${at} 0V${finger.height}`);
  const down = [...y].map((at) => `M0 ${at}H${finger.width}`);
  return { base: faint(finger), lines: path([...across, ...down].join(''), '#1d5fbf', 0.5) };
}

export function perBlock(finger: Plane, blocks: Plane): Drawing {
  const cellOf = cellFinder(finger, blocks);
  return plain(raster(finger.width, finger.height, (i) => grey(255 * (1 - (blocks.cells[cellOf(i)] ?? 0)))));
}

export function badBlocks(finger: Plane, blocks: Bits): Drawing {
  const cellOf = cellFinder(finger, blocks);
  return plain(tinted(finger, BAD, (i) => blocks.cells[cellOf(i)] === 1));
}

export function goodBlocks(finger: Plane, blocks: Bits): Drawing {
  const cellOf = cellFinder(finger, blocks);
  return plain(tinted(finger, GOOD, (i) => blocks.cells[cellOf(i)] === 1));
}

export function goodPixels(finger: Plane, { cells }: Bits): Drawing {
  return plain(tinted(finger, GOOD, (i) => cells[i] === 1));
}

/** From a pixel to the block that it is in. */
function cellFinder({ width, height }: Plane, { width: columns }: { width: number }): (pixel: number) => number {
  const { x, y } = blocksOf(width, height);
  const column = placesOf(x);
  const row = placesOf(y);
  return (pixel) => (row[Math.floor(pixel / width)] ?? 0) * columns + (column[pixel % width] ?? 0);
}

function placesOf(edges: ArrayLike<number>): number[] {
  return Array.from({ length: edges.length - 1 }, (_, cell) =>
    Array<number>((edges[cell + 1] ?? 0) - (edges[cell] ?? 0)).fill(cell),
  ).flat();
}

/** A small column chart in every cell, dark levels on the right. */
export function charts(finger: Plane, histograms: Histograms): Drawing {
  const { width, height, cells } = histograms;
  const [wide, high] = [finger.width / width, finger.height / height];
  const columns: string[] = [];
  for (let cell = 0; cell < width * height; cell += 1) {
    const [left, bottom] = [(cell % width) * wide, (Math.floor(cell / width) + 1) * high - 0.5];
    for (const [bar, part] of barsOf(cells.subarray(cell * LEVELS, (cell + 1) * LEVELS)).entries()) {
      const top = bottom - part * (high - 2);
      if (part > 0) columns.push(`M${two(left + 1 + (bar * (wide - 2)) / BARS)} ${two(bottom)}V${two(top)}`);
    }
  }
  return {
    base: raster(finger.width, finger.height, () => [255, 255, 255]),
    lines: path(columns.join(''), '#33506b', 0.9),
  };
}

function barsOf(levels: Int32Array): number[] {
  const bars = Array<number>(BARS).fill(0);
  for (const [level, count] of levels.entries()) {
    const bar = Math.floor((level * BARS) / LEVELS);
    bars[bar] = (bars[bar] ?? 0) + count;
  }
  const most = Math.max(1, ...bars);
  return bars.map((count) => count / most);
}

export function colouredDirections({ x, y }: Vectors): Drawing {
  return plain(
    raster(x.width, x.height, (i) => {
      const [across, down] = [x.cells[i] ?? 0, y.cells[i] ?? 0];
      return hue(Math.atan2(down, across), Math.min(1, 3 * Math.hypot(across, down)));
    }),
  );
}

/** One stroke a block; as long as it is sure. */
export function strokes(finger: Plane, { x, y }: Vectors): Drawing {
  const surest = Math.max(1e-9, ...x.cells.map((across, i) => Math.hypot(across, y.cells[i] ?? 0)));
  const angles = { ...x, cells: x.cells.map((across, i) => Math.atan2(y.cells[i] ?? 0, across)) };
  return strokesBy(finger, angles, (i) => Math.hypot(x.cells[i] ?? 0, y.cells[i] ?? 0) / surest);
}

/** `doubled` holds twice the direction. */
export function strokesBy(finger: Plane, doubled: Plane, lengthOf: (block: number) => number): Drawing {
  const blocks = blocksOf(finger.width, finger.height);
  const middle = (edges: ArrayLike<number>, at: number) => ((edges[at] ?? 0) + (edges[at + 1] ?? 0)) / 2;
  const all = [...doubled.cells].map((angle, i) => {
    const length = 7 * Math.sqrt(lengthOf(i));
    if (length < 0.3) return '';
    const [dx, dy] = [Math.cos(angle / 2) * length, Math.sin(angle / 2) * length];
    const [x, y] = [middle(blocks.x, i % doubled.width), middle(blocks.y, Math.floor(i / doubled.width))];
    return `M${two(x - dx)} ${two(y - dy)}L${two(x + dx)} ${two(y + dy)}`;
  });
  return { base: faint(finger), lines: path(all.join(''), '#d62828', 1.4) };
}

/** Lines of a skeleton over the finger, with a dot where one ends or forks. */
export function skeletonLines(finger: Plane, skeleton: Skeleton, colour: Colour): Drawing {
  const pixels = pixelsOf(skeleton);
  const base = faint(finger);
  for (const [i, isSet] of pixels.cells.entries()) if (isSet) base.rgb.set(colour, 3 * i);
  const dots = skeleton.nodes.map(({ at, ridges }) => {
    const [x, y] = [(at % finger.width) + 0.5, Math.floor(at / finger.width) + 0.5];
    return `<circle cx="${x}" cy="${y}" r="1.8" fill="${ridges.length === 1 ? ENDING : '#e09f3e'}"/>`;
  });
  return { base, lines: dots.join('') };
}

/** A ring for each, its tail along the ridge: endings red, bifurcations blue. */
export function minutiaeOn(finger: Plane, minutiae: readonly Minutia[], isNumbered = false): Drawing {
  const marks = minutiae.map(({ x, y, direction, type }, i) => {
    const colour = type === 'ending' ? ENDING : BIFURCATION;
    const [cos, sin] = [Math.cos(direction), Math.sin(direction)];
    const tail = `M${two(x + MINUTIA.radius * cos)} ${two(y + MINUTIA.radius * sin)}L${two(x + MINUTIA.tail * cos)} ${two(y + MINUTIA.tail * sin)}`;
    const number = isNumbered ? `<text x="${x + 5}" y="${y - 4}" font-size="7" fill="#222">${i + 1}</text>` : '';
    return `<circle cx="${x}" cy="${y}" r="${MINUTIA.radius}" fill="none" stroke="${colour}" stroke-width="1.5"/>${path(tail, colour, 1.5)}${number}`;
  });
  return { base: tinted(finger, [255, 255, 255], () => false), lines: marks.join('') };
}

function path(d: string, colour: string, width: number): string {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round"/>`;
}

function two(value: number): number {
  return Math.round(value * 100) / 100;
}
