import { describe, expect, test } from 'vitest';
import { extract, extraction } from './extract.ts';
import type { Bits, Plane } from './grid.ts';
import type { Stage } from './stages.ts';
import { countsOf, type MeasuredImage, measuredImages, sha256 } from './vectors/fixture.ts';
import { type ImageName, imageNames, images } from './vectors/images.ts';

/** What each stage came to, by the name it has in the fixture. A skeleton changes later, so it is counted at once. */
function watched(name: ImageName) {
  const bitmaps = new Map<string, Bits>();
  const skeletons = new Map<string, number[]>();
  const minutiae = new Map<string, number>();
  const template = extract(images[name], (stage: Stage) => {
    const key = 'of' in stage ? `${stage.of}-${stage.name}` : stage.name;
    const { value } = stage;
    if ('nodes' in value) skeletons.set(key, countsOf(value));
    else if ('cells' in value && value.cells instanceof Uint8Array) bitmaps.set(key, value as Bits);
    else if (Array.isArray(value)) minutiae.set(key, value.length);
  });
  return { template, bitmaps, skeletons, minutiae };
}

describe.each(imageNames)('the print %s comes out as the published engine has it', (name) => {
  const expected: MeasuredImage = measuredImages[name];
  const { template, bitmaps, skeletons, minutiae } = watched(name);

  test('the picture is the one that was measured', () => {
    expect(sha256(images[name].pixels)).toBe(expected.pixelsSha256);
  });

  test('its size at 500 dpi', () => {
    expect([template.widthPx, template.heightPx]).toEqual(expected.scaled);
  });

  test.each(Object.entries(expected.bitmaps))('%s, to the bit', (stage, { set, sha256: hash }) => {
    const cells = bitmaps.get(stage)!.cells;
    expect(cells.reduce((sum, bit) => sum + bit, 0)).toBe(set);
    expect(sha256(cells)).toBe(hash);
  });

  test.each(Object.entries(expected.skeletons))('nodes and ridges after %s', (stage, counts) => {
    expect(skeletons.get(stage)).toEqual(counts);
  });

  test('how many minutiae every filter leaves', () => {
    expect(minutiae.get('skeleton-minutiae')).toBe(expected.counts.collected);
    expect(minutiae.get('inner-minutiae')).toBe(expected.counts.inner);
    expect(minutiae.get('removed-minutia-clouds')).toBe(expected.counts.clouds);
    expect(minutiae.get('top-minutiae')).toBe(expected.counts.top);
  });

  test('the minutiae, in stored order', () => {
    const found = template.minutiae.map(({ x, y, direction, type }) => [x, y, direction, type.toUpperCase()]);
    const wanted = expected.minutiae.map(([x, y, direction, type]) => [x, y, Math.fround(direction), type]);
    expect(found).toEqual(wanted);
  });

  test('the stars of edges', () => {
    const { edges } = template;
    const stars = template.minutiae.map((_, i) =>
      Array.from({ length: edges.starts[i + 1]! - edges.starts[i]! }, (_, k) => {
        const at = edges.starts[i]! + k;
        return [edges.neighbour[at], edges.length[at], edges.referenceAngle[at], edges.neighbourAngle[at]];
      }),
    );
    const wanted = expected.edges.map((star) =>
      star.map(([neighbour, length, one, other]) => [neighbour, length, Math.fround(one), Math.fround(other)]),
    );
    expect(stars).toEqual(wanted);
  });
});

test('nobody watches, and the template is the same', () => {
  for (const name of imageNames) expect(extract(images[name])).toEqual(watched(name).template);
});

test('twice the same picture, twice the same template, and the picture is left alone', () => {
  const before = images.N.pixels.slice();
  expect(extract(images.N)).toEqual(extract(images.N));
  expect(images.N.pixels).toEqual(before);
});

test('an extraction keeps what the quality is judged by', () => {
  const { blocks, good, contrast, scaled } = extraction(images.A560);
  const size = ({ width, height }: Bits | Plane) => [width, height];
  expect([blocks.columns, blocks.rows]).toEqual(size(good));
  expect(size(contrast)).toEqual(size(good));
  expect(size(scaled)).toEqual(measuredImages.A560.scaled);
});
