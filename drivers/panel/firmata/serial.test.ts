import { expect, test } from 'vitest';
import { linkOpener } from '#drivers/kit/open-link.ts';
import { systemClock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { serialWire } from '#tests/support/serial-wire.ts';
import { firmataPanels, type PinMap } from './open.ts';
import { simulateFirmata } from './simulator/simulator.ts';

const pins: PinMap = {
  lamps: { slot: 2, call: 3, ready: 4, trouble: 5 },
  beeper: 6,
  shutterMotor: 7,
  sensors: { cardAtExit: 8, shutterClosed: 9, doorClosed: 10, mainsPresent: 11 },
};
const never = new AbortController().signal;

test('a panel on a serial port works, and is away when the port goes', async (ctx) => {
  const wire = await serialWire();
  if (!wire) return ctx.skip();
  const { host, device, socat } = wire;
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
