/** What a frame carries; the byte after the address. (Sheet 1.2) */
export const packets = { command: 0x01, data: 0x02, reply: 0x07, lastData: 0x08 } as const satisfies Record<
  string,
  number
>;
export type Packet = keyof typeof packets;

export const ANY_ADDRESS = 0xffffffff;
/** Header, address, packet kind and length before the content, checksum after it. */
export const OVERHEAD_BYTES = 11;

const HEADER = [0xef, 0x01] as const;
const SUM_BYTES = 2;
const BEFORE_CONTENT_BYTES = OVERHEAD_BYTES - SUM_BYTES;
const MAX_CONTENT_BYTES = 256;

export interface Frame {
  address: number;
  packet: Packet;
  content: Uint8Array;
}

export type Scan =
  | { found: 'frame'; frame: Frame; rest: Uint8Array }
  /** Bytes that begin no frame. */
  | { found: 'noise'; skipped: Uint8Array; rest: Uint8Array }
  /** Looked like a frame, but its checksum is wrong: only its header is skipped, since the next frame may begin inside. */
  | { found: 'damaged'; rest: Uint8Array }
  | { found: 'nothing-yet' };

/** Looks for one frame at the front of `bytes`. Pure: the caller keeps what is left over. */
export function scanFrame(bytes: Uint8Array): Scan {
  const start = headerIn(bytes);
  if (start > 0) return skip(bytes, start);
  if (bytes.length < BEFORE_CONTENT_BYTES) return { found: 'nothing-yet' };
  const packet = packetOf(bytes[6]);
  const contentBytes = wordAt(bytes, 7) - SUM_BYTES;
  if (!packet || contentBytes < 1 || contentBytes > MAX_CONTENT_BYTES) return skip(bytes, HEADER.length);
  const end = BEFORE_CONTENT_BYTES + contentBytes;
  if (bytes.length < end + SUM_BYTES) return { found: 'nothing-yet' };
  if (wordAt(bytes, end) !== sumOf(bytes.subarray(6, end))) {
    return { found: 'damaged', rest: bytes.subarray(HEADER.length) };
  }
  const frame = { address: addressIn(bytes), packet, content: bytes.subarray(BEFORE_CONTENT_BYTES, end) };
  return { found: 'frame', frame, rest: bytes.subarray(end + SUM_BYTES) };
}

/** One frame as it goes over the wire; header and address are not summed. (Sheet 1.2) */
export function buildFrame({ address, packet, content }: Frame): Uint8Array {
  const length = content.length + SUM_BYTES;
  const summed = Uint8Array.of(packets[packet], length >> 8, length & 0xff, ...content);
  const frame = new Uint8Array(OVERHEAD_BYTES + content.length);
  frame.set(HEADER);
  const view = new DataView(frame.buffer);
  view.setUint32(HEADER.length, address);
  frame.set(summed, 6);
  view.setUint16(frame.length - SUM_BYTES, sumOf(summed));
  return frame;
}

/** Where a header begins, or the first half of one at the very end; all bytes where there is none. */
function headerIn(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(HEADER[0]); at !== -1; at = bytes.indexOf(HEADER[0], at + 1)) {
    if (at + 1 === bytes.length || bytes[at + 1] === HEADER[1]) return at;
  }
  return bytes.length;
}

function skip(bytes: Uint8Array, count: number): Scan {
  return { found: 'noise', skipped: bytes.subarray(0, count), rest: bytes.subarray(count) };
}

const packetOf = (byte: number | undefined) =>
  (Object.keys(packets) as Packet[]).find((name) => packets[name] === byte);
const wordAt = (bytes: Uint8Array, at: number) => ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
const sumOf = (bytes: Uint8Array) => bytes.reduce((sum, byte) => (sum + byte) & 0xffff, 0);
const addressIn = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(HEADER.length);
