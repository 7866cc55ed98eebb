import type { Clock } from './clock.ts';

/** Values pushed by one side, iterated by the other; `end()` finishes the iteration. One consumer at a time. */
export class AsyncQueue<T> implements AsyncIterable<T> {
  #items: T[] = [];
  #wake: (() => void) | undefined;
  #ended = false;

  push(item: T): void {
    if (this.#ended) return;
    this.#items.push(item);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  get length(): number {
    return this.#items.length;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      while (this.#items.length > 0) yield this.#items.shift() as T;
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }
}

/** A value that is remembered and watched: yields the newest state at once, then each change; slow readers skip states. */
export class Remembered<T> {
  #value: T;
  #watchers = new Set<() => void>();

  constructor(initial: T) {
    this.#value = initial;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
    for (const wake of [...this.#watchers]) wake();
  }

  async *changes(signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    let seen: T | typeof nothingSeen = nothingSeen;
    while (!signal.aborted) {
      const now = this.#value;
      if (now !== seen) {
        seen = now;
        yield now;
        continue;
      }
      await this.#nextChange(signal);
    }
  }

  #nextChange(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#watchers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#watchers.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  /** Resolves with the first value, from now on, that satisfies `wanted`; rejects with `signal.reason`. */
  async until(wanted: (value: T) => boolean, signal: AbortSignal): Promise<T> {
    for await (const value of this.changes(signal)) if (wanted(value)) return value;
    throw signal.reason;
  }
}
const nothingSeen = Symbol('nothing seen');

/** Wakes the one who listens; nobody hears a ring of before. */
export class Bell {
  #wake: (() => void) | undefined;

  ring(): void {
    this.#wake?.();
  }

  /** Resolves at the next ring, and when `signal` aborts: whoever waited looks for itself what has changed. */
  heard(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake);
        this.#wake = undefined;
        resolve();
      };
      this.#wake = wake;
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}

/** Lends itself to one user at a time, in the order asked; a throw gives it back. */
export class Lock {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

/** Resolves when everything that is ready to run in this turn of the event loop has run. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Ends a timer that a library has started by itself, where its work is done by our own clock. */
export function endForeignTimer(timer: NodeJS.Timeout): void {
  clearTimeout(timer);
}

export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** Why a timer ends whose work was done in time. One for all: making an error for each is the dearest part of a question. */
const wonInTime = new Error('done before the deadline');

/** Runs `work` with a signal that aborts at the deadline or with the caller's signal; a deadline that is won clears its timer. */
export function withDeadline<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const done = new AbortController();
    const cut = new AbortController();
    const end = () => {
      signal?.removeEventListener('abort', stop);
      done.abort(wonInTime);
    };
    const fail = (reason: unknown) => {
      end();
      cut.abort(reason);
      reject(reason);
    };
    const stop = () => fail(signal?.reason);
    signal?.addEventListener('abort', stop);
    clock.sleep(ms, done.signal).then(
      () => fail(new DeadlineError(`no answer within ${ms} ms`)),
      () => undefined,
    );
    begun(work, cut.signal).then(resolve, reject).finally(end);
  });
}

/** A throw before the first wait is a rejection like any other. */
const begun = async <T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> => work(signal);
