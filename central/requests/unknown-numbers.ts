import type { Clock } from '#kit/clock.ts';
import type { Store } from '#kit/store.ts';

/** So many unknown numbers at one kiosk within an hour: somebody is guessing. Staff are told; the kiosk stays open. */
export const unknownNumbersPerHour = 20;
const hourMs = 3_600_000;

/** Counts unknown numbers by kiosk, in memory; the twentieth within an hour is written down for a person, once. */
export function openUnknownNumbers(store: Store, clock: Clock): (kiosk: string, epoch: number) => void {
  const seen = new Map<string, number[]>();
  return (kiosk, epoch) => {
    const nowMs = clock.monotonicMs();
    const recent = [...(seen.get(kiosk) ?? []).filter((atMs) => nowMs - atMs < hourMs), nowMs];
    seen.set(kiosk, recent.length >= unknownNumbersPerHour ? [] : recent);
    if (recent.length < unknownNumbersPerHour) return;
    const what = `${unknownNumbersPerHour} unknown pick-up numbers within an hour`;
    store.write('alarm', (db) =>
      db.prepare('INSERT INTO anomaly VALUES (?, ?, 0, ?, ?)').run(kiosk, epoch, what, clock.wallMs()),
    );
  };
}
