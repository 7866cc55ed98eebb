import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isDeviceError } from '#contract/problems/codes.ts';
import type { CardFields } from '#contract/uplink/record.ts';
import type { CardFace } from '#drivers/card-printer/card-printer.ts';
import type { FaceRenderer } from './face-renderer.ts';
import { readFonts } from './fonts.ts';
import { goldenFields, goldenNames, goldenPeople } from './golden-people.ts';
import { drawPortrait, drawSignature } from './golden-pictures.ts';
import { type Imaging, loadImaging } from './imaging.ts';
import { type Box, layout } from './layout.ts';
import { openFaceRenderer } from './open-face-renderer.ts';
import { placeTexts } from './place.ts';

let workFolder: string;
let sharp: Imaging;
let renderer: FaceRenderer;
beforeAll(async () => {
  workFolder = await mkdtemp(join(tmpdir(), 'anjungan-face-'));
  sharp = await loadImaging({ workFolder });
  renderer = openFaceRenderer({ workFolder });
});
afterAll(() => rm(workFolder, { recursive: true }));

const step = () => ({ signal: new AbortController().signal });
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const { sitter } = goldenPeople.ordinary;
const ordinary = (changes: Partial<CardFields> = {}) =>
  goldenFields(sharp, 'ordinary').then((fields) => ({ ...fields, ...changes }));
const refusal = async (changes: Partial<CardFields>) => {
  const fields = await ordinary(changes);
  return renderer.render(fields, step()).then(
    () => undefined,
    (error: unknown) => (isDeviceError(error) ? error.code : error),
  );
};
const inked = (black: Uint8Array, { x, y, width, height }: Box) => {
  let count = 0;
  for (let row = Math.floor(y); row < y + height; row++) {
    for (let column = Math.floor(x); column < x + width; column++) {
      count += (black[row * 127 + (column >> 3)]! >> (7 - (column & 7))) & 1;
    }
  }
  return count;
};

const samePixels = (one: CardFace, other: CardFace) =>
  (['colour', 'black', 'overlay'] as const).every((plane) => Buffer.compare(one[plane], other[plane]) === 0);

test('a face has the three planes that a printer takes', async () => {
  const { widthPx, heightPx, colour, black, overlay } = await renderer.render(await ordinary(), step());
  expect([widthPx, heightPx]).toEqual([1016, 648]);
  expect([colour.length, black.length, overlay.length]).toEqual([1016 * 648 * 3, 127 * 648, 127 * 648]);
});

test('the same record gives the same pixels, in any renderer', async () => {
  const fields = await ordinary();
  const [first, second] = [renderer, openFaceRenderer({ workFolder })].map((one) => one.render(fields, step()));
  expect(samePixels((await first)!, (await second)!)).toBe(true);
});

test('a printer may scribble on a face without spoiling the next', async () => {
  const fields = await ordinary();
  const face = await renderer.render(fields, step());
  const before = structuredClone(face);
  for (const plane of [face.colour, face.black, face.overlay]) plane.fill(7);
  expect(samePixels(await renderer.render(fields, step()), before)).toBe(true);
});

test('all ink of all golden people stays in the boxes that keep texts apart', async () => {
  const fonts = readFonts();
  for (const name of goldenNames) {
    const fields = await goldenFields(sharp, name);
    const { black } = await renderer.render(fields, step());
    const boxes = [...placeTexts(fields, fonts).map(({ box }) => widened(box)), layout.signature.box];
    const inBoxes = boxes.reduce((sum, box) => sum + inked(black, box), 0);
    expect(inBoxes).toBe(inked(black, { x: 0, y: 0, width: 1016, height: 648 }));
  }
});

/** Rounding to whole pixels, and letters that lean out of their advance. */
const widened = ({ x, y, width, height }: Box): Box => ({
  x: x - 2,
  y: Math.ceil(y),
  width: width + 4,
  height: Math.floor(height),
});

test('who does not sign has nothing in the place of the signature', async () => {
  const { black } = await renderer.render(await ordinary({ signature: null }), step());
  expect(inked(black, layout.signature.box)).toBe(0);
});

test('a signature is the same strokes on clear and on white paper', async () => {
  const [clear, white] = await Promise.all([drawSignature(sharp, 'clear'), drawSignature(sharp, 'white')]);
  const faces = [clear, white].map(async (signature) => renderer.render(await ordinary({ signature }), step()));
  const [onClear, onWhite] = await Promise.all(faces);
  expect(inked(onClear!.black, layout.signature.box)).toBeGreaterThan(300);
  expect(Buffer.compare(onClear!.black, onWhite!.black)).toBe(0);
});

test('a portrait for the press is a portrait', async () => {
  const colour = Buffer.from(await drawPortrait(sharp, sitter), 'base64');
  const portrait = base64(await sharp(colour).toColourspace('cmyk').jpeg().toBuffer());
  const { channels } = await sharp(Buffer.from(portrait, 'base64')).metadata();
  expect([channels, await refusal({ portrait })]).toEqual([4, undefined]);
});

test('a portrait in grey is printed in grey', async () => {
  const colour = Buffer.from(await drawPortrait(sharp, sitter), 'base64');
  const portrait = base64(await sharp(colour).toColourspace('b-w').jpeg().toBuffer());
  const face = await renderer.render(await ordinary({ portrait }), step());
  const { x, y } = layout.portrait.box;
  const [red, green, blue] = face.colour.subarray((y * 1016 + x) * 3);
  expect([green, blue]).toEqual([red, red]);
});

test('a portrait that lies on its side is turned as its camera says', async () => {
  const upright = Buffer.from(await drawPortrait(sharp, sitter), 'base64');
  const turned = base64(await sharp(upright).rotate(-90).withMetadata({ orientation: 6 }).jpeg().toBuffer());
  expect(await refusal({ portrait: turned })).toBeUndefined();
});

test('a portrait that is missing, broken, cut short, too small, no portrait or empty is refused', async () => {
  const whole = Buffer.from(await drawPortrait(sharp, sitter), 'base64');
  const drawn = (widthPx: number, heightPx: number) => drawPortrait(sharp, sitter, { widthPx, heightPx } as never);
  const flat = { create: { width: 300, height: 400, channels: 3 as const, background: '#777' } };
  const bad = {
    missing: '',
    'not base64': '???',
    'a PNG': base64(await sharp(whole).png().toBuffer()),
    'a drawing that calls itself a picture': base64(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
    noise: base64(Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0), Buffer.alloc(400, 0x5a)])),
    'half of it': base64(whole.subarray(0, whole.length / 2)),
    'all but its end': base64(whole.subarray(0, -40)),
    'a stamp': await drawn(90, 120),
    'a landscape': await drawn(400, 300),
    'nothing to see': base64(await sharp(flat).jpeg().toBuffer()),
  };
  for (const [what, portrait] of Object.entries(bad)) {
    expect([what, await refusal({ portrait })]).toEqual([what, 'record/bad-portrait']);
  }
});

test('a broken signature is refused: without it the card would say that this person does not sign', async () => {
  const whole = Buffer.from(await drawSignature(sharp), 'base64');
  for (const bytes of [Buffer.from('no picture'), whole.subarray(0, whole.length / 2)]) {
    expect(await refusal({ signature: base64(bytes) })).toBe('record/unprintable-text');
  }
});

test('faces come in the order asked, and a bad one does not stop the next', async () => {
  const told: string[] = [];
  const ask = (name: string, fields: CardFields) =>
    renderer.render(fields, step()).then(
      () => told.push(name),
      () => told.push(`${name} refused`),
    );
  const [good, bad] = [await ordinary(), await ordinary({ name: '中' })];
  await Promise.all([ask('first', good), ask('second', bad), ask('third', good)]);
  expect(told).toEqual(['first', 'second refused', 'third']);
});

test('a visit that ended gets no face', async () => {
  const over = new AbortController();
  over.abort(new Error('the visit is over'));
  await expect(renderer.render(await ordinary(), { signal: over.signal })).rejects.toThrow('the visit is over');
});

test('a kiosk without its fonts draws nothing, and draws again when they are back', async () => {
  const fields = await ordinary();
  const fontsFolder = join(workFolder, 'fonts');
  const bare = openFaceRenderer({ workFolder, fontsFolder });
  await expect(bare.render(fields, step())).rejects.toMatchObject({ code: 'kiosk/font-missing' });
  const ours = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json');
  await cp(dirname(ours), fontsFolder, { recursive: true });
  await expect(bare.render(fields, step())).resolves.toHaveProperty('black');
});
