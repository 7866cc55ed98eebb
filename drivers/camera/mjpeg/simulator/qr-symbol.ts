import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

/** A QR code as modules: `rows[y][x]` is true where it is dark. No quiet zone. */
export interface QrSymbol {
  size: number;
  rows: boolean[][];
}

let writer: Promise<unknown> | undefined;

/** Draws the code of a text. Throws where the text is too long for any code. */
export async function qrSymbol(text: string): Promise<QrSymbol> {
  writer ??= loadWriter();
  await writer;
  const { symbol, error } = await writeBarcode(text, { format: 'QRCode', options: 'ecLevel=M' });
  if (error) throw new RangeError(`no QR code for this text: ${error}`);
  const { data, width: size } = symbol;
  const rows = Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => data[y * size + x] === 0));
  return { size, rows };
}

/** Left alone, the package fetches its wasm from a server on the internet. */
function loadWriter(): Promise<unknown> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  const { buffer } = new Uint8Array(readFileSync(path));
  return prepareZXingModule({ overrides: { wasmBinary: buffer }, fireImmediately: true });
}
