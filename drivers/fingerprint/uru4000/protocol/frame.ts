import { DeviceError } from '#drivers/kit/device-error.ts';

/** One picture as it comes over the bulk pipe: a header, then rows; in the header a list of blocks of rows. */
export const frameSize = { widthPx: 384, heightPx: 290, headerBytes: 64 } as const;
/** Asked for; a frame is shorter (111,040 bytes in the recorded session). */
export const MOST_FRAME_BYTES = frameSize.headerBytes + frameSize.widthPx * frameSize.heightPx;

const header = { lines: 4, firstKey: 6, blocks: 16, blockCount: 15 } as const;
const flags = { nextKey: 0x80, keyRests: 0x04, scrambled: 0x02, absent: 0x01 } as const;

export interface Block {
  lines: number;
  /** The key after the current one holds from this block on. */
  nextKey: boolean;
  /** `read`: plain rows during which the key steps on; `rests`: plain rows during which it does not. */
  key: 'unscrambles' | 'read' | 'rests';
  /** The rows were not sent. */
  absent: boolean;
}

export interface Frame {
  firstKey: number;
  blocks: Block[];
  /** The rows that were sent, one after the other. */
  rows: Uint8Array;
}

/** Reads a frame, or says what is wrong with it. */
export function parseFrame(bytes: Uint8Array): Frame {
  const { headerBytes, widthPx, heightPx } = frameSize;
  if (bytes.length < headerBytes) throw wrong(`${bytes.length} bytes are no picture`);
  const lines = (bytes[header.lines] ?? 0) | ((bytes[header.lines + 1] ?? 0) << 8);
  if (lines === 0 || lines >= heightPx) throw wrong(`a picture of ${lines} lines`);
  const rows = bytes.subarray(headerBytes, headerBytes + lines * widthPx);
  if (rows.length < lines * widthPx) throw wrong(`${bytes.length} bytes for ${lines} lines`);
  const blocks = parseBlocks(bytes);
  checkLines(blocks, lines);
  return { firstKey: bytes[header.firstKey] ?? 0, blocks, rows };
}

function parseBlocks(bytes: Uint8Array): Block[] {
  const blocks: Block[] = [];
  for (let at = header.blocks; blocks.length < header.blockCount; at += 2) {
    const [flag = 0, lines = 0] = bytes.subarray(at, at + 2);
    if (lines === 0) break;
    blocks.push({ lines, nextKey: has(flag, flags.nextKey), key: keyOf(flag), absent: has(flag, flags.absent) });
  }
  return blocks;
}

const has = (flag: number, bit: number) => (flag & bit) !== 0;

function keyOf(flag: number): Block['key'] {
  if (has(flag, flags.keyRests)) return 'rests';
  return has(flag, flags.scrambled) ? 'unscrambles' : 'read';
}

function checkLines(blocks: readonly Block[], sent: number): void {
  const sum = (some: readonly Block[]) => some.reduce((lines, block) => lines + block.lines, 0);
  const all = sum(blocks);
  if (all > frameSize.heightPx) throw wrong(`blocks of ${all} lines for a picture of ${frameSize.heightPx}`);
  if (sum(blocks.filter(({ absent }) => !absent)) > sent)
    throw wrong(`blocks of more lines than the ${sent} that came`);
}

const wrong = (detail: string) => new DeviceError('fingerprint-scanner/no-answer', detail);
