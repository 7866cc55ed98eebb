/** Many pieces of bytes that are looked for at once: a world is searched for thousands of them in one pass. */
export interface Needles {
  /** At least four bytes; throws otherwise. */
  add(needle: Buffer): void;
  areIn(bytes: Uint8Array): boolean;
}

const bits = 18;

/** By their first four bytes, hashed, so that almost every position is passed over by one look into a table. */
export function needlesFrom(): Needles {
  const mayBegin = new Uint8Array(1 << bits);
  const beginning = new Map<number, Buffer[]>();
  const slotOf = (word: number) => Math.imul(word, 0x9e3779b1) >>> (32 - bits);
  return {
    add(needle) {
      const word = needle.readUInt32BE(0);
      mayBegin[slotOf(word)] = 1;
      beginning.set(word, [...(beginning.get(word) ?? []), needle]);
    },
    areIn(bytes) {
      let word = 0;
      for (let at = 0; at < bytes.length; at += 1) {
        word = ((word << 8) | (bytes[at] as number)) >>> 0;
        if (mayBegin[slotOf(word)] === 0 || at < 3) continue;
        const stands = (needle: Buffer) => needle.equals(bytes.subarray(at - 3, at - 3 + needle.length));
        if (beginning.get(word)?.some(stands)) return true;
      }
      return false;
    },
  };
}
