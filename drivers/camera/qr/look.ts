import type { QrSight } from '../camera.ts';
import { brightnessOf } from './brightness.ts';
import { toPicture } from './picture.ts';
import { qrReader } from './reader.ts';

/** Looks for a QR code in one JPEG. A picture that cannot be opened shows nothing. */
export type LookForQr = (jpeg: Uint8Array) => Promise<QrSight>;

export function qrLook(): LookForQr {
  const readCode = qrReader();
  return async (jpeg) => {
    const picture = await toPicture(jpeg).catch(() => undefined);
    if (!picture) return { found: 'nothing', brightness: 'ok' };
    const text = await readCode(picture);
    if (text !== undefined) return { found: 'code', text };
    return { found: 'nothing', brightness: brightnessOf(picture.grey) };
  };
}
