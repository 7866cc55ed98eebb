import { describe, expect, test } from 'vitest';
import type { CardPrinter } from '#drivers/card-printer/card-printer.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Panel } from '#drivers/panel/panel.ts';
import { silentLog } from '#kit/log.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { openJobBench } from '#tests/support/job-bench.ts';
import { steadyPanel, steadyPrinter } from './facades.ts';
import { supervise } from './supervisor.ts';

/** A device that nobody can open. */
function nobodyThere<D extends CardPrinter | Panel>() {
  const clock = manualClock();
  const stop = new AbortController();
  const open = async (): Promise<D> => {
    throw new DeviceError('link/unreachable', 'nobody answers');
  };
  const unreachable = 'card-printer/unreachable' as const;
  const device = supervise<D>({ name: 'x', open, unreachable, clock, random: seededRandom(1), log: silentLog });
  void device.run(stop.signal);
  return { clock, device };
}

describe('while nobody is there', () => {
  test('a step of the printer waits a minute, no longer, and says that nothing was sent', async () => {
    const { clock, device } = nobodyThere<CardPrinter>();
    const printer = steadyPrinter(device, clock);
    const { signal } = new AbortController();
    expect(printer.status.state).toBe('away');
    const steps = [printer.check({ signal }), printer.feed({ signal }), printer.reject({ signal })];
    const codes = Promise.all(steps.map((step) => step.catch((error: { code: string }) => error.code)));
    await clock.advance(61_000);
    expect(await codes).toEqual(steps.map(() => 'card-printer/unreachable'));
  });

  test('a step that is given up ends with the reason of who gave it up', async () => {
    const { clock, device } = nobodyThere<CardPrinter>();
    const stop = new AbortController();
    const step = steadyPrinter(device, clock).locate({ signal: stop.signal });
    stop.abort(new Error('the end'));
    await expect(step).rejects.toThrow('the end');
  });

  test('every sensor is unknown, and the shutter cannot be moved', async () => {
    const panel = steadyPanel(nobodyThere<Panel>().device);
    const { signal } = new AbortController();
    expect(new Set(Object.values(panel.sensors))).toEqual(new Set(['unknown']));
    for (const move of [panel.openShutter({ signal }), panel.closeShutter({ signal })])
      await expect(move).rejects.toMatchObject({ code: 'panel/unreachable' });
    expect(() => [panel.lamp('slot', 'on'), panel.beep()]).not.toThrow();
  });
});

test('a printer that comes back is used again, once it is fenced; a panel that goes is unknown at once and comes back', async () => {
  await using bench = await openJobBench();
  const life = await bench.begins();
  await life.recovers();
  const { world } = bench.cabinet;
  const { printer, panel } = life.devices;
  const { signal } = new AbortController();
  world.unplug('card-printer');
  world.unplug('panel');
  await bench.clock.advance(1_000);
  expect([printer.status.state, panel.sensors.shutterClosed]).toEqual(['away', 'unknown']);
  world.replug('card-printer');
  world.replug('panel');
  await bench.clock.advance(60_000);
  await expect(life.soon(printer.locate({ signal }))).rejects.toMatchObject({ code: 'card-printer/outcome-unknown' });
  await life.recovers();
  expect(await life.soon(printer.locate({ signal }))).toBe('none');
  expect(panel.sensors).toMatchObject({ shutterClosed: true, cardAtExit: false });
});
