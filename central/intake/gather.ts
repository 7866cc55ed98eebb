import type { Message } from '#contract/uplink/messages.ts';
import { nextTurn } from '#kit/async.ts';
import { StoreBroken } from '#kit/store.ts';
import type { Intake } from './intake.ts';

export interface Gather<P> {
  /** Takes a batch in with all others that arrive in the same turn of the event loop. */
  add(evt: Message<'evt'>, place: P): void;
}

/**
 * One durable write for all that came together: a backlog is not paid for with one fsync per fifty entries.
 * `answer` gets each acknowledgement after the commit; `failed` gets a fault of ours, which costs only its own batch.
 */
export function openGather<P>(
  intake: Intake,
  answer: (place: P, ack: Message<'ack'> | null) => void,
  failed: (place: P, error: unknown) => void,
): Gather<P> {
  let waiting: { evt: Message<'evt'>; place: P }[] = [];

  function oneByOne(batches: typeof waiting): void {
    for (const { evt, place } of batches) {
      try {
        answer(place, intake.take(evt));
      } catch (error) {
        failed(place, error);
        if (error instanceof StoreBroken) return;
      }
    }
  }

  async function flush(): Promise<void> {
    await nextTurn();
    const batches = waiting;
    waiting = [];
    let acks: ReturnType<Intake['takeAll']>;
    try {
      acks = intake.takeAll(batches.map(({ evt }) => evt));
    } catch {
      return oneByOne(batches);
    }
    for (const [index, { place }] of batches.entries()) answer(place, acks[index] ?? null);
  }

  return {
    add(evt, place) {
      waiting.push({ evt, place });
      if (waiting.length === 1) void flush();
    },
  };
}
