import { DeadlineError, withDeadline } from '#drivers/kit/async.ts';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Clock } from '#kit/clock.ts';
import { beganBlock, type Reply, scanReply } from './protocol/scan-reply.ts';

/** Takes the reply that it waited for, or `undefined` for any other. */
export type Accepts<T> = (reply: Reply) => T | undefined;

/** No printer pauses for so long inside a block. */
const BLOCK_PAUSE_MS = 500;

interface Waiting {
  take(reply: Reply): boolean;
}

/**
 * The conversation with one printer: what it sends is scanned once, answers go to whoever asked, automatic status to
 * `onAutomatic`. Answers that nobody waits for are dropped: printers also obey status questions that pictures contain.
 */
export class Wire implements AsyncDisposable {
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #onAutomatic: (bytes: Uint8Array) => void;
  readonly #ended = new AbortController();
  readonly #waiting = new Set<Waiting>();
  #unread: Uint8Array = new Uint8Array();
  #heardAtMs = 0;

  constructor(link: ByteLink, clock: Clock, onAutomatic: (bytes: Uint8Array) => void) {
    this.#link = link;
    this.#clock = clock;
    this.#onAutomatic = onAutomatic;
    void this.#listen();
  }

  /** Aborts, with a `DeviceError` as its reason, when nothing more can come. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Hands over bytes; rejects `receipt-printer/unreachable` where the printer does not take them in time. */
  async write(bytes: Uint8Array, withinMs: number, signal: AbortSignal): Promise<void> {
    const both = AbortSignal.any([signal, this.#ended.signal]);
    try {
      await withDeadline(this.#clock, withinMs, both, (cut) => this.#link.write(bytes, { signal: cut }));
    } catch (cause) {
      if (both.aborted) throw both.reason;
      throw unreachable(`did not take ${bytes.length} bytes within ${withinMs} ms`, { cause });
    }
  }

  /** Sends a question and waits for its answer; `undefined` is silence. */
  ask<T>(bytes: Uint8Array, accepts: Accepts<T>, withinMs: number, signal: AbortSignal): Promise<T | undefined> {
    const answer = this.next(accepts, withinMs, signal); // listens before it asks
    return this.write(bytes, withinMs, signal).then(
      () => answer,
      (error) => {
        answer.catch(() => undefined);
        throw error;
      },
    );
  }

  /** The next reply that `accepts` takes; `undefined` after `withinMs` of nothing. */
  async next<T>(accepts: Accepts<T>, withinMs: number, signal: AbortSignal): Promise<T | undefined> {
    const both = AbortSignal.any([signal, this.#ended.signal]);
    const answer = Promise.withResolvers<T>();
    const waiting: Waiting = {
      take(reply) {
        const taken = accepts(reply);
        if (taken !== undefined) answer.resolve(taken);
        return taken !== undefined;
      },
    };
    this.#waiting.add(waiting);
    try {
      return await withDeadline(this.#clock, withinMs, both, () => answer.promise);
    } catch (error) {
      if (error instanceof DeadlineError) return undefined;
      throw error;
    } finally {
      this.#waiting.delete(waiting);
    }
  }

  async #listen(): Promise<void> {
    for await (const chunk of this.#link.incoming) this.#read(chunk);
    this.#ended.abort(unreachable('the link ended'));
  }

  #read(chunk: Uint8Array): void {
    const nowMs = this.#clock.monotonicMs();
    const brokeOff = beganBlock(this.#unread) && nowMs - this.#heardAtMs > BLOCK_PAUSE_MS;
    this.#heardAtMs = nowMs;
    this.#unread = Buffer.concat([brokeOff ? new Uint8Array() : this.#unread, chunk]);
    for (let scan = scanReply(this.#unread); scan.found !== 'nothing-yet'; scan = scanReply(this.#unread)) {
      this.#unread = scan.rest;
      if (scan.found === 'reply') this.#deliver(scan.reply);
    }
  }

  #deliver(reply: Reply): void {
    if (reply.kind === 'automatic') this.#onAutomatic(reply.bytes);
    for (const waiting of this.#waiting) {
      if (!waiting.take(reply)) continue;
      this.#waiting.delete(waiting); // one reply answers one question
      return;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort(unreachable('closed here'));
    await this.#link[Symbol.asyncDispose]();
  }
}

export const unreachable = (detail: string, options?: ErrorOptions) =>
  new DeviceError('receipt-printer/unreachable', detail, options);
