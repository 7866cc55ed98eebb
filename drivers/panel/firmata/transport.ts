import { EventEmitter } from 'node:events';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { scanMessage } from './scan-message.ts';

/**
 * What firmata-io takes for a serial port, over a link that can be replaced. It never emits `error`: firmata-io hands that
 * on to the Board, where it would end the process. What a dead link is told is lost, and told as `closed` by the link.
 */
export class SwitchedTransport extends EventEmitter {
  #link: ByteLink | undefined;
  #last: Promise<void> = Promise.resolve();

  /** From now on bytes go to and come from `link`. Resolves when that link has ended or another took its place. */
  async use(link: ByteLink): Promise<void> {
    this.#link = link;
    let unread: Uint8Array = new Uint8Array();
    for await (const bytes of link.incoming) {
      if (this.#link !== link) return;
      unread = this.#handOn(Buffer.concat([unread, bytes]));
    }
    if (this.#link === link) this.#link = undefined;
  }

  /** Whole messages only; returns what is not complete yet. */
  #handOn(bytes: Uint8Array): Uint8Array {
    let rest = bytes;
    for (let scan = scanMessage(rest); scan.found !== 'nothing-yet'; scan = scanMessage(rest)) {
      rest = scan.rest;
      if (scan.found === 'message') this.emit('data', scan.message);
    }
    return rest;
  }

  /** Resolves when all that was written is with the operating system, or lost. */
  told(): Promise<void> {
    return this.#last;
  }

  unplug(): void {
    this.#link = undefined;
  }

  write(bytes: Uint8Array, done?: () => void): void {
    const told = this.#link?.write(Uint8Array.from(bytes)) ?? Promise.resolve();
    const over = () => done?.(); // a failure ends here, also where nobody asked to be told: unheard it would end the process
    this.#last = told.then(over, over);
  }
}
