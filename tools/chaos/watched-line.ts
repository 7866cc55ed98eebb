import type { Clock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { type LineProxy, openProxy } from './proxy.ts';

/** A line, and how far the journals that run over it are known to have come. */
export interface WatchedLine {
  proxy: LineProxy;
  /** Everything that was sent over it is acknowledged, and nothing was sent for this long. */
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
        newsMs = clock.monotonicMs();
      }
      if (from === 'broker' && name === 'ack') {
        const { epoch, seq } = JSON.parse(payload.toString()) as { epoch: number; seq: number };
        acked.set(epoch, Math.max(acked.get(epoch) ?? 0, seq));
      }
    },
  });
  return {
    proxy,
    isQuietFor: (ms) =>
      clock.monotonicMs() - newsMs >= ms && [...sent].every(([epoch, seq]) => (acked.get(epoch) ?? 0) >= seq),
  };
}
