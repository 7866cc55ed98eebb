import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';
import type { Manner, PlacedFinger } from '../world/plain.ts';
import { type Conditions, conditions } from './conditions.ts';
import { impressionOf } from './impression.ts';
import { fingerOf, type Master } from './master.ts';

/** As the module of this cabinet sees it: a ZFM-20 (fingerprint.md 1). */
const glass = { widthPx: 256, heightPx: 288, dpi: 500 };

/** Somebody at a kiosk who takes care: never lying as straight as at a desk, and good enough. */
const well: Conditions = { ...conditions.good, ...glass, shiftPx: 25, turnDeg: 12, stretchPx: [1, 6] };
/** `beside` is put down firmly on a wider glass, of which the scanner sees the left part: the finger's edge. */
const howItLies: Record<Manner, Conditions> = {
  well,
  lightly: { ...well, pressure: [-3.2, -2.8] },
  wet: { ...well, pressure: [1.5, 2], moisture: [2.2, 2.6] },
  beside: { ...well, widthPx: 691, shiftPx: 10, contact: [0.95, 1], pressure: [0.5, 0.8] },
};

/** Whoever knows a person only by a word draws the same fingers: the reference at the office and the touch at the kiosk. */
export function fingerOfPerson(person: string, finger: PlacedFinger['finger']): Master {
  return fingerOf(`${person} ${finger}`);
}

/** One touch of the glass: the same one for the same placement. Takes a tenth of a second. */
export function touchOf(master: Master, { person, finger, manner, placement }: PlacedFinger): GreyImage {
  const image = impressionOf(master, `${person} ${finger} ${placement}`, howItLies[manner]);
  return manner === 'beside' ? leftPartOf(image) : image;
}

function leftPartOf({ widthPx, pixels }: GreyImage): GreyImage {
  const part = new Uint8Array(glass.widthPx * glass.heightPx);
  for (let y = 0; y < glass.heightPx; y += 1)
    part.set(pixels.subarray(y * widthPx, y * widthPx + glass.widthPx), y * glass.widthPx);
  return { ...glass, pixels: part };
}
