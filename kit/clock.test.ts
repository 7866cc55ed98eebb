import { describe, expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { manualClock } from './manual-clock.ts';

describe('the manual clock', () => {
  test('wakes sleepers in the order of their deadlines, each at its own time', async () => {
    const clock = manualClock(1_000);
    const woken: [string, number][] = [];
    const sleeps = (name: string, ms: number) => clock.sleep(ms).then(() => woken.push([name, clock.monotonicMs()]));
    void sleeps('late', 30);
    void sleeps('early', 10);
    void sleeps('later', 50);
    await clock.advance(40);
    expect(woken).toEqual([
      ['early', 10],
      ['late', 30],
    ]);
    expect([clock.monotonicMs(), clock.wallMs(), clock.sleepers]).toEqual([40, 1_040, 1]);
  });

  test('lets a sleeper sleep again within one advance', async () => {
    const clock = manualClock();
    let ticks = 0;
    const tick = async () => {
      for (;;) {
        await clock.sleep(10);
        ticks += 1;
      }
    };
    void tick();
    await clock.advance(100);
    expect(ticks).toBe(10);
  });

  test('a wall that jumps leaves the uptime alone, and is always whole milliseconds', async () => {
    const clock = manualClock(5_000);
    clock.jumpWall(-2_000);
    await clock.advance(0.5);
    expect([clock.wallMs(), clock.monotonicMs()]).toEqual([3_000, 0.5]);
    expect(Number.isInteger(clock.wallMs())).toBe(true);
  });

  test('a sleep that is aborted rejects with the reason and leaves nobody asleep', async () => {
    const clock = manualClock();
    const stop = new AbortController();
    const asleep = clock.sleep(10, stop.signal);
    stop.abort(new Error('up'));
    await expect(asleep).rejects.toThrow('up');
    await expect(clock.sleep(10, stop.signal)).rejects.toThrow('up');
    expect(clock.sleepers).toBe(0);
  });
});

describe('the clock of the system', () => {
  test('sleeps, and is woken by its signal with the reason', async () => {
    const before = systemClock.monotonicMs();
    await systemClock.sleep(5);
    expect(systemClock.monotonicMs()).toBeGreaterThan(before);
    const stop = new AbortController();
    const asleep = systemClock.sleep(3_600_000, stop.signal);
    stop.abort(new Error('up'));
    await expect(asleep).rejects.toThrow('up');
    await expect(systemClock.sleep(1, stop.signal)).rejects.toThrow('up');
  });
});
