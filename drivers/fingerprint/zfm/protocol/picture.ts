import { OVERHEAD_BYTES } from './frame.ts';

const BITS_PER_BYTE = 10; // 8N1
const REPLY_BYTES = OVERHEAD_BYTES + 1;

/** Two pixels a byte, the left one in the high nibble, row by row from the top; 0 to 15 becomes 0 to 255. (Sheet 1.6) */
export function unpackPixels(packed: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(packed.length * 2);
  for (let n = 0; n < packed.length; n += 1) {
    const byte = packed[n] as number;
    pixels[2 * n] = (byte >> 4) * 17;
    pixels[2 * n + 1] = (byte & 0x0f) * 17;
  }
  return pixels;
}

export const packedBytes = ({ widthPx, heightPx }: { widthPx: number; heightPx: number }): number =>
  (widthPx * heightPx) / 2;

/** Everything that goes over the wire for one picture: the reply and the packets. */
export const wireBytes = (imageBytes: number, chunkBytes: number): number =>
  REPLY_BYTES + imageBytes + Math.ceil(imageBytes / chunkBytes) * OVERHEAD_BYTES;

/** How long that takes where nothing pauses. (Table in sheet 1.6) */
export const transferMs = (bytes: number, baudRate: number): number => (bytes * BITS_PER_BYTE * 1_000) / baudRate;
