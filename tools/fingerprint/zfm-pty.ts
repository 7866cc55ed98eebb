// A simulated fingerprint module on a serial port of its own, for any client that speaks to a real one.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';
import { openPlaten, personalities, simulateZfm } from '#drivers/fingerprint/zfm/simulator/simulator.ts';
import { systemClock } from '#kit/clock.ts';
import { systemRandom } from '#kit/random.ts';
import { openPty } from './pty.ts';

const { values } = parseArgs({
  options: {
    personality: { type: 'string', default: 'zfm20' },
    finger: { type: 'string' },
    dpi: { type: 'string', default: '500' },
    'at-once': { type: 'boolean', default: false },
  },
});
const personality = Object.entries(personalities).find(([name]) => name === values.personality)?.[1];
if (!personality) {
  console.error(`--personality is one of ${Object.keys(personalities).join(', ')}`);
  process.exit(2);
}
const finger = values.finger === undefined ? whorl() : await pictureFrom(values.finger, Number(values.dpi));
const platen = openPlaten();
platen.present(finger);
const module = simulateZfm({
  ...{ personality, finger: platen, clock: systemClock, random: systemRandom },
  pacing: values['at-once'] ? null : 'baud',
});
const { path, link } = await openPty();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => link[Symbol.asyncDispose]());
console.log(path);
console.error('A finger lies on the glass. Enter lifts it, and puts it back.');
const keys = createInterface({ input: process.stdin }).on('line', () => {
  if (platen.finger) platen.lift();
  else platen.present(finger);
  console.error(platen.finger ? 'The finger lies on the glass.' : 'The glass is empty.');
});
await module.serve(link);
keys.close();

/** Rings of ridges: nobody's finger. */
function whorl(): GreyImage {
  const [widthPx, heightPx] = [256, 288];
  const ring = (x: number, y: number) => Math.hypot(x - widthPx / 2, (y - heightPx / 2) * 0.8);
  const grey = (x: number, y: number) => Math.round(127 + 110 * Math.sin((ring(x, y) * 2 * Math.PI) / 9));
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => grey(i % widthPx, Math.floor(i / widthPx)));
  return { widthPx, heightPx, dpi: 500, pixels };
}

async function pictureFrom(file: string, dpi: number): Promise<GreyImage> {
  const { data, info } = await sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, dpi, pixels: new Uint8Array(data) };
}
