import type { CardFields } from '#contract/uplink/record.ts';
import type { CardFace } from '#drivers/card-printer/card-printer.ts';
import { drawGround, drawTexts } from './drawing.ts';
import type { FaceRenderer } from './face-renderer.ts';
import { assertOwnFont } from './font-probe.ts';
import { type FontPlace, type Fonts, readFonts } from './fonts.ts';
import { type Imaging, loadImaging } from './imaging.ts';
import { faceSize, layout } from './layout.ts';
import { readPortrait, readSignature, strokeThreshold } from './pictures.ts';
import { placeTexts } from './place.ts';
import { addStrokes, packInk, putPicture, varnishPlane } from './planes.ts';

/** Loads nothing yet: sharp and the fonts come with the first face. */
export function openFaceRenderer(place: FontPlace): FaceRenderer & { warm(): void } {
  return new SharpFaceRenderer(place);
}

/** What every face needs and no face changes. */
interface Workshop {
  readonly sharp: Imaging;
  readonly fonts: Fonts;
  readonly ground: Uint8Array;
  readonly varnish: Uint8Array;
}

class SharpFaceRenderer implements FaceRenderer {
  readonly #place: FontPlace;
  #workshop: Promise<Workshop> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  constructor(place: FontPlace) {
    this.#place = place;
  }

  render(fields: CardFields, { signal }: { signal: AbortSignal }): Promise<CardFace> {
    const face = this.#last.then(() => this.#draw(fields, signal));
    this.#last = face.catch(() => undefined); // one after the other; the next does not fail with this one
    return face;
  }

  /** Loads what the first face needs, ahead of it; what is wrong is told by the face itself. */
  warm(): void {
    this.#open().catch(() => undefined);
  }

  async #draw(fields: CardFields, signal: AbortSignal): Promise<CardFace> {
    signal.throwIfAborted();
    const face = await drawFace(await this.#open(), fields);
    signal.throwIfAborted();
    return face;
  }

  /** A workshop that could not be opened is tried again for the next face. */
  #open(): Promise<Workshop> {
    this.#workshop ??= openWorkshop(this.#place).catch((error: unknown) => {
      this.#workshop = undefined;
      throw error;
    });
    return this.#workshop;
  }
}

async function openWorkshop(place: FontPlace): Promise<Workshop> {
  const fonts = readFonts(place);
  const sharp = await loadImaging(place);
  await assertOwnFont(sharp);
  const ground = await sharp(Buffer.from(drawGround())).flatten({ background: '#fff' }).raw().toBuffer();
  return { sharp, fonts, ground, varnish: varnishPlane(layout.bare) };
}

async function drawFace({ sharp, fonts, ground, varnish }: Workshop, fields: CardFields): Promise<CardFace> {
  const texts = placeTexts(fields, fonts); // refuses before any picture is decoded
  const [portrait, signature, cover] = await Promise.all([
    readPortrait(sharp, fields.portrait),
    fields.signature ? readSignature(sharp, fields.signature) : null,
    sharp(Buffer.from(drawTexts(texts)))
      .extractChannel('alpha')
      .raw()
      .toBuffer(),
  ]);
  const black = packInk(cover);
  if (signature) addStrokes(black, signature, layout.signature.box, strokeThreshold);
  const colour = Uint8Array.from(ground);
  putPicture(colour, portrait, layout.portrait.box);
  return { ...faceSize, colour, black, overlay: Uint8Array.from(varnish) };
}
