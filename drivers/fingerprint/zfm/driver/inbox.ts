import { Bell } from '#drivers/kit/async.ts';
import type { ByteLink, LinkEnd } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import { type Scan, scanFrame } from '../protocol/frame.ts';
import { noAnswer, unreachable } from './faults.ts';

/** A frame, or the remains of one. */
export type Arrival = Extract<Scan, { found: 'frame' | 'damaged' }>;

/** A frame that has begun goes on, and so does a picture: longer silence is the end of it. (Sheet 1.6) */
export const BETWEEN_BYTES_MS = 200;

/** Frames as they come off the link, waiting to be asked for. Ends with the link. One reader at a time. */
export class Inbox {
  readonly #clock: Clock;
  #arrivals: Arrival[] = [];
  #begun: Uint8Array = new Uint8Array();
  #heardAtMs: number;
  readonly #news = new Bell();
  #lostBecause: string | undefined;

  constructor(link: ByteLink, clock: Clock) {
    this.#clock = clock;
    this.#heardAtMs = clock.monotonicMs();
    void this.#listen(link).catch((error: unknown) => this.#end(String(error)));
    void link.closed.then((end) => this.#end(describe(end)));
  }

  /** Takes everything that nobody asked for; a frame that has only begun is damaged by that. */
  takeAll(): Arrival[] {
    if (this.#begun.length > 0) this.#arrivals.push({ found: 'damaged', rest: this.#begun });
    this.#begun = new Uint8Array();
    return this.#arrivals.splice(0);
  }

  /**
   * The next arrival of `what`; rejects `fingerprint-scanner/no-answer` when it has not begun within `beginsWithinMs` or
   * stops half way, `fingerprint-scanner/unreachable` when the link has ended, or with `signal.reason`.
   */
  async next(what: string, beginsWithinMs: number, signal: AbortSignal): Promise<Arrival> {
    const decided = new AbortController();
    const both = AbortSignal.any([signal, decided.signal]);
    try {
      return await Promise.race([this.#arrival(what, both), this.#silence(what, beginsWithinMs, both)]);
    } finally {
      decided.abort();
    }
  }

  /** Resolves when no byte has come for so long. */
  async untilQuiet(ms: number, signal: AbortSignal): Promise<void> {
    for (let left = ms; left > 0; left = this.#heardAtMs + ms - this.#clock.monotonicMs()) {
      await this.#clock.sleep(left, signal);
    }
  }

  async #listen(link: ByteLink): Promise<void> {
    for await (const chunk of link.incoming) {
      this.#heardAtMs = this.#clock.monotonicMs();
      const bytes = this.#begun.length === 0 ? chunk : Buffer.concat([this.#begun, chunk]);
      this.#begun = Uint8Array.from(this.#sort(bytes));
      this.#news.ring();
    }
    this.#end('no more bytes come');
  }

  /** Returns what is not complete yet; noise is dropped. */
  #sort(bytes: Uint8Array): Uint8Array {
    let rest = bytes;
    for (let scan = scanFrame(rest); scan.found !== 'nothing-yet'; scan = scanFrame(rest)) {
      rest = scan.rest;
      if (scan.found !== 'noise') this.#arrivals.push(scan);
    }
    return rest;
  }

  async #arrival(what: string, signal: AbortSignal): Promise<Arrival> {
    for (;;) {
      signal.throwIfAborted();
      const arrival = this.#arrivals.shift();
      if (arrival) return arrival;
      if (this.#lostBecause !== undefined) throw unreachable(`${what}: ${this.#lostBecause}`);
      await this.#news.heard(signal);
    }
  }

  async #silence(what: string, beginsWithinMs: number, signal: AbortSignal): Promise<never> {
    const beginsByMs = this.#clock.monotonicMs() + beginsWithinMs;
    for (;;) {
      const hasBegun = this.#begun.length > 0;
      const leftMs = (hasBegun ? this.#heardAtMs + BETWEEN_BYTES_MS : beginsByMs) - this.#clock.monotonicMs();
      if (leftMs <= 0) throw noAnswer(`${what}: ${hasBegun ? 'cut off in a frame' : 'silence'}`);
      await this.#clock.sleep(hasBegun ? leftMs : Math.min(leftMs, BETWEEN_BYTES_MS), signal);
    }
  }

  #end(because: string): void {
    this.#lostBecause ??= because;
    this.#news.ring();
  }
}

function describe(end: LinkEnd): string {
  return end.reason === 'failed' ? end.detail : `the link was ${end.reason}`;
}
