import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CardFace } from '../../card-printer.ts';
import { packColour } from './colour-planes.ts';
import {
  COLOUR_PANEL_BYTES,
  DOTS_PER_LINE,
  FACE_HEIGHT_PX,
  FACE_WIDTH_PX,
  LINES,
  MONO_LINE_BYTES,
} from './geometry.ts';
import { compressMono, turnMono } from './mono-planes.ts';
import { panelDownloads } from './panel-downloads.ts';

const PIXELS = FACE_WIDTH_PX * FACE_HEIGHT_PX;
const whiteFace = (): CardFace => ({
  widthPx: FACE_WIDTH_PX,
  heightPx: FACE_HEIGHT_PX,
  colour: new Uint8Array(PIXELS * 3).fill(255),
  black: new Uint8Array(PIXELS / 8),
  overlay: new Uint8Array(PIXELS / 8).fill(255),
});
const line = (...bytes: number[]) => Uint8Array.from({ length: MONO_LINE_BYTES }, (_, n) => bytes[n] ?? 0);
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** Reads sample `dot` of line `at` back, bit by bit: slow, and written apart from the packing. */
function sample(panel: Uint8Array, at: number, dot: number): number {
  let value = 0;
  for (let n = 0; n < 7; n += 1) {
    const bit = at * DOTS_PER_LINE * 7 + dot * 7 + n;
    value = value * 2 + (((panel[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  }
  return value;
}

test('lines of black are compressed as the guide says', () => {
  expect(compressMono(line())).toEqual(Uint8Array.of(0x00));
  expect(compressMono(new Uint8Array(MONO_LINE_BYTES).fill(0xff))).toEqual(Uint8Array.of(0xff));
  expect(compressMono(line(0x80))).toEqual(Uint8Array.of(0x01, 0x80));
  const lastByte = new Uint8Array(MONO_LINE_BYTES);
  lastByte[80] = 0x01;
  expect(compressMono(lastByte)).toEqual(Uint8Array.of(0x51, ...lastByte));
});

test('a dot of black goes to the line of its column and the dot of its row from below', () => {
  const places = fc.record({ x: fc.nat(FACE_WIDTH_PX - 1), y: fc.nat(FACE_HEIGHT_PX - 1) });
  fc.assert(
    fc.property(places, ({ x, y }) => {
      const plane = new Uint8Array(PIXELS / 8);
      plane[y * (FACE_WIDTH_PX / 8) + (x >> 3)] = 0x80 >> (x & 7);
      const dot = FACE_HEIGHT_PX - 1 - y;
      const wanted = new Uint8Array(LINES * MONO_LINE_BYTES);
      wanted[x * MONO_LINE_BYTES + (dot >> 3)] = 0x80 >> (dot & 7);
      expect(Buffer.compare(turnMono(plane), wanted)).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('each dye is what the light lacks, at 128 levels, eight samples in seven bytes', () => {
  const face = whiteFace();
  face.colour.set([0, 255, 254, 10, 20, 30], ((FACE_HEIGHT_PX - 1) * FACE_WIDTH_PX + 3) * 3); // bottom row, columns 3 and 4
  face.colour.set([1, 100, 200], ((FACE_HEIGHT_PX - 10) * FACE_WIDTH_PX + 3) * 3);
  for (const [dye, bottom, right, above] of [
    ['y', 0, 112, 27],
    ['m', 0, 117, 77],
    ['c', 127, 122, 127],
  ] as const) {
    const packed = new Uint8Array(COLOUR_PANEL_BYTES);
    packColour(face.colour, dye, packed);
    expect([sample(packed, 3, 0), sample(packed, 4, 0), sample(packed, 3, 9)]).toEqual([bottom, right, above]);
  }
});

test('every pixel of a noisy face comes back from the packed panel', () => {
  const face = whiteFace();
  for (let at = 0; at < face.colour.length; at += 1) face.colour[at] = (at * 7919 + (at >> 9)) & 0xff;
  const packed = new Uint8Array(COLOUR_PANEL_BYTES);
  packColour(face.colour, 'm', packed);
  let wrong = 0;
  for (let x = 0; x < LINES; x += 1) {
    for (let dot = 0; dot < DOTS_PER_LINE; dot += 1) {
      const green = face.colour[((FACE_HEIGHT_PX - 1 - dot) * FACE_WIDTH_PX + x) * 3 + 1] ?? 0;
      if (sample(packed, x, dot) !== (255 - green) >> 1) wrong += 1;
    }
  }
  expect(wrong).toBe(0);
});

test('a card is five downloads in the order of the ribbon: colour raw, black and varnish compressed', () => {
  const downloads = panelDownloads(whiteFace());
  expect(downloads.map(({ panel }) => panel)).toEqual(['y', 'm', 'c', 'k', 'o']);
  expect(downloads.every(({ bytes }) => bytes.length % 64 === 0)).toBe(true);
  const [yellow, , , black, varnish] = downloads.map(({ bytes }) => bytes);
  expect(latin1(yellow!.subarray(0, 10))).toBe('\x1bDb;y;128;');
  expect(yellow![10 + COLOUR_PANEL_BYTES]).toBe(0x0d);
  expect(latin1(black!.subarray(0, 16))).toBe('\x1bDbc;k;2;1016;\0\0');
  expect(latin1(varnish!.subarray(0, 16))).toBe('\x1bDbc;o;2;1016;\xff\xff');
});

test('a face of another size is refused before a byte is made', () => {
  expect(() => panelDownloads({ ...whiteFace(), heightPx: 638 })).toThrow(RangeError);
  expect(() => panelDownloads({ ...whiteFace(), overlay: new Uint8Array(3) })).toThrow(RangeError);
});
