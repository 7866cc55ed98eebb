const MARKER = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
/** FF D8 and the FF of the first segment. */
const START_BYTES = 3;

export type JpegScan =
  /** `bytes` from start to end of image; `rest` begins behind it. */
  | { found: 'jpeg'; jpeg: Uint8Array; rest: Uint8Array }
  /** Nothing complete; `rest` is what may still become a picture, `resumeAt` how far into it has been looked. */
  | { found: 'nothing-yet'; rest: Uint8Array; resumeAt: Resume };

/** Where a walk through one picture stands. */
export type Resume = { offset: number; within: 'segments' | 'entropy' };

export const fromTheStart: Resume = { offset: 0, within: 'segments' };

/**
 * Finds the first whole JPEG in `bytes` by walking its segments: whoever only looks for FF D9 ends at the thumbnail that
 * many cameras put into a picture. What stands between pictures (multipart headers, noise) is skipped; a picture that
 * breaks off is dropped where the next one begins. Pure. (Sheet C.2)
 */
export function scanJpeg(bytes: Uint8Array, from: Resume = fromTheStart): JpegScan {
  let rest = bytes;
  let resumeAt = from;
  for (;;) {
    if (resumeAt.offset === 0) rest = rest.subarray(startOfImage(rest));
    if (rest.length < START_BYTES) return { found: 'nothing-yet', rest, resumeAt: fromTheStart };
    const walk = walkPicture(rest, resumeAt);
    if (walk.ends === 'here') return { found: 'jpeg', jpeg: rest.subarray(0, walk.at), rest: rest.subarray(walk.at) };
    if (walk.ends === 'later') return { found: 'nothing-yet', rest, resumeAt: walk.resumeAt };
    rest = rest.subarray(walk.at);
    resumeAt = fromTheStart;
  }
}

/** The offset of FF D8 FF, or of what may become one with the next bytes. */
function startOfImage(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(MARKER); at !== -1; at = bytes.indexOf(MARKER, at + 1)) {
    const [, second = START_OF_IMAGE, third = MARKER] = bytes.subarray(at, at + 3);
    if (second === START_OF_IMAGE && third === MARKER) return at;
  }
  return bytes.length;
}

type Walk =
  | { ends: 'here'; at: number }
  | { ends: 'later'; resumeAt: Resume }
  /** Not a picture, or a broken one: look again from `at`. */
  | { ends: 'broken'; at: number };

function walkPicture(bytes: Uint8Array, from: Resume): Walk {
  let { offset, within } = from.offset === 0 ? { offset: 2, within: 'segments' as const } : from;
  for (;;) {
    if (within === 'entropy') offset = endOfEntropy(bytes, offset);
    const [first, marker, high, low] = bytes.subarray(offset, offset + 4);
    if (first === undefined || marker === undefined) return { ends: 'later', resumeAt: { offset, within } };
    within = 'segments';
    if (first !== MARKER || marker === 0) return { ends: 'broken', at: 2 };
    if (marker === MARKER)
      offset += 1; // fill byte
    else if (marker === END_OF_IMAGE) return { ends: 'here', at: offset + 2 };
    else if (marker === START_OF_IMAGE) return { ends: 'broken', at: offset };
    else if (standsAlone(marker)) offset += 2;
    else {
      if (high === undefined || low === undefined) return { ends: 'later', resumeAt: { offset, within } };
      const length = high * 256 + low;
      if (length < 2) return { ends: 'broken', at: 2 };
      offset += 2 + length;
      if (marker === START_OF_SCAN) within = 'entropy';
    }
  }
}

/** The offset of the marker that ends the coded picture: FF followed by neither 00 nor a restart (D0 to D7). */
function endOfEntropy(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(MARKER, from); at !== -1; at = bytes.indexOf(MARKER, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return at;
    if (next !== 0 && (next & 0xf8) !== 0xd0) return at;
  }
  return Math.max(from, bytes.length);
}

/** TEM and restart markers have no length behind them. */
const standsAlone = (marker: number) => marker === 0x01 || (marker & 0xf8) === 0xd0;
