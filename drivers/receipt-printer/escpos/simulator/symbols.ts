import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { type Band, blankBand } from './band.ts';
import { freshPress, indent, lineEnd, printLine, type SymbolJob, typeset } from './press.ts';
import { copyInto } from './raster.ts';

let writer: Promise<unknown> | undefined;

/** How symbols are drawn: by the wasm writer, which takes its own time, or by a search that must be repeatable. */
export type DrawSymbol = (job: SymbolJob, widthDots: number) => Promise<Band[] | undefined>;

/** Loads what draws symbols. Who lets time leap waits for it first: no machine's deadline is meant for the loading of a library. */
export async function symbolsReady(): Promise<void> {
  writer ??= loadWriter();
  await writer;
}

/** Draws a QR code or barcode as the printer would. What cannot be encoded prints as nothing: undefined. */
export async function drawSymbol(job: SymbolJob, widthDots: number): Promise<Band[] | undefined> {
  await symbolsReady();
  const options = job.format === 'QRCode' ? `ecLevel=${job.level}` : '';
  const { symbol, error } = await writeBarcode(job.text, { format: job.format, options });
  if (error || !symbol.data) return undefined;
  const linear = job.format !== 'QRCode' && job.format !== 'PDF417';
  const rows = linear ? 1 : symbol.height;
  const picture = modules(symbol.data, symbol.width, rows);
  const wide = picture.widthDots * job.moduleX;
  if (wide > widthDots) return undefined; // too wide for the paper: a real one prints none either
  const band = blankBand(widthDots, rows * job.moduleY);
  const left = aligned(job, widthDots, wide);
  copyInto(band, picture, left, job.moduleX, job.moduleY);
  const label = labelOf(job.text, widthDots, left + wide / 2);
  const [above, below] = [job.label === 'above' || job.label === 'both', job.label === 'below' || job.label === 'both'];
  return [...(above ? label : []), band, ...(below ? label : [])];
}

/** How a symbol is told to somebody who reads only text. */
export function symbolText({ format, text }: SymbolJob): string {
  return `[${format === 'QRCode' ? 'QR' : format}] ${text}`;
}

function modules(data: ArrayLike<number>, width: number, rows: number): Band {
  const band = blankBand(width, rows);
  for (let at = 0; at < width * rows; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const byte = y * Math.ceil(width / 8) + (x >> 3);
    if (data[at] === 0) band.dots[byte] = (band.dots[byte] ?? 0) | (0x80 >> (x & 7));
  }
  return band;
}

function aligned(job: SymbolJob, widthDots: number, wide: number): number {
  const press = freshPress(widthDots);
  press.settings.align = job.align;
  return indent(press, wide);
}

/** The data in letters, centred on the bars. */
function labelOf(text: string, widthDots: number, middle: number): Band[] {
  const press = freshPress(widthDots);
  for (const character of text) typeset(press, character);
  const offset = Math.max(0, Math.round(middle - lineEnd(press) / 2));
  printLine(press);
  return press.actions.flatMap((action) => {
    if (action.do !== 'print') return [];
    const band = blankBand(widthDots, action.band.rows);
    copyInto(band, action.band, offset, 1, 1);
    return [band];
  });
}

/** Left alone, the package fetches its wasm from a server on the internet. */
function loadWriter(): Promise<unknown> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  const { buffer } = new Uint8Array(readFileSync(path));
  return prepareZXingModule({ overrides: { wasmBinary: buffer }, fireImmediately: true });
}
