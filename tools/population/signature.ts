import sharp from 'sharp';
import { signatureSvg } from './signature-shape.ts';

/** The signature as PNG: dark strokes on nothing. */
export async function drawSignature(number: number): Promise<Uint8Array> {
  return await sharp(Buffer.from(signatureSvg(number)))
    .png({ palette: true, colours: 8, compressionLevel: 9 })
    .toBuffer();
}
