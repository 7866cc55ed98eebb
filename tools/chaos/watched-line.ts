import type { Clock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { type LineProxy, openProxy } from './proxy.ts';

/** A line, and how far the journals that run over it are known to have come. */
export interface WatchedLine {
  proxy: LineProxy;
  /** Everything of the newest epoch that was sent over it is acknowledged, and it sent nothing for this long. */
  isQuietFor(ms: number): boolean;
}

export async function openWatchedLine(options: {
  clock: Clock;
  seed: string;
  targetPort: number;
}): Promise<WatchedLine> {
  const { clock, seed, targetPort } = options;
  const sent = new Map<number, number>();
  const acked = new Map<number, number>();
  let newsMs = clock.monotonicMs();
  const proxy = await openProxy({
    clock,
    targetPort,
    random: seededRandom(`${seed}|line`),
    heard(from, topic, payload) {
      const name = topic.split('/').at(-1);
      if (from === 'client' && name === 'evt') {
        const { epoch, first, evs } = JSON.parse(payload.toString()) as {
          epoch: number;
          first: number;
          evs: unknown[];
        };
        sent.set(epoch, Math.max(sent.get(epoch) ?? 0, first + evs.length - 1));
        if (epoch === Math.max(...sent.keys())) newsMs = clock.monotonicMs();
      }
      if (from === 'broker' && name === 'ack') {
        const { epoch, seq } = JSON.parse(payload.toString()) as { epoch: number; seq: number };
        acked.set(epoch, Math.max(acked.get(epoch) ?? 0, seq));
      }
    },
  });
  return {
    proxy,
    isQuietFor(ms) {
      const newest = Math.max(0, ...sent.keys()); // what was written in an older one may be another history
      return clock.monotonicMs() - newsMs >= ms && (acked.get(newest) ?? 0) >= (sent.get(newest) ?? 0);
    },
  };
}
