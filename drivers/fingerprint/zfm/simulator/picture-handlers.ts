import type { Handler } from './answer.ts';
import { codes, type Instruction } from './instructions.ts';
import { look, type Module } from './module.ts';
import { hasRidges, packed, unpacked } from './picture.ts';
import { templateOf } from './template.ts';

/** Even a poor picture is a picture: says nothing of its worth (sheet 1.3). */
const genImg: Handler = (module) => ({ code: afterLook[look(module)] });

const afterLook = { taken: codes.ok, 'no-finger': codes.noFinger, failed: codes.captureFailed } as const;

export const pictureHandlers = {
  GenImg: genImg,
  GetImageOnly: genImg,

  GetImageEx(module) {
    const code = afterLook[look(module)];
    const poor = module.ram.image !== null && !hasRidges(module.ram.image);
    return { code: poor ? codes.tooFewPoints : code };
  },

  Img2Tz(module, [buffer = 0]) {
    const { image, chars } = module.ram;
    if (!image) return { code: codes.noImage };
    if (!hasRidges(image)) return { code: codes.tooFewPoints };
    chars.set(bufferNumber(module, buffer), templateOf(image, module.personality.templateBytes));
    return { code: codes.ok };
  },

  UpImage({ ram: { image } }) {
    return image ? { code: codes.ok, data: packed(image) } : { code: codes.cannotSendImage };
  },

  /** Whether all of it came is not said: the host has to ask for it back (sheet 1.2). */
  DownImage({ ram, personality: { widthPx, heightPx } }) {
    ram.image = null;
    const keep = (bytes: Uint8Array) => {
      if (bytes.length * 2 === widthPx * heightPx) ram.image = unpacked(bytes);
    };
    ram.receiving = { bytes: [], spoilt: false, keep };
    return { code: codes.ok };
  },

  CheckSensor: ({ sensorBroken }) => ({ code: sensorBroken ? codes.sensorBroken : codes.ok }),
} as const satisfies Partial<Record<Instruction, Handler>>;

/** A ZFM-20 takes any number but 1 for 2 (sheet 1.3); that others do so with one they do not have is not verified. */
export function bufferNumber({ personality }: Module, said: number): number {
  return said >= 1 && said <= personality.charBuffers ? said : 2;
}
