import { describe, expect, test } from 'vitest';
import { DeviceError } from '#drivers/kit/device-error.ts';
import { Remembered } from '#kit/async.ts';
import { silentLog } from '#kit/log.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { type AnyStatus, type Health, supervise } from './supervisor.ts';

const unreachable: Error = new DeviceError('link/unreachable', 'nobody answers');

/** A device that can be opened again and again, and what its supervisor made of it. */
function supervised(error?: Error) {
  const clock = manualClock();
  const stop = new AbortController();
  const lives: { status: Remembered<AnyStatus>; closed: boolean; atMs: number }[] = [];
  const attemptsAtMs: number[] = [];
  const plug = { in: error === undefined, error: error ?? unreachable };
  const open = async () => {
    attemptsAtMs.push(clock.monotonicMs());
    if (!plug.in) throw plug.error;
    const life = { status: new Remembered<AnyStatus>({ state: 'ready' }), closed: false, atMs: clock.monotonicMs() };
    lives.push(life);
    return {
      statuses: (signal: AbortSignal) => life.status.changes(signal),
      async [Symbol.asyncDispose]() {
        life.closed = true;
      },
    };
  };
  const device = supervise({
    ...{ name: 'camera', open, unreachable: 'camera/unreachable' as const },
    ...{ clock, random: seededRandom('supervisor'), log: silentLog },
  });
  const told: Health[] = [];
  const listen = async () => {
    for await (const health of device.health.changes(stop.signal)) told.push(health);
  };
  const running = Promise.all([device.run(stop.signal), listen()]);
  const life = () => lives.at(-1) ?? never();
  return { clock, stop, lives, life, attemptsAtMs, plug, device, told, running };
}

const never = (): never => {
  throw new Error('it was never opened');
};

describe('a device', () => {
  test('is opened at once, and lent while it is open', async () => {
    const { clock, device, told } = supervised();
    await clock.advance(1);
    expect(device.driver).not.toBeNull();
    expect(await device.opened(new AbortController().signal)).toBe(device.driver);
    expect(told).toEqual([
      { state: 'opening', code: null },
      { state: 'ready', code: null },
    ]);
  });

  test('that has trouble and recovers is told by its code, each change once, and is not reopened', async () => {
    const { clock, told, life, lives } = supervised();
    await clock.advance(1);
    const seen: AnyStatus[] = [
      { state: 'needs-attention', problem: 'camera/stalled' },
      { state: 'needs-attention', problem: 'camera/stalled' },
      { state: 'busy' },
      { state: 'ready' },
    ];
    for (const status of seen) {
      life().status.set(status);
      await clock.advance(1);
    }
    expect(told.slice(1)).toEqual([
      { state: 'ready', code: null },
      { state: 'trouble', code: 'camera/stalled' },
      { state: 'ready', code: null },
    ]);
    expect(lives).toHaveLength(1);
  });

  test('that goes away is closed, not lent, and opened again when it is back', async () => {
    const { clock, plug, life, lives, device, told } = supervised();
    await clock.advance(1);
    plug.in = false;
    life().status.set({ state: 'away', sinceMs: 0 });
    await clock.advance(10);
    expect([life().closed, device.driver, told.at(-1)]).toEqual([
      true,
      null,
      { state: 'away', code: 'camera/unreachable' },
    ]);
    const waiting = device.opened(new AbortController().signal);
    plug.in = true;
    await clock.advance(30_000);
    expect(await waiting).toBe(device.driver);
    expect([lives.length, told.at(-1)]).toEqual([2, { state: 'ready', code: null }]);
  });

  test('that is never there is tried for ever, less and less often, at least every 23 s, never in a burst', async () => {
    const { clock, attemptsAtMs, told } = supervised(unreachable);
    await clock.advance(600_000);
    const waits = attemptsAtMs.slice(1).map((ms, n) => ms - (attemptsAtMs[n] ?? 0));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(250);
    expect(Math.max(...waits)).toBeLessThanOrEqual(22_500);
    expect(waits.length).toBeGreaterThan(25);
    expect(told).toHaveLength(2);
  });

  test('says why it cannot be opened where it knows', async () => {
    const { clock, plug, told } = supervised(new DeviceError('device/wrong-model', 'a scanner'));
    await clock.advance(1);
    expect(told.at(-1)).toEqual({ state: 'away', code: 'device/wrong-model' });
    plug.error = new Error('a bug of ours');
    await clock.advance(30_000);
    expect(told.at(-1)).toEqual({ state: 'away', code: 'camera/unreachable' });
  });

  test('is closed at the end, and nobody waits for it any more', async () => {
    const { clock, stop, life, running, device } = supervised();
    await clock.advance(1);
    stop.abort(new Error('the end'));
    await clock.advance(1);
    await running;
    expect([life().closed, device.driver]).toEqual([true, null]);
    await expect(device.opened(stop.signal)).rejects.toThrow('the end');
  });
});
