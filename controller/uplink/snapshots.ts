import type { Message } from '#contract/uplink/messages.ts';
import type { Clock } from '#kit/clock.ts';

/** What central knows of this kiosk at a glance. */
export interface Snapshots {
  /** Says it now, whatever was said before. */
  say(): void;
  /** Something that central shows may have changed. */
  changed(signal: AbortSignal): void;
}

export interface SnapshotsPorts {
  clock: Clock;
  snapshot: () => Message<'state'>;
  /** Whether anybody hears it. */
  connected: () => boolean;
  publish: (state: Message<'state'>) => void;
}

/** An idle kiosk says that it is there at least so often. */
const heartbeatMs = 14_000;

/** Changes that come together are said once: each costs central a durable write, and a start alone brings eight. */
const gatherMs = 100;

/** What of a snapshot is worth a message: not the time, and not the journal's own progress and growth. */
const newsOf = ({ at, head, acked, disk, ...news }: Message<'state'>): string => JSON.stringify(news);

export function openSnapshots({ clock, snapshot, connected, publish }: SnapshotsPorts): Snapshots {
  let said = '';
  let saidMs = 0;
  let gathering = false;

  function say(): void {
    const state = snapshot();
    said = newsOf(state);
    saidMs = clock.monotonicMs();
    publish(state);
  }

  /** The same again is said only as a heartbeat. */
  const isNews = () => newsOf(snapshot()) !== said || clock.monotonicMs() - saidMs >= heartbeatMs;

  return {
    say,
    changed(signal) {
      if (gathering || !connected()) return;
      gathering = true;
      const gathered = () => {
        gathering = false;
        if (!signal.aborted && connected() && isNews()) say();
      };
      const told = clock.sleep(gatherMs, signal).then(gathered, gathered);
      told.catch(() => undefined); // a journal that can be read no more ends this life where it is written
    },
  };
}
