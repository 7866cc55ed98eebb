import { expect, test } from 'vitest';
import { packedBytes, transferMs, unpackPixels, wireBytes } from './picture.ts';

test('the high nibble is the left pixel, and 15 is white', () => {
  expect([...unpackPixels(Uint8Array.of(0x0f, 0x81))]).toEqual([0, 255, 136, 17]);
});

test.each([
  [256, 288, 128, 40_044, 6.95, 3.48],
  [256, 288, 256, 38_460, 6.68, 3.34],
  [192, 192, 128, 20_028, 3.48, 1.74],
  [192, 192, 256, 19_236, 3.34, 1.67],
])(
  '%i x %i in chunks of %i bytes takes what the sheet says',
  (widthPx, heightPx, chunkBytes, bytes, at57600, at115200) => {
    const onTheWire = wireBytes(packedBytes({ widthPx, heightPx }), chunkBytes);
    expect(onTheWire).toBe(bytes);
    expect(transferMs(onTheWire, 57_600) / 1_000).toBeCloseTo(at57600, 2);
    expect(transferMs(onTheWire, 115_200) / 1_000).toBeCloseTo(at115200, 2);
  },
);
