import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ReaderOptions } from 'zxing-wasm/reader';
import type { Picture } from './picture.ts';

/** All the time it takes: it is some milliseconds more, and reads night-mode screens and crooked paper. (Sheet C.3) */
const thorough: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: true,
  tryInvert: true,
  tryRotate: true,
  maxNumberOfSymbols: 1,
};

/** Reads the QR code in a picture, if there is one. */
export type ReadCode = (picture: Picture) => Promise<string | undefined>;

/** A reader that loads its engine with the first picture: a kiosk without visitors does not need it in memory. */
export function qrReader(): ReadCode {
  let engine: Promise<Engine> | undefined;
  return async (picture) => {
    engine ??= loadEngine();
    const { readBarcodes } = await engine;
    const results = await readBarcodes(toImageData(picture), thorough);
    return results.find(({ isValid }) => isValid)?.text;
  };
}

type Engine = Pick<typeof import('zxing-wasm/reader'), 'readBarcodes'>;

/** From node_modules: left to itself it fetches its engine from a public server, and a kiosk has none. (Sheet C.3) */
async function loadEngine(): Promise<Engine> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  const wasm = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return { readBarcodes };
}

/** The engine takes what a browser canvas gives: four bytes to a pixel. */
function toImageData({ widthPx, heightPx, grey }: Picture): ImageData {
  const data = new Uint8ClampedArray(grey.length * 4).fill(255);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel += 1, at += 4) {
    const value = grey[pixel] ?? 0;
    data[at] = value;
    data[at + 1] = value;
    data[at + 2] = value;
  }
  return { data, width: widthPx, height: heightPx, colorSpace: 'srgb' };
}
