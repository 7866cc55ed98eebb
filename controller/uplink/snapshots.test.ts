import { describe, expect, test } from 'vitest';
import type { Message } from '#contract/uplink/messages.ts';
import { nextTurn } from '#kit/async.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openSnapshots } from './snapshots.ts';

/** A kiosk of which only the number of blanks changes, and what it says to central. */
function kiosk() {
  const clock = manualClock();
  const now = { blanks: 8, connected: true };
  const said: number[] = [];
  const stop = new AbortController();
  const snapshots = openSnapshots({
    clock,
    snapshot: () => ({ at: clock.wallMs(), stock: { hopper: now.blanks } }) as unknown as Message<'state'>,
    connected: () => now.connected,
    publish: (state) => said.push((state as unknown as { stock: { hopper: number } }).stock.hopper),
  });
  const counts = (blanks: number) => {
    now.blanks = blanks;
    snapshots.changed(stop.signal);
  };
  const passes = async (ms: number) => {
    await clock.advance(ms);
    await nextTurn();
  };
  return { said, snapshots, now, stop, counts, passes };
}

describe('what central knows at a glance', () => {
  test('is said at once when central is there, and once for all changes of the next tenth of a second', async () => {
    const { said, snapshots, counts, passes } = kiosk();
    snapshots.say();
    for (const blanks of [7, 6, 5]) counts(blanks);
    expect(said).toEqual([8]);
    await passes(100);
    expect(said).toEqual([8, 5]);
    counts(4);
    await passes(100);
    expect(said).toEqual([8, 5, 4]);
  });

  test('is said ten times a second at most, however often it changes', async () => {
    const { said, snapshots, counts, passes } = kiosk();
    snapshots.say();
    for (const blanks of [7, 6, 5, 4]) {
      counts(blanks);
      await passes(60);
    }
    expect(said).toEqual([8, 6, 4]); // at 0, 100 and 220 ms, and not once per change
  });

  test('is not said again where it is back to what was said, but as a sign of life every 14 seconds', async () => {
    const { said, snapshots, counts, passes } = kiosk();
    snapshots.say();
    counts(7);
    counts(8);
    await passes(100);
    expect(said).toEqual([8]);
    await passes(14_000);
    counts(8);
    await passes(100);
    expect(said).toEqual([8, 8]);
  });

  test('is kept for the next connection where this one ended meanwhile, or the program ends', async () => {
    const { said, now, stop, counts, passes } = kiosk();
    counts(7);
    now.connected = false;
    await passes(100);
    now.connected = true;
    counts(6);
    stop.abort();
    await passes(100);
    expect(said).toEqual([]);
  });
});
