import sharp from 'sharp';
import { drawScene, stage } from './drawing.ts';
import type { Scene } from './scene.ts';

export interface PictureSize {
  widthPx: number;
  heightPx: number;
}

export const defaultSize: PictureSize = { widthPx: stage.width, heightPx: stage.height };

/** What the camera sees now, as one JPEG: for a live picture on a page, and the source of every frame. */
export async function sceneJpeg(
  scene: Pick<Scene, 'held' | 'covered'>,
  { size = defaultSize, grain = 0 }: { size?: PictureSize; grain?: number } = {},
): Promise<Uint8Array> {
  const drawing = Buffer.from(await drawScene(scene));
  const { data, info } = await sharp(drawing)
    .resize(size.widthPx, size.heightPx, { fit: 'cover' })
    .removeAlpha()
    .blur(0.6) // no lens is as sharp as a drawing
    .raw()
    .toBuffer({ resolveWithObject: true });
  addGrain(data, grain);
  const { width, height, channels } = info;
  return new Uint8Array(await sharp(data, { raw: { width, height, channels } }).jpeg({ quality: 80 }).toBuffer());
}

/** The mild noise of a small sensor, the same for the same `grain`: a linear congruential run, two steps to a pixel. */
function addGrain(pixels: Uint8Array, grain: number): void {
  let state = (grain + 1) * 2_654_435_761;
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    const noise = ((state >>> 24) + ((state >>> 16) & 0xff)) / 32 - 8; // about -8 to 8, mostly near 0
    for (let channel = at; channel < at + 3; channel += 1) {
      pixels[channel] = Math.max(0, Math.min(255, (pixels[channel] ?? 0) + noise));
    }
  }
}
