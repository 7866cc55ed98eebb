const ESC = 0x1b;
const CR = 0x0d;
const NUL = 0x00;

/** Downloads end on a multiple of this; the vendor's driver fills up with NULs, which are ignored between commands (card-printer.md 1.2). */
const DOWNLOAD_BLOCK_BYTES = 64;
/** The longest reply known is `Rrt;all` with about a hundred characters; beyond this it is noise. */
export const MAX_REPLY_BYTES = 4_096;

/** `ESC text CR` (card-printer.md 1.2). */
export function frameCommand(text: string): Uint8Array {
  return Uint8Array.of(ESC, ...Buffer.from(text, 'latin1'), CR);
}

/**
 * Room for `ESC head data CR`, padded to whole blocks of 64 with NULs, and the part of it where the data goes.
 * Written in place, so that half a megabyte is not copied once more.
 */
export function frameDownload(head: string, dataBytes: number): { frame: Uint8Array; data: Uint8Array } {
  const start = 1 + head.length;
  const length = start + dataBytes + 1;
  const frame = new Uint8Array(Math.ceil(length / DOWNLOAD_BLOCK_BYTES) * DOWNLOAD_BLOCK_BYTES);
  frame[0] = ESC;
  frame.set(Buffer.from(head, 'latin1'), 1);
  frame[start + dataBytes] = CR;
  return { frame, data: frame.subarray(start, start + dataBytes) };
}

export interface ReplyScan {
  replies: string[];
  /** Bytes of a reply that has not ended yet; give them back with the next chunk. */
  rest: Uint8Array;
  /** Bytes given up because no reply is that long. */
  noiseBytes: number;
}

/** Cuts what has come so far into replies: ASCII text, each ended by NUL (card-printer.md 1.2). Pure; chunks may be cut anywhere. */
export function scanReplies(unread: Uint8Array, chunk: Uint8Array): ReplyScan {
  const bytes = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
  const replies: string[] = [];
  let from = 0;
  for (let end = bytes.indexOf(NUL); end !== -1; end = bytes.indexOf(NUL, from)) {
    const text = Buffer.from(bytes.subarray(from, end)).toString('latin1').trim();
    if (text !== '') replies.push(text);
    from = end + 1;
  }
  const rest = bytes.slice(from);
  if (rest.length > MAX_REPLY_BYTES) return { replies, rest: new Uint8Array(), noiseBytes: rest.length };
  return { replies, rest, noiseBytes: 0 };
}
