/** The printer's receive buffer: bytes in, one byte at a time out. */
export class ByteBuffer {
  #bytes = new Uint8Array();
  #at = 0;

  get length(): number {
    return this.#bytes.length - this.#at;
  }

  push(more: Uint8Array): void {
    const joined = new Uint8Array(this.length + more.length);
    joined.set(this.#bytes.subarray(this.#at));
    joined.set(more, this.length);
    this.#bytes = joined;
    this.#at = 0;
  }

  shift(): number | undefined {
    const byte = this.#bytes[this.#at];
    if (byte !== undefined) this.#at += 1;
    return byte;
  }

  clear(): void {
    this.#bytes = new Uint8Array();
    this.#at = 0;
  }

  /** What is still to be read. */
  rest(): Uint8Array {
    return this.#bytes.slice(this.#at);
  }
}
