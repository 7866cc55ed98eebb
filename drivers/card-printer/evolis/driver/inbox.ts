import { Bell } from '#drivers/kit/async.ts';
import type { ByteLink, LinkEnd } from '#drivers/kit/byte-link.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import { scanReplies } from '../protocol/framing.ts';

/** Replies as they come off the link, waiting to be asked for. Ends with the link. */
export class Inbox {
  #replies: string[] = [];
  readonly #news = new Bell();
  #lostBecause: string | undefined;

  constructor(link: ByteLink, onNoise: (bytes: number) => void) {
    void this.#listen(link, onNoise).catch((error: unknown) => this.#end(String(error)));
    void link.closed.then((end) => this.#end(describe(end)));
  }

  async #listen(link: ByteLink, onNoise: (bytes: number) => void): Promise<void> {
    let unread: Uint8Array = new Uint8Array();
    for await (const chunk of link.incoming) {
      const { replies, rest, noiseBytes } = scanReplies(unread, chunk);
      unread = rest;
      this.#replies.push(...replies);
      if (noiseBytes > 0) onNoise(noiseBytes);
      if (replies.length > 0) this.#news.ring();
    }
    this.#end('no more bytes come');
  }

  #end(because: string): void {
    this.#lostBecause ??= because;
    this.#news.ring();
  }

  /** Takes everything that nobody asked for. */
  takeAll(): string[] {
    return this.#replies.splice(0);
  }

  /** Resolves with the next reply. Rejects with `link/lost` when none can come, or with `signal.reason`. */
  async next(signal: AbortSignal): Promise<string> {
    for (;;) {
      signal.throwIfAborted();
      const reply = this.#replies.shift();
      if (reply !== undefined) return reply;
      if (this.#lostBecause !== undefined) throw new DeviceError('link/lost', this.#lostBecause);
      await this.#news.heard(signal);
    }
  }
}

function describe(end: LinkEnd): string {
  return end.reason === 'failed' ? end.detail : `the link was ${end.reason}`;
}
