import { describe, expect, test } from 'vitest';
import { AsyncQueue, DeadlineError, Lock, Remembered, withDeadline } from './async.ts';
import { manualClock } from './manual-clock.ts';

const never = new AbortController().signal;

describe('a queue', () => {
  test('gives what was pushed, in order, also what comes while somebody waits, and ends', async () => {
    const queue = new AsyncQueue<number>();
    queue.push(1);
    const got: number[] = [];
    const reading = (async () => {
      for await (const item of queue) got.push(item);
    })();
    await Promise.resolve();
    queue.push(2);
    queue.push(3);
    queue.end();
    queue.push(4); // after the end
    await reading;
    expect(got).toEqual([1, 2, 3]);
  });

  test('keeps what a reader who left has not taken', async () => {
    const queue = new AsyncQueue<number>();
    for (const n of [1, 2, 3]) queue.push(n);
    for await (const _ of queue) break;
    expect(queue.length).toBe(2);
    queue.end();
    const rest: number[] = [];
    for await (const item of queue) rest.push(item);
    expect(rest).toEqual([2, 3]);
  });
});

describe('a remembered value', () => {
  test('is told at once, then at each change; a slow reader skips to the newest', async () => {
    const value = new Remembered('a');
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const now of value.changes(stop.signal)) {
      seen.push(now);
      if (now === 'a') for (const next of ['b', 'c']) value.set(next);
      else stop.abort();
    }
    expect(seen).toEqual(['a', 'c']);
  });

  test('wakes whoever waits, and ends with the signal', async () => {
    const value = new Remembered(0);
    const stop = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const now of value.changes(stop.signal)) seen.push(now);
    })();
    await new Promise((resolve) => setImmediate(resolve));
    value.set(1);
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await reading;
    value.set(2);
    expect(seen).toEqual([0, 1]);
  });

  test('is waited for until it fits, or until the signal says why not', async () => {
    const value = new Remembered(0);
    const fits = value.until((n) => n > 1, never);
    value.set(1);
    value.set(2);
    expect(await fits).toBe(2);
    const stop = new AbortController();
    const waiting = value.until((n) => n > 9, stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

describe('a lock', () => {
  test('is lent in the order asked, and comes back from a throw', async () => {
    const lock = new Lock();
    const order: string[] = [];
    const work = (name: string, fails = false) =>
      lock.run(async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const all = await Promise.allSettled([work('first'), work('second', true), work('third')]);
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(order).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });
});

describe('a deadline', () => {
  test('that is won leaves no timer behind, whether the work succeeds or fails', async () => {
    const clock = manualClock();
    expect(await withDeadline(clock, 1_000, never, async () => 'done')).toBe('done');
    const fails = async () => {
      throw new Error('failed');
    };
    await expect(withDeadline(clock, 1_000, undefined, fails)).rejects.toThrow('failed');
    expect(clock.sleepers).toBe(0);
  });

  test('that is lost rejects and tells the work to stop', async () => {
    const clock = manualClock();
    let told: unknown;
    const work = withDeadline(clock, 1_000, never, (signal) => {
      signal.addEventListener('abort', () => {
        told = signal.reason;
      });
      return new Promise(() => undefined);
    });
    work.catch(() => undefined);
    await clock.advance(999);
    expect(told).toBeUndefined();
    await clock.advance(1);
    await expect(work).rejects.toThrow(DeadlineError);
    expect(told).toBeInstanceOf(DeadlineError);
  });

  test('ends with the caller, with the reason of the caller; work that fails afterwards disturbs nobody', async () => {
    const clock = manualClock();
    const stop = new AbortController();
    const late = Promise.withResolvers<never>();
    const work = withDeadline(clock, 1_000, stop.signal, () => late.promise);
    stop.abort(new Error('the person left'));
    await expect(work).rejects.toThrow('the person left');
    late.reject(new Error('too late'));
    await clock.advance(5_000);
    expect(clock.sleepers).toBe(0);
  });

  test('does not begin what is over already', async () => {
    let begun = false;
    const work = withDeadline(manualClock(), 1_000, AbortSignal.abort(new Error('over')), async () => {
      begun = true;
    });
    await expect(work).rejects.toThrow('over');
    expect(begun).toBe(false);
  });
});
