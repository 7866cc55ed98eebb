import { expect, test } from 'vitest';
import { linkOpener } from '#drivers/kit/open-link.ts';
import { systemClock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { serialWire } from '#tests/support/serial-wire.ts';
import { openZfmScanner } from './driver/zfm.ts';
import { personalities } from './simulator/personality.ts';
import { openPlaten } from './simulator/platen.ts';
import { simulateZfm } from './simulator/simulator.ts';
import { fingerOf, patiently } from './test-place.ts';

test('a module on a serial port gives its picture, lets the port go, and is away when the port is', async (ctx) => {
  const wire = await serialWire();
  if (!wire) return ctx.skip();
  const { host, device, socat } = wire;
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
