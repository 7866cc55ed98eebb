import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';

/** What a smaller or plainer scanner would have seen of the same finger. */
export interface ScannerView {
  crop?: { widthPx: number; heightPx: number };
  levels?: number;
}

export function seenBy(image: GreyImage, { crop, levels }: ScannerView): GreyImage {
  const seen = crop ? centreOf(image, crop.widthPx, crop.heightPx) : image;
  return levels === undefined ? seen : withLevels(seen, levels);
}

/** Cut from the middle; a side that is shorter already stays. */
export function centreOf(image: GreyImage, wantedWidth: number, wantedHeight: number): GreyImage {
  const widthPx = Math.min(wantedWidth, image.widthPx);
  const heightPx = Math.min(wantedHeight, image.heightPx);
  const left = Math.floor((image.widthPx - widthPx) / 2);
  const top = Math.floor((image.heightPx - heightPx) / 2);
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y += 1) {
    const from = (top + y) * image.widthPx + left;
    pixels.set(image.pixels.subarray(from, from + widthPx), y * widthPx);
  }
  return { ...image, widthPx, heightPx, pixels };
}

/** So many grey levels, evenly from black to white: 16 is what a module with four bits a pixel sends. */
export function withLevels(image: GreyImage, levels: number): GreyImage {
  const table = Uint8Array.from({ length: 256 }, (_, grey) =>
    Math.round((Math.floor((grey * levels) / 256) * 255) / (levels - 1)),
  );
  return { ...image, pixels: image.pixels.map((grey) => table[grey] ?? 0) };
}
