import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { linkOpener } from '#drivers/kit/open-link.ts';
import { systemClock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { firmataPanels, type PinMap } from './open.ts';
import { simulateFirmata } from './simulator/simulator.ts';

const pins: PinMap = {
  lamps: { slot: 2, call: 3, ready: 4, trouble: 5 },
  beeper: 6,
  shutterMotor: 7,
  sensors: { cardAtExit: 8, shutterClosed: 9, doorClosed: 10, mainsPresent: 11 },
};
const never = new AbortController().signal;

/** Two serial ports with a wire between them. */
async function serialWire(): Promise<{ host: string; device: string; socat: ChildProcess }> {
  const folder = mkdtempSync(join(tmpdir(), 'panel-'));
  const [host, device] = [join(folder, 'host'), join(folder, 'device')];
  const socat = spawn('socat', [`pty,raw,echo=0,link=${host}`, `pty,raw,echo=0,link=${device}`], { stdio: 'ignore' });
  onTestFinished(() => {
    socat.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  while (!existsSync(host) || !existsSync(device)) await systemClock.sleep(10);
  return { host, device, socat };
}

test('a panel on a serial port works, and is away when the port goes', async (ctx) => {
  if (spawnSync('socat', ['-V']).error) {
    console.warn('socat is not installed: the panel is not tried on a serial port');
    ctx.skip();
  }
  const { host, device, socat } = await serialWire();
  let shutterClosed = true;
  let changed = () => {};
  const board = simulateFirmata({
    wiring: {
      cardAtExit: false,
      doorClosed: true,
      mainsPresent: true,
      get shutterClosed() {
        return shutterClosed;
      },
      lamp: () => undefined,
      beep: () => undefined,
      shutter(open) {
        shutterClosed = !open;
        changed();
      },
      onChange(listener) {
        changed = listener;
      },
    },
    pins,
    clock: systemClock,
    random: seededRandom('serial'),
    pacing: { bootMs: 20 },
  });
  const open = (path: string) => linkOpener({ kind: 'serial', path, baudRate: 57_600 })({ signal: never });
  void board.serve(await open(device));
  await using panels = firmataPanels({ clock: systemClock, pins });
  const panel = await panels.open({ link: await open(host) });
  await panel.openShutter({ signal: never });
  expect(panel.sensors.shutterClosed).toBe(false);
  await panel.closeShutter({ signal: never });
  socat.kill('SIGKILL');
  for await (const { state } of panel.statuses(never)) if (state === 'away') break;
  expect(panel.sensors.shutterClosed).toBe('unknown');
});
