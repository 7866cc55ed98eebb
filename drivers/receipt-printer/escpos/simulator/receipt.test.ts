import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import type { PaperEvent } from './paper-roll.ts';
import { receiptPicture, receiptText, simulateEscPos } from './simulator.ts';

const reader = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(reader)).buffer } });

/** Prints, and waits for the printer to say that all is on paper. */
async function paperOf(columns: 48 | 32, ...parts: (string | readonly number[])[]): Promise<PaperEvent[]> {
  const events: PaperEvent[] = [];
  const roll = {
    leftMm: 500,
    nearEnd: false,
    coverClosed: true,
    cutterBlocked: false,
    put: (event: PaperEvent) => events.push(event),
  };
  const printer = simulateEscPos({ roll, columns, clock: manualClock(), random: seededRandom(1), pacing: null });
  const { near, far } = memoryLinkPair();
  void printer.serve(far);
  for (const part of [...parts, [0x1d, 0x72, 1]]) {
    await near.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : Uint8Array.from(part));
  }
  await near.incoming[Symbol.asyncIterator]().next();
  return events;
}

const parenthesised = (...data: number[]) => [0x1d, 0x28, 0x6b, data.length & 0xff, data.length >> 8, ...data];
const qr = (text: string) => [
  ...parenthesised(49, 67, 5),
  ...parenthesised(49, 69, 49),
  ...parenthesised(49, 80, 48, ...Buffer.from(text)),
  ...parenthesised(49, 81, 48),
];

test('a QR code on the paper can be scanned from its picture, and its words stand in the text', async () => {
  const events = await paperOf(
    48,
    'Simpan kertas ini\n',
    [0x1b, 0x61, 1],
    qr('https://contoh.id/v/SU148217'),
    '\n',
    [0x1d, 0x56, 1],
  );
  const [code] = await readBarcodes(await receiptPicture(events, { marginDots: 32 }), { formats: ['QRCode'] });
  expect(code?.text).toBe('https://contoh.id/v/SU148217');
  expect(receiptText(events)).toContain('[QR] https://contoh.id/v/SU148217\n');
});

test('a barcode can be scanned as well, and one that cannot be drawn leaves no mark', async () => {
  const code128 = [0x1d, 0x68, 60, 0x1d, 0x77, 2, 0x1d, 0x48, 2, 0x1d, 0x6b, 73, 11, ...Buffer.from('{BSU148217A')];
  const events = await paperOf(48, '\n', [0x1b, 0x61, 1], code128, '\n\n');
  const [code] = await readBarcodes(await receiptPicture(events, { marginDots: 32 }), { formats: ['Code128'] });
  expect(code?.text).toBe('SU148217A');
  expect(await paperOf(48, [0x1d, 0x6b, 67, 3, ...Buffer.from('abc')])).toEqual([]);
});

test.each([
  [48, 576],
  [32, 384],
] as const)('the picture of %i columns is %i dots wide and as long as the paper', async (columns, width) => {
  const events = await paperOf(columns, 'Halo\nHalo\n', [0x1d, 0x56, 1]);
  const meta = await sharp(await receiptPicture(events)).metadata();
  expect(meta).toMatchObject({ format: 'png', width });
  expect(meta.height).toBeGreaterThan(60);
  const wide = await sharp(await receiptPicture(events, { marginDots: 32 })).metadata();
  expect(wide.width).toBe(width + 64);
});

test('the picture shows the letters of the fonts, the same on every machine', async () => {
  const events = await paperOf(32, 'Ij\n');
  const { data, info } = await sharp(await receiptPicture(events))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const rows = Array.from({ length: 24 }, (_, y) =>
    [...data.subarray(y * info.width, y * info.width + 24)].map((grey) => (grey < 128 ? '#' : '.')).join(''),
  );
  expect(rows.join('\n')).toMatchInlineSnapshot(`
    "........................
    ........................
    ...#####.........###....
    ...#####.........###....
    ....###.................
    ....###.................
    ....###...........##....
    ....###...........##....
    ....###...........##....
    ....###...........##....
    ....###...........##....
    ....###...........##....
    ....###...........##....
    ....###...........##....
    ....###...........##....
    ....###...........##....
    ...#####..........##....
    ...#####..........##....
    ..................##....
    .................###....
    .................###....
    ...............####.....
    ...............####.....
    ........................"
  `);
});

test('nothing printed is a picture all the same', async () => {
  expect((await sharp(await receiptPicture([])).metadata()).width).toBe(384);
  expect(receiptText([])).toBe('');
});
