import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { linkOpener } from '#drivers/kit/open-link.ts';
import { systemClock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { openZfmScanner } from './driver/zfm.ts';
import { personalities } from './simulator/personality.ts';
import { openPlaten } from './simulator/platen.ts';
import { simulateZfm } from './simulator/simulator.ts';
import { fingerOf, patiently } from './test-place.ts';

/** Two serial ports with a wire between them. */
async function serialWire(): Promise<{ host: string; device: string; socat: ChildProcess }> {
  const folder = mkdtempSync(join(tmpdir(), 'zfm-'));
  const [host, device] = [join(folder, 'host'), join(folder, 'device')];
  const socat = spawn('socat', [`pty,raw,echo=0,link=${host}`, `pty,raw,echo=0,link=${device}`], { stdio: 'ignore' });
  onTestFinished(() => {
    socat.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  while (!existsSync(host) || !existsSync(device)) await systemClock.sleep(10);
  return { host, device, socat };
}

test('a module on a serial port gives its picture, lets the port go, and is away when the port is', async (ctx) => {
  if (spawnSync('socat', ['-V']).error) {
    console.warn('socat is not installed: the module is not tried on a serial port');
    ctx.skip();
  }
  const { host, device, socat } = await serialWire();
  const glass = openPlaten();
  const finger = fingerOf(personalities.r503, 1);
  const random = seededRandom('serial');
  const module = simulateZfm({ personality: 'r503', finger: glass, clock: systemClock, random, pacing: null });
  const open = (baudRate: number, path = host) => linkOpener({ kind: 'serial', path, baudRate });
  const { signal } = new AbortController();
  void module.serve(await open(57_600, device)({ signal }));

  const judge = () => ({
    quality: { score: 80, foreground: 1, contrast: 1, minutiae: 40, coverage: 1 },
    hint: null,
  });
  const first = await openZfmScanner({ openLinkAt: open, clock: systemClock, judge });
  glass.present(finger);
  expect((await first.capture(patiently())).image).toEqual(finger);
  await first[Symbol.asyncDispose]();

  await using again = await openZfmScanner({ openLinkAt: open, clock: systemClock, judge });
  expect(again.status).toEqual({ state: 'ready' });
  socat.kill('SIGKILL');
  for await (const { state } of again.statuses(signal)) if (state === 'away') break;
});
