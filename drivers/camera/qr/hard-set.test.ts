import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/full';
import { seededRandom, whole } from '#kit/random.ts';
import { qrLook } from './look.ts';

const texts = [
  'SU1-4821-7',
  '4821073956',
  'https://pickup.example/k/4821073956?d=2026-11-21',
  'AJG1.Q3k9cU1aX2ZyZWUtb2YtY2hhcmdl',
];
const FRAME = { width: 640, height: 480 };

beforeAll(async () => {
  const wasm = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/full/zxing_full.wasm')));
  await prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer }, fireImmediately: true });
});

/** The code, dark on white, as it would lie on paper. */
async function code(text: string, widthPx: number): Promise<Buffer> {
  const { image } = await writeBarcode(text, { format: 'QRCode', scale: 8, addQuietZones: true });
  if (!image) throw new Error('no picture of the code');
  return sharp(Buffer.from(await image.arrayBuffer()))
    .resize(widthPx, widthPx, { kernel: 'nearest' })
    .toBuffer();
}

/** Before the lens: a code of this size in the middle of a grey counter, turned by so many degrees. */
async function frame(text: string, { widthPx = 240, degrees = 0, back = '#8a8580' } = {}): Promise<Sharp> {
  const held = sharp(await code(text, widthPx)).rotate(degrees, { background: back });
  const input = await held.toBuffer();
  const flat = await sharp({ create: { ...FRAME, channels: 3, background: back } })
    .composite([{ input }])
    .png()
    .toBuffer();
  return sharp(flat).removeAlpha();
}

/** The same noise in every run, from -`strength` to `strength`. */
async function noisy(picture: Sharp, strength: number): Promise<Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const random = seededRandom(strength).bytes(4_096);
  const start = whole(seededRandom('start'), 97);
  for (let at = 0; at < data.length; at += 1) {
    const chance = ((random[(at * 31 + start + (at >> 12)) % random.length] ?? 0) / 127.5 - 1) * strength;
    data[at] = Math.max(0, Math.min(255, (data[at] ?? 0) + chance));
  }
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
}

const shine = (x: number, y: number, radius: number) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><defs><radialGradient id="g"><stop offset=".4" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs><circle cx="${x}" cy="${y}" r="${radius}" fill="url(#g)"/></svg>`,
  );

/** How people hold codes before a camera. */
const hardships: Readonly<Record<string, (text: string) => Promise<Sharp>>> = {
  'held well': (text) => frame(text),
  'far away': (text) => frame(text, { widthPx: 110 }),
  'very near': (text) => frame(text, { widthPx: 460 }),
  'turned a little': (text) => frame(text, { degrees: 17 }),
  'turned half way to the side': (text) => frame(text, { degrees: 45 }),
  'upside down': (text) => frame(text, { degrees: 180 }),
  'out of focus': async (text) => (await frame(text)).blur(1.6),
  'far out of focus': async (text) => (await frame(text, { widthPx: 320 })).blur(2.6),
  'hopelessly out of focus': async (text) => (await frame(text)).blur(3.4),
  'in night mode': async (text) => (await frame(text, { back: '#c8c8c8' })).negate(),
  'in a dark corner': async (text) => (await frame(text)).linear(0.16, 4),
  'almost without light': async (text) => (await frame(text)).linear(0.05, 2),
  'on a screen turned down': async (text) => (await frame(text)).linear(0.2, 90),
  'against the light': async (text) => (await frame(text)).linear(0.35, 165),
  'with the lamp on a corner of it': async (text) =>
    (await frame(text, { widthPx: 300 })).composite([{ input: shine(455, 345, 62) }]),
  'with the lamp on half of it': async (text) =>
    (await frame(text, { widthPx: 300 })).composite([{ input: shine(440, 330, 130) }]),
  'in a noisy picture': async (text) => noisy(await frame(text), 60),
  'dark, turned and noisy': async (text) => noisy((await frame(text, { degrees: 31 })).linear(0.3, 10), 14),
  tilted: async (text) => (await frame(text)).affine([1, 0.22, 0.06, 0.82], { background: '#8a8580' }),
};

const look = qrLook();
const jpegOf = async (picture: Sharp) => new Uint8Array(await picture.jpeg({ quality: 80 }).toBuffer());

describe('codes as people hold them', () => {
  test('nine of ten are read, and none is read wrong', async () => {
    const missed: string[] = [];
    const wrong: string[] = [];
    for (const [how, make] of Object.entries(hardships)) {
      for (const text of texts) {
        const sight = await look(await jpegOf(await make(text)));
        if (sight.found === 'nothing') missed.push(`${how}: ${text} (${sight.brightness})`);
        else if (sight.text !== text) wrong.push(`${how}: ${text} as ${sight.text}`);
      }
    }
    const all = texts.length * Object.keys(hardships).length;
    expect(wrong).toEqual([]);
    expect((all - missed.length) / all, missed.join('\n')).toBeGreaterThanOrEqual(0.9);
  });
});

describe('what to tell a person whose code is not read', () => {
  const counter = { create: { ...FRAME, channels: 3 as const, background: '#8a8580' } };

  test('an empty counter in good light needs no hint', async () => {
    expect(await look(await jpegOf(sharp(counter)))).toEqual({ found: 'nothing', brightness: 'ok' });
  });

  test('a covered lens is dark', async () => {
    const night = { create: { ...FRAME, channels: 3 as const, background: '#0a0a0a' } };
    expect(await look(await jpegOf(sharp(night)))).toEqual({ found: 'nothing', brightness: 'dark' });
  });

  test('a lamp in the glass of a phone is glare', async () => {
    const glare = (await frame('4821073956')).composite([{ input: shine(320, 240, 200) }]);
    expect(await look(await jpegOf(glare))).toEqual({ found: 'nothing', brightness: 'glare' });
  });

  test('bytes that are no picture show nothing', async () => {
    expect(await look(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9))).toEqual({ found: 'nothing', brightness: 'ok' });
  });
});
