import type { FastifyReply } from 'fastify';
import type { Clock } from '#kit/clock.ts';
import type { Morning } from './morning.ts';

/** Changes come in bursts of batches; a page is sent the whole at most this often, and at least when ages have grown. */
const restMs = 300;
const idleMs = 30_000;

export interface LiveOptions {
  clock: Clock;
  onChange: (listener: () => void) => () => void;
  read: () => Morning;
  /** Asked before each message: a session that is over hears no more. */
  stillIn: () => boolean;
  closing: AbortSignal;
}

/** Streams the whole overview as server-sent events: at once, after changes, and every half minute. */
export async function streamLive(reply: FastifyReply, options: LiveOptions): Promise<void> {
  const { clock, onChange, read, stillIn, closing } = options;
  const headers = Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]);
  reply.hijack();
  reply.raw.writeHead(200, { ...Object.fromEntries(headers), 'content-type': 'text/event-stream' });
  const gone = new AbortController();
  reply.raw.on('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, closing]);
  let wake = new AbortController();
  const stop = onChange(() => wake.abort());
  // A page that reads too slowly misses states, never order: each message is the whole.
  while (!signal.aborted && stillIn()) {
    wake = new AbortController();
    if (!reply.raw.writableNeedDrain) reply.raw.write(`data: ${JSON.stringify(read())}\n\n`);
    await clock.sleep(restMs, signal).catch(() => undefined);
    await clock.sleep(idleMs, AbortSignal.any([signal, wake.signal])).catch(() => undefined);
  }
  stop();
  reply.raw.end();
}
