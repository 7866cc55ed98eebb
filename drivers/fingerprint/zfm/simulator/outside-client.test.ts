import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { systemClock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { fingerNo } from '#tests/support/zfm-bench.ts';
import { openPty } from '#tools/fingerprint/pty.ts';
import { seen } from './picture.ts';
import { openPlaten, type PersonalityName, personalities, simulateZfm } from './simulator.ts';

const client = fileURLToPath(new URL('outside-client.py', import.meta.url));
/** Debian's own first: it is the one whose packages apt installs. */
const python = ['/usr/bin/python3', 'python3'].find((one) => spawnSync(one, ['-c', 'import serial']).status === 0);
const score = '007b';

/** What the client says of a module on a real serial port of this machine. */
async function met(ctx: TestContext, name: PersonalityName, way: 'whole' | 'exact') {
  if (python === undefined || spawnSync('socat', ['-V']).error) {
    console.warn('python3-serial or socat is not installed: no outside client speaks to the fingerprint simulator');
    return ctx.skip();
  }
  const [platen, random] = [openPlaten(), seededRandom('pty')];
  platen.present(fingerNo(1));
  const zfm = simulateZfm({ personality: name, finger: platen, clock: systemClock, random, pacing: null });
  const { path, link } = await openPty();
  onTestFinished(() => link[Symbol.asyncDispose]());
  void zfm.serve(link);
  const { stdout } = await promisify(execFile)(python, [client, path, way], { timeout: 20_000 });
  return { zfm, told: JSON.parse(stdout) };
}

/** The digest of a picture as 16 greys, and how many pixels it has. */
function pixelsOf(name: PersonalityName): [number, string] {
  const sixteen = seen(fingerNo(1), personalities[name]).map((grey) => (grey >> 4) * 17);
  return [sixteen.length, createHash('sha256').update(sixteen).digest('hex')];
}

const common = {
  ...{ password: 0, image: 0, features: [0, 0], match: [0, 123], model: 0, store: 0 },
  ...{
    search: [0, `0003${score}`],
    missed: [9, '00000000'],
    index: `08${'00'.repeat(31)}`,
    count: 1,
    deleted: [0, 0x0c],
  },
};

test('a host that reads byte by byte and checks every sum gets all of a ZFM-20', async (ctx) => {
  const { zfm, told } = await met(ctx, 'zfm20', 'whole');
  expect(told).toEqual({
    ...common,
    parameters: '0004000000c80003ffffffff00020006',
    pixels: pixelsOf('zfm20'),
    template: [512, true],
    random: 4,
    chunk: [0, '0003'],
    larger: pixelsOf('zfm20'),
    baud: 0,
  });
  expect(zfm.snapshot().flash).toMatchObject({ chunkCode: 3, baudN: 12 });
});

test('a host that counts on the exact length of every answer gets all of an R503', async (ctx) => {
  const { zfm, told } = await met(ctx, 'r503', 'exact');
  expect(told).toEqual({
    ...common,
    parameters: '0004000900c80003ffffffff00020006',
    pixels: pixelsOf('r503'),
    template: [1536, true],
    led: 0,
    sensor: 0,
    restart: [0, '55'],
    afterwards: 0,
  });
  expect(zfm.led.control).toBe(4); // the restart took the light away
});
