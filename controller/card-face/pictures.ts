import { FaceError } from './face-error.ts';
import type { Imaging } from './imaging.ts';
import { layout } from './layout.ts';

/** A picture that claims to be larger is no portrait; decoding it would only fill the memory. */
const MOST_PIXELS = 24_000_000;
const JPEG_START = Buffer.of(0xff, 0xd8, 0xff);
const PNG_START = Buffer.of(0x89, 0x50, 0x4e, 0x47);
/** Below this spread of values (of 255) a picture shows nothing. */
const FLATTEST = 2;
/** Thin strokes turn grey when they are made smaller; paper is lighter than this. */
export const strokeThreshold = 168;

/**
 * The portrait as RGB in the size of its place. Throws `record/bad-portrait` for one that is absent, no JPEG, cut short,
 * too small, of another shape than a portrait, or flat.
 */
export async function readPortrait(sharp: Imaging, base64: string): Promise<Uint8Array> {
  const bytes = Buffer.from(base64, 'base64');
  const { width, height } = layout.portrait.box;
  if (!bytes.subarray(0, 3).equals(JPEG_START)) throw badPortrait('is no JPEG');
  try {
    const rgb = await decodePortrait(sharp, bytes);
    if (rgb.length !== width * height * 3) throw badPortrait('has no three colours');
    if (isFlat(rgb)) throw badPortrait('shows nothing');
    return rgb;
  } catch (error) {
    if (error instanceof FaceError) throw error;
    throw badPortrait('cannot be decoded', { cause: error });
  }
}

async function decodePortrait(sharp: Imaging, bytes: Buffer): Promise<Uint8Array> {
  const { width, height } = layout.portrait.box;
  const picture = sharp(bytes, { failOn: 'warning', limitInputPixels: MOST_PIXELS }).autoOrient();
  const { autoOrient } = await picture.metadata();
  assertShape(autoOrient);
  return picture.resize(width, height, { fit: 'cover', position: 'top' }).toColourspace('srgb').raw().toBuffer();
}

function assertShape({ width, height }: { width: number; height: number }): void {
  const { smallest, narrowest, widest } = layout.portrait;
  const size = `${width} x ${height} pixels`;
  if (width < smallest.widthPx || height < smallest.heightPx) throw badPortrait(`has only ${size}`);
  if (width / height < narrowest || width / height > widest) throw badPortrait(`has ${size}: no portrait's shape`);
}

function isFlat(values: Uint8Array): boolean {
  let sum = 0;
  let squares = 0;
  for (let at = 1; at < values.length; at += 3) {
    const green = values[at] as number;
    sum += green;
    squares += green * green;
  }
  const count = values.length / 3;
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)) < FLATTEST;
}

/**
 * The signature as grey values in the size of its place, white around it. Throws `record/unprintable-text` for a file that
 * is no PNG or cannot be decoded: printed without it the card would say that this person does not sign.
 */
export async function readSignature(sharp: Imaging, base64: string): Promise<Uint8Array> {
  const bytes = Buffer.from(base64, 'base64');
  const { width, height } = layout.signature.box;
  if (!bytes.subarray(0, 4).equals(PNG_START)) throw badSignature('is no PNG');
  try {
    const strokes = sharp(bytes, { failOn: 'warning', limitInputPixels: MOST_PIXELS }).flatten({ background: '#fff' });
    const fitted = strokes.resize(width, height, { fit: 'contain', background: '#fff' });
    return await fitted.toColourspace('b-w').raw().toBuffer();
  } catch (error) {
    throw badSignature('cannot be decoded', { cause: error });
  }
}

const badPortrait = (what: string, options?: ErrorOptions) =>
  new FaceError('record/bad-portrait', `the portrait ${what}`, options);
const badSignature = (what: string, options?: ErrorOptions) =>
  new FaceError('record/unprintable-text', `the signature ${what}`, options);
