import { DOTS_PER_LINE, LINES, unpackDots } from './bitmap.ts';
import type { InkedPanel, Panel } from './card-path.ts';

/** A card as it lies before a person: landscape, row by row from the top left, one byte per dot in each plane. */
export interface CardPlanes {
  widthPx: number;
  heightPx: number;
  /** 0 = none, 127 = all the dye of one pass; a second pass of the same panel adds to it, up to 127. */
  y: Uint8Array;
  m: Uint8Array;
  c: Uint8Array;
  /** 0 or 1. */
  k: Uint8Array;
  o: Uint8Array;
}

/** What the passes under the head left on a card, turned back from the head's order (sheet 1.3). */
export function decodePanels(ink: readonly InkedPanel[]): CardPlanes {
  const plane = (panel: Panel) => {
    const passes = ink.filter((one) => one.panel === panel);
    return passes.reduce((sum, { bitmap }) => addPass(sum, dotsOf(panel, bitmap), panel), blankPlane());
  };
  const planes = { y: plane('y'), m: plane('m'), c: plane('c'), k: plane('k'), o: plane('o') };
  return { widthPx: LINES, heightPx: DOTS_PER_LINE, ...planes };
}

function blankPlane(): Uint8Array {
  return new Uint8Array(LINES * DOTS_PER_LINE);
}

function dotsOf(panel: Panel, bitmap: Uint8Array): Uint8Array {
  return unpackDots(bitmap, panel === 'k' || panel === 'o' ? 1 : 7);
}

/** Line i is the column x = i, its dot j the row y = 647 - j. */
function addPass(plane: Uint8Array, dots: Uint8Array, panel: Panel): Uint8Array {
  const most = panel === 'k' || panel === 'o' ? 1 : 127;
  let at = 0;
  for (let x = 0; x < LINES; x++) {
    for (let y = DOTS_PER_LINE - 1; y >= 0; y--) {
      const to = y * LINES + x;
      plane[to] = Math.min(most, (plane[to] ?? 0) + (dots[at++] ?? 0));
    }
  }
  return plane;
}

/** What a person sees on the card, as a PNG of 1016 x 648: dye on white takes light away, resin lies black on top. */
export async function cardPicture(ink: readonly InkedPanel[]): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp'); // 20 MB that only those pay who look at a card
  const raw = { width: LINES, height: DOTS_PER_LINE, channels: 3 } as const;
  const picture = sharp(cardColours(decodePanels(ink)), { raw }).withMetadata({ density: 300 });
  return new Uint8Array(await picture.png({ compressionLevel: 6 }).toBuffer());
}

/** RGB, 3 bytes per dot. Each dye swallows one third of the light: cyan the red, magenta the green, yellow the blue. */
export function cardColours({ y, m, c, k }: CardPlanes): Uint8Array {
  const rgb = new Uint8Array(k.length * 3);
  for (let dot = 0; dot < k.length; dot++) {
    if (k[dot]) continue; // resin: black
    rgb[dot * 3] = LIGHT_LEFT[c[dot] ?? 0] ?? 0;
    rgb[dot * 3 + 1] = LIGHT_LEFT[m[dot] ?? 0] ?? 0;
    rgb[dot * 3 + 2] = LIGHT_LEFT[y[dot] ?? 0] ?? 0;
  }
  return rgb;
}

/** Light that is left, 0 to 255, under so much dye. */
const LIGHT_LEFT = Uint8Array.from({ length: 128 }, (_, dye) => Math.round(255 * (1 - dye / 127)));
