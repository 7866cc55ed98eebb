import { expect, test } from 'vitest';
import { faceSize, layout } from './layout.ts';
import { addStrokes, packInk, putPicture, varnishPlane } from './planes.ts';

const { widthPx, heightPx } = faceSize;
const bit = (plane: Uint8Array, x: number, y: number) => ((plane[y * 127 + (x >> 3)]! >> (7 - (x & 7))) & 1) === 1;

test('half covered pixels are ink, the first one in the highest bit', () => {
  const cover = new Uint8Array(widthPx * heightPx);
  cover[0] = 255;
  cover[7] = 128;
  cover[8] = 127;
  cover[widthPx * heightPx - 1] = 200;
  const plane = packInk(cover);
  expect(plane).toHaveLength(127 * 648);
  expect([plane[0], plane[1], plane.at(-1)]).toEqual([0b1000_0001, 0, 1]);
});

test('strokes are added to what is there', () => {
  const plane = packInk(new Uint8Array(widthPx * heightPx).fill(0));
  plane[0] = 0x80;
  addStrokes(plane, Uint8Array.of(255, 20), { x: 1, y: 0, width: 2, height: 1 }, 128);
  expect(plane[0]).toBe(0b1010_0000);
});

test('a picture lands where it belongs and nowhere else', () => {
  const plane = new Uint8Array(widthPx * heightPx * 3);
  putPicture(plane, Uint8Array.of(1, 2, 3, 4, 5, 6), { x: 10, y: 20, width: 1, height: 2 });
  const first = (20 * widthPx + 10) * 3;
  expect([...plane.subarray(first, first + 3)]).toEqual([1, 2, 3]);
  expect([...plane.subarray(first + widthPx * 3, first + widthPx * 3 + 3)]).toEqual([4, 5, 6]);
  expect(plane.reduce((count, value) => count + Math.sign(value), 0)).toBe(6);
});

test('varnish covers the card but for its bare strip', () => {
  const plane = varnishPlane(layout.bare);
  expect(bit(plane, 0, 0) && bit(plane, 1015, 639)).toBe(true);
  expect(bit(plane, 0, 640) || bit(plane, 1015, 647)).toBe(false);
});
