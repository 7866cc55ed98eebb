import { describe, expect, test } from 'vitest';
import { secondaryEdges } from './blocks.ts';
import { extract } from './extract.ts';
import type { Plane } from './grid.ts';
import { BINS } from './histograms.ts';
import type { Vectors } from './orientation.ts';
import type { Stage } from './stages.ts';
import { sha256 } from './vectors/fixture.ts';
import { images } from './vectors/images.ts';
import { stageValues } from './vectors/stage-values.ts';

type StageOf<Name> = Extract<Stage, { name: Name }>['value'];

/** The stages that do not change after they were handed out. */
function stagesOf(name: keyof typeof images) {
  const stages = new Map<string, unknown>();
  const template = extract(images[name], (stage) => void stages.set(stage.name, stage.value));
  return { template, get: <Name extends Stage['name']>(stage: Name) => stages.get(stage) as StageOf<Name> };
}

const short = (bytes: Uint8Array) => sha256(bytes).slice(0, 16);
const at = ({ width, cells }: Plane, x: number, y: number) => cells[y * width + x]!;
const bins = (counts: Int32Array, cell: number) =>
  [...counts.subarray(cell * BINS, (cell + 1) * BINS)].flatMap((count, bin) => (count > 0 ? [`${bin}:${count}`] : []));
const total = (counts: Int32Array, cell: number) =>
  counts.subarray(cell * BINS, (cell + 1) * BINS).reduce((sum, count) => sum + count, 0);

/** As printed: nine digits of a value, eight of a vector. */
function expectPoints(plane: Plane, points: readonly (readonly [number, number, number])[]): void {
  for (const [x, y, value] of points) expect(at(plane, x, y), `(${x}, ${y})`).toBeCloseTo(value, 7);
}
function expectVectors(vectors: Vectors, points: readonly (readonly [number, number, number, number])[]): void {
  for (const [x, y, dx, dy] of points) {
    expect(Math.abs(at(vectors.x, x, y) - dx), `(${x}, ${y}) x`).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(dx)));
    expect(Math.abs(at(vectors.y, x, y) - dy), `(${x}, ${y}) y`).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(dy)));
  }
}

describe.each(['A', 'B', 'N'] as const)('inside the stages of %s', (name) => {
  const { template, get } = stagesOf(name);
  const expected = stageValues[name];

  test('blocks of at most fifteen pixels, and the second grid around their corners', () => {
    const { x, y } = get('blocks');
    expect({ x: x.join(' '), y: y.join(' ') }).toEqual(expected.primary);
    expect({ x: secondaryEdges(x).join(' '), y: secondaryEdges(y).join(' ') }).toEqual(expected.secondary);
  });

  test('histograms of the blocks', () => {
    const { width, cells } = get('histogram');
    expect(bins(cells, 5 * width + 5).join(' ')).toBe(expected.histogram);
    expect(short(Uint8Array.from(cells))).toBe(expected.allHistograms);
  });

  test('histograms of the corners add up what touches them', () => {
    const { width, cells } = get('smoothed-histogram');
    const corner = bins(cells, 5 * width + 5);
    expect(total(cells, 5 * width + 5)).toBe(expected.smoothedHistogram.total);
    expect(corner.slice(0, 6).join(' ')).toBe(expected.smoothedHistogram.first);
    expect(corner.slice(-4).join(' ')).toBe(expected.smoothedHistogram.last);
    expect(total(cells, 0)).toBe(expected.smoothedHistogram.cornerTotal);
  });

  test('contrast of the blocks', () => {
    const contrast = get('contrast');
    expectPoints(contrast, expected.contrast);
    const mean = contrast.cells.reduce((sum, one) => sum + one, 0) / contrast.cells.length;
    expect(mean).toBeCloseTo(expected.contrastMean, 8);
    expect(short(Uint8Array.from(contrast.cells, (one) => Math.round(one * 255)))).toBe(expected.contrastLevels);
  });

  test('the picture equalised, smoothed along its ridges and across them', () => {
    expectPoints(get('equalized-image'), expected.equalised);
    expectPoints(get('parallel-smoothing'), expected.along);
    expectPoints(get('orthogonal-smoothing'), expected.across);
  });

  test('the direction of the ridges, pixel by pixel and block by block', () => {
    expectVectors(get('pixelwise-orientation'), expected.pixelVectors);
    expectVectors(get('block-orientation'), expected.blockVectors);
    expectVectors(get('smoothed-orientation'), expected.smoothedVectors);
    expectPoints(get('block-angles'), expected.angles);
  });

  test('the first minutiae collected', () => {
    const first = get('skeleton-minutiae').slice(0, 5);
    const wanted = expected.firstCollected.split(' · ').map((words) => words.split(','));
    expect(first.map(({ x, y, type }) => [x, y, type[0]!.toUpperCase()])).toEqual(
      wanted.map(([x, y, , type]) => [Number(x), Number(y), type]),
    );
    first.forEach(({ direction }, i) => {
      expect(direction).toBeCloseTo(Number(wanted[i]![2]), 5);
    });
  });

  test('the lengths of all edges of all stars', () => {
    expect(template.edges.length.reduce((sum, one) => sum + one, 0)).toBe(expected.edgeLengths);
  });
});

test('the finger in N, row by row of its blocks', () => {
  const { width, height, cells } = stagesOf('N').get('filtered-mask');
  const rows = Array.from({ length: height }, (_, row) => {
    const blocks = cells.subarray(row * width, (row + 1) * width);
    return blocks.includes(1) ? `${blocks.indexOf(1)}..${blocks.lastIndexOf(1)}` : '-';
  });
  expect(rows.join(' ')).toBe(stageValues.N.maskRows);
});

test('A said to be of 560 dpi is scaled by area', () => {
  const { get } = stagesOf('A560');
  const scaled = get('scaled-image');
  expect([scaled.width, scaled.height]).toEqual([229, 268]);
  expectPoints(scaled, [
    [0, 0, 0.884434436],
    [100, 100, 0.243990196],
    [228, 267, 0.58221058],
  ]);
  expect(scaled.cells.reduce((sum, one) => sum + one, 0) / scaled.cells.length).toBeCloseTo(0.50226777, 8);
  const { x, y } = get('blocks');
  expect(x.join(' ')).toBe('0 14 28 42 57 71 85 100 114 128 143 157 171 186 200 214 229');
  expect(y.join(' ')).toBe('0 14 29 44 59 74 89 104 119 134 148 163 178 193 208 223 238 253 268');
});
