// A simulated fingerprint module on a serial port of its own, for any client that speaks to a real one.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';
import { openPlaten, personalities, simulateZfm } from '#drivers/fingerprint/zfm/simulator/simulator.ts';
import { systemClock } from '#kit/clock.ts';
import { systemRandom } from '#kit/random.ts';
import { wordsOf } from './faults.ts';
import { openPty } from './pty.ts';

const usage = `A fingerprint module on a serial port of its own (Debian's socat), until Ctrl-C. Prints the path of the port.

  node tools/fingerprint/zfm-pty.ts [options]
  --personality WORD  ${Object.keys(personalities).join(', ')} (default zfm20)
  --finger PICTURE    what is put on the glass: PNG, TIFF, BMP or PGM; several of them take turns (default: rings)
  --dpi N             of the pictures (default 500)
  --at-once           answers at once, and not at the pace of the line

A finger lies on the glass at first. Enter lifts it; the next Enter puts down the next one.`;

const options = {
  personality: { type: 'string', default: 'zfm20' },
  finger: { type: 'string', multiple: true },
  dpi: { type: 'string', default: '500' },
  'at-once': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function readArguments() {
  const { values } = parseArgs({ options });
  const personality = Object.entries(personalities).find(([name]) => name === values.personality)?.[1];
  if (!personality) throw new Error(`--personality is one of ${Object.keys(personalities).join(', ')}`);
  const dpi = Number(values.dpi);
  if (!Number.isInteger(dpi) || dpi < 100 || dpi > 2_000) throw new Error(`--dpi ${values.dpi} is no resolution`);
  return { ...values, personality, dpi };
}

async function main(): Promise<void> {
  const { help, personality, finger: files = [], dpi, 'at-once': atOnce } = readArguments();
  if (help) return void process.stdout.write(`${usage}\n`);
  const fingers = files.length > 0 ? await Promise.all(files.map((file) => pictureFrom(file, dpi))) : [whorl()];
  const platen = openPlaten();
  let next = 0;
  const touch = () => {
    const finger = fingers[next % fingers.length];
    if (finger) platen.present(finger);
    next += 1;
  };
  touch();
  const module = simulateZfm({
    ...{ personality, finger: platen, clock: systemClock, random: systemRandom },
    pacing: atOnce ? null : 'baud',
  });
  const { path, link } = await openPty();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => link[Symbol.asyncDispose]());
  process.stdout.write(`${path}\n`);
  const tell = (words: string) => process.stderr.write(`${words}\n`);
  tell('A finger lies on the glass. Enter lifts it, and puts the next one down.');
  const keys = createInterface({ input: process.stdin }).on('line', () => {
    if (platen.finger) platen.lift();
    else touch();
    tell(platen.finger ? `Finger ${((next - 1) % fingers.length) + 1} lies on the glass.` : 'The glass is empty.');
  });
  await module.serve(link);
  keys.close();
}

/** Rings of ridges: nobody's finger. */
function whorl(): GreyImage {
  const [widthPx, heightPx] = [256, 288];
  const ring = (x: number, y: number) => Math.hypot(x - widthPx / 2, (y - heightPx / 2) * 0.8);
  const grey = (x: number, y: number) => Math.round(127 + 110 * Math.sin((ring(x, y) * 2 * Math.PI) / 9));
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => grey(i % widthPx, Math.floor(i / widthPx)));
  return { widthPx, heightPx, dpi: 500, pixels };
}

async function pictureFrom(file: string, dpi: number): Promise<GreyImage> {
  const read = sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true });
  const { data, info } = await read.catch((fault: unknown) => {
    throw new Error(`--finger ${file}: ${wordsOf(fault)}`);
  });
  return { widthPx: info.width, heightPx: info.height, dpi, pixels: new Uint8Array(data) };
}

main().catch((fault: unknown) => {
  process.stderr.write(`zfm-pty: ${wordsOf(fault)} (see --help)\n`);
  process.exitCode = 2;
});
