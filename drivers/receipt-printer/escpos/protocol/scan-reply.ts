/** One reply of the printer. Nothing in a reply names its question: the kind of byte alone tells them apart. (Sheet B.2) */
export type Reply =
  /** Answer to DLE EOT n, given at once, whatever is printing. */
  | { kind: 'real-time'; byte: number }
  /** Automatic status back: pushed on every change after GS a. */
  | { kind: 'automatic'; bytes: Uint8Array }
  /** Answer to GS r n, given when the printer has come that far in the data. */
  | { kind: 'in-order'; byte: number }
  /** Answer to GS ( H and GS I: a header, text, a closing NUL. `body` is the text. */
  | { kind: 'block'; header: number; body: Uint8Array }
  | { kind: 'flow'; byte: number };

export type ReplyScan =
  | { found: 'reply'; reply: Reply; rest: Uint8Array }
  | { found: 'noise'; skipped: number; rest: Uint8Array }
  | { found: 'nothing-yet' };

const AUTOMATIC_BYTES = 4;
const LONGEST_BLOCK_BYTES = 82; // header, 80 characters of a name, NUL
const blockHeaders: readonly number[] = [0x35, 0x37, 0x3b, 0x3d, 0x5f];
const flowBytes: readonly number[] = [0x11, 0x13]; // XON, XOFF

/** Looks for one reply at the front of `bytes`. Pure: the caller keeps what is left over. */
export function scanReply(bytes: Uint8Array): ReplyScan {
  const [first] = bytes;
  if (first === undefined) return { found: 'nothing-yet' };
  if ((first & 0x93) === 0x12) return one(bytes, { kind: 'real-time', byte: first });
  if (flowBytes.includes(first)) return one(bytes, { kind: 'flow', byte: first });
  if (blockHeaders.includes(first)) return scanBlock(bytes, first);
  if ((first & 0x93) === 0x10) return scanAutomatic(bytes);
  if ((first & 0x90) === 0) return one(bytes, { kind: 'in-order', byte: first });
  return noise(bytes, 1);
}

/** What broke off goes as a whole: its rest would look like the word that a paper is out. */
function scanAutomatic(bytes: Uint8Array): ReplyScan {
  const strange = bytes.subarray(1, AUTOMATIC_BYTES).findIndex((byte) => (byte & 0x90) !== 0);
  if (strange !== -1) return noise(bytes, 1 + strange);
  if (bytes.length < AUTOMATIC_BYTES) return { found: 'nothing-yet' };
  return found(bytes, AUTOMATIC_BYTES, { kind: 'automatic', bytes: bytes.slice(0, AUTOMATIC_BYTES) });
}

/** The text of a block is printable: anything else shows that its header was noise. */
function scanBlock(bytes: Uint8Array, header: number): ReplyScan {
  const begun = bytes.subarray(1, LONGEST_BLOCK_BYTES);
  const end = begun.findIndex((byte) => byte < 0x20 || byte > 0x7e);
  if (end === -1) return begun.length + 1 < LONGEST_BLOCK_BYTES ? { found: 'nothing-yet' } : noise(bytes, 1);
  if (begun[end] !== 0) return noise(bytes, 1 + end);
  return found(bytes, end + 2, { kind: 'block', header, body: bytes.slice(1, end + 1) });
}

const found = (bytes: Uint8Array, length: number, reply: Reply): ReplyScan => ({
  found: 'reply',
  reply,
  rest: bytes.subarray(length),
});
const one = (bytes: Uint8Array, reply: Reply) => found(bytes, 1, reply);
const noise = (bytes: Uint8Array, skipped: number): ReplyScan => ({
  found: 'noise',
  skipped,
  rest: bytes.subarray(skipped),
});

/** Whether these bytes began a block: after a pause its rest will not come, and what comes is something else. */
export const beganBlock = (bytes: Uint8Array): boolean => blockHeaders.includes(bytes[0] ?? 0);
