/** What a packet is (fingerprint sheet 1.2). */
export const kinds = { command: 0x01, data: 0x02, ack: 0x07, lastData: 0x08 } as const;

export interface Frame {
  address: number;
  kind: number;
  content: Uint8Array;
}

/** A frame as it was heard; `intact` says whether its sum was right. */
export interface HeardFrame extends Frame {
  intact: boolean;
}

export const factoryAddress = 0xffffffff;
export const longestContent = 256;
const START = [0xef, 0x01] as const;
const HEAD_BYTES = 9;
const SUM_BYTES = 2;

export function frame({ address, kind, content }: Frame): Uint8Array {
  const length = content.length + SUM_BYTES;
  const summed = [kind, length >> 8, length & 0xff, ...content];
  const sum = sumOf(summed);
  return Uint8Array.of(...START, ...u32(address), ...summed, sum >> 8, sum & 0xff);
}

/** Puts frames together from bytes that come cut anywhere; what stands before a start is dropped. */
export class FrameReader {
  #unread: Uint8Array = new Uint8Array();

  /** Adds bytes, and takes out all frames that are complete now. */
  take(bytes: Uint8Array): HeardFrame[] {
    this.#unread = new Uint8Array(Buffer.concat([this.#unread, bytes]));
    const heard: HeardFrame[] = [];
    for (let next = this.#next(); next; next = this.#next()) heard.push(next);
    return heard;
  }

  forget(): void {
    this.#unread = new Uint8Array();
  }

  #next(): HeardFrame | undefined {
    for (;;) {
      this.#skipTo(startIn(this.#unread));
      if (this.#unread.length < HEAD_BYTES) return undefined;
      const length = word(this.#unread, 7);
      if (length >= SUM_BYTES && length <= longestContent + SUM_BYTES) return this.#cut(HEAD_BYTES + length);
      this.#skipTo(START.length); // no frame is that long or that short: look for the next start
    }
  }

  #cut(size: number): HeardFrame | undefined {
    const bytes = this.#unread;
    if (bytes.length < size) return undefined;
    this.#skipTo(size);
    const content = bytes.slice(HEAD_BYTES, size - SUM_BYTES);
    const intact = sumOf(bytes.subarray(6, size - SUM_BYTES)) === word(bytes, size - SUM_BYTES);
    return { address: long(bytes, 2), kind: bytes[6] ?? 0, content, intact };
  }

  #skipTo(at: number): void {
    this.#unread = this.#unread.slice(at);
  }
}

/** Where a frame may begin: at EF 01, or at an EF that is the last byte so far. */
function startIn(bytes: Uint8Array): number {
  const at = bytes.findIndex((byte, i) => byte === START[0] && (bytes[i + 1] ?? START[1]) === START[1]);
  return at === -1 ? bytes.length : at;
}

/** Header and address are not summed. */
function sumOf(bytes: Iterable<number>): number {
  let sum = 0;
  for (const byte of bytes) sum = (sum + byte) & 0xffff;
  return sum;
}

export function u16(value: number): number[] {
  return [(value >> 8) & 0xff, value & 0xff];
}

export function u32(value: number): number[] {
  return [...u16(value >>> 16), ...u16(value & 0xffff)];
}

/** A big-endian word; bytes that are not there count as 0. */
export function word(bytes: ArrayLike<number>, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function long(bytes: ArrayLike<number>, at: number): number {
  return ((word(bytes, at) << 16) | word(bytes, at + 2)) >>> 0;
}
