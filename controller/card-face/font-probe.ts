import { FaceError } from './face-error.ts';
import { fontFamily } from './fonts.ts';
import type { Imaging } from './imaging.ts';
import type { Weight } from './layout.ts';

/** What is seen of a drawn text: how many pixels are dark, and how wide and high they stand. */
export interface Reading {
  readonly dark: number;
  readonly widthPx: number;
  readonly heightPx: number;
}
export type Readings = Readonly<Record<Weight, Reading>>;

/** Letters by which fonts differ, and one that most fonts lack. */
const PROBE = 'NIK 0123456789 QRSaegy\u{1E9E}\u{0186}';
const WIDTH_PX = 640;
const HEIGHT_PX = 64;
const SIZE_PX = 40;

/** What our font gives, version 0.4.2 of its package. */
const expected: Readings = {
  400: { dark: 4862, widthPx: 534, heightPx: 39 },
  600: { dark: 6490, widthPx: 544, heightPx: 39 },
  700: { dark: 7426, widthPx: 550, heightPx: 39 },
};
/** Rounding differs a little between processors; another font or weight differs far more. */
const DARK_TOLERANCE = 0.02;
const SIZE_TOLERANCE_PX = 2;

/** Draws the probe text in every weight of the card and measures it. */
export async function readProbe(sharp: Imaging): Promise<Readings> {
  const [regular, semiBold, bold] = await Promise.all([
    readWeight(sharp, 400),
    readWeight(sharp, 600),
    readWeight(sharp, 700),
  ]);
  return { 400: regular, 600: semiBold, 700: bold };
}

/** Why these readings are not those of our font; null where they are. A missing font draws another, or boxes, silently. */
export function strangeReading(readings: Readings): string | null {
  for (const weight of [400, 600, 700] as const) {
    const [is, should] = [readings[weight], expected[weight]];
    const alike =
      Math.abs(is.dark - should.dark) <= should.dark * DARK_TOLERANCE &&
      Math.abs(is.widthPx - should.widthPx) <= SIZE_TOLERANCE_PX &&
      Math.abs(is.heightPx - should.heightPx) <= SIZE_TOLERANCE_PX;
    if (!alike) return `weight ${weight} of ${fontFamily} reads ${JSON.stringify(is)}, not ${JSON.stringify(should)}`;
  }
  return null;
}

/** Throws `kiosk/font-missing` unless text in this process is drawn in our font. */
export async function assertOwnFont(sharp: Imaging): Promise<void> {
  const strange = strangeReading(await readProbe(sharp));
  if (strange) throw new FaceError('kiosk/font-missing', strange);
}

async function readWeight(sharp: Imaging, weight: Weight): Promise<Reading> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH_PX}" height="${HEIGHT_PX}">
<text x="8" y="46" font-family="${fontFamily}" font-size="${SIZE_PX}" font-weight="${weight}">${PROBE}</text></svg>`;
  return measure(await sharp(Buffer.from(svg)).extractChannel('alpha').raw().toBuffer());
}

function measure(cover: Uint8Array): Reading {
  const xs = new Set<number>();
  const ys = new Set<number>();
  let dark = 0;
  cover.forEach((value, at) => {
    if (value < 128) return;
    dark += 1;
    xs.add(at % WIDTH_PX);
    ys.add(Math.floor(at / WIDTH_PX));
  });
  const extent = (places: ReadonlySet<number>) =>
    places.size === 0 ? 0 : Math.max(...places) - Math.min(...places) + 1;
  return { dark, widthPx: extent(xs), heightPx: extent(ys) };
}
