import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import type { PaperLine } from '../receipt-printer.ts';
import { type LaidOut, layOut } from './layout.ts';

type EncoderOptions = NonNullable<ConstructorParameters<typeof ReceiptPrinterEncoder>[0]>;
export type PrinterModel = NonNullable<EncoderOptions['printerModel']>;

export interface PaperFormat {
  columns: 32 | 42 | 44 | 48;
  codepage: 'cp858' | 'cp437';
  /** A model the encoder has a profile of; without one the bytes are plain ESC/POS. */
  model?: PrinterModel;
}

/** The slit lies about this many lines behind the print head: without them the last words stay inside. */
const LINES_TO_THE_CUTTER = 5;
const QR_DOTS_PER_MODULE = 6;

/**
 * One paper in the printer's language, from ESC @ to the cut. Pure. `afterReset` goes right behind ESC @, which undoes
 * settings. QR codes are drawn by the printer itself (GS ( k): they hold no byte that could be taken for a command.
 */
export function encodePaper(paper: readonly PaperLine[], format: PaperFormat, afterReset: Uint8Array): Uint8Array {
  const encoder = new ReceiptPrinterEncoder({
    language: 'esc-pos',
    columns: format.columns,
    imageMode: 'raster',
    newline: '\n',
    feedBeforeCut: LINES_TO_THE_CUTTER,
    ...(format.model && { printerModel: format.model }),
  });
  encoder
    .initialize()
    .raw([...afterReset])
    .codepage(format.codepage);
  for (const line of layOut(paper, format.columns)) put(encoder, line);
  return encoder.cut('partial').encode();
}

function put(encoder: ReceiptPrinterEncoder, line: LaidOut): void {
  if (line.kind === 'feed') encoder.newline(line.lines);
  else if (line.kind === 'qr') putQr(encoder, line.text);
  else putLine(encoder, line);
}

/** With an empty line above it: a code needs four modules of white around it to be read. */
function putQr(encoder: ReceiptPrinterEncoder, text: string): void {
  encoder.newline(1);
  encoder.align('center').qrcode(text, { model: 2, size: QR_DOTS_PER_MODULE, errorlevel: 'm' }).align('left');
}

function putLine(encoder: ReceiptPrinterEncoder, line: LaidOut & { kind: 'line' }): void {
  const { scale } = line;
  encoder.align(line.align === 'centre' ? 'center' : line.align);
  encoder.bold(line.bold).size(scale, scale).line(line.text).size(1, 1).bold(false).align('left');
}
