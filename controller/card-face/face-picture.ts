import type { CardFace } from '#drivers/card-printer/card-printer.ts';

/** The face as a person sees it, RGB: colour, and the black resin on it. Varnish is clear. */
export function seenFace({ colour, black, widthPx, heightPx }: CardFace): Uint8Array {
  const seen = Uint8Array.from(colour);
  const rowBytes = Math.ceil(widthPx / 8);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const byte = black[y * rowBytes + (x >> 3)] as number;
      const at = (y * widthPx + x) * 3;
      if (byte & (0x80 >> (x & 7))) seen.fill(0, at, at + 3);
    }
  }
  return seen;
}
