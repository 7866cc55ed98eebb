import { bytesPerLine, DOTS_PER_LINE, dyeForHead, type Levels, LINES } from './bitmap.ts';
import type { Panel } from './card-path.ts';

/** A compressed download as the head keeps it, or null where it is no such thing (sheet 1.4). */
export function expand(panel: Panel, levels: Levels, data: Uint8Array): Uint8Array | null {
  return levels === 2 ? expandLines(panel, data) : expandRuns(levels, data);
}

/**
 * Resin and varnish, line by line: 00 = blank, FF = solid, N = the first N bytes follow, the rest is blank.
 * Zeros after the last line are what a host leaves that flushes a download it did not begin: they are ignored.
 */
function expandLines(panel: Panel, data: Uint8Array): Uint8Array | null {
  const width = bytesPerLine(panel);
  const bitmap = new Uint8Array(LINES * width);
  let at = 0;
  for (let line = 0; line < LINES; line++) {
    const code = data[at++];
    if (code === undefined) return null;
    if (code === 0xff) bitmap.fill(0xff, line * width, (line + 1) * width);
    else if (code > width || at + code > data.length) return null;
    else bitmap.set(data.subarray(at, at + code), line * width);
    if (code !== 0xff) at += code;
  }
  return onlyZeros(data, at) ? bitmap : null;
}

/** How a run's first byte splits: which bits are the value, and which each add 256 to the count. */
const RUN = {
  128: { value: 0x7f, more: [] },
  64: { value: 0x3f, more: [0x40] },
  32: { value: 0x1f, more: [0x40, 0x20] },
} as const;

/**
 * Dye: 0vvvvvvv = one dot, 1…v and a count = v repeated, a count byte of 0 = blank to the end of the line.
 * From the guide alone, no capture has confirmed it; that runs stay within a line is inferred.
 */
function expandRuns(levels: Exclude<Levels, 2>, data: Uint8Array): Uint8Array | null {
  const dots = new Uint8Array(LINES * DOTS_PER_LINE);
  let dot = 0;
  let at = 0;
  while (dot < dots.length) {
    const run = readRun(levels, data, at);
    const lineEnd = dot - (dot % DOTS_PER_LINE) + DOTS_PER_LINE;
    if (!run) return null;
    const end = run.count === 0 ? lineEnd : dot + run.count;
    if (end > lineEnd) return null;
    dots.fill(run.value, dot, end);
    dot = end;
    at += run.bytes;
  }
  return onlyZeros(data, at) ? dyeForHead(dots, levels) : null;
}

function readRun(levels: Exclude<Levels, 2>, data: Uint8Array, at: number) {
  const [first, count] = [data[at], data[at + 1]];
  const { value, more } = RUN[levels];
  if (first === undefined) return null;
  if (first < 0x80) return { value: first & value, count: 1, bytes: 1 };
  if (count === undefined) return null;
  if (count === 0) return { value: 0, count: 0, bytes: 2 };
  const added = more.filter((bit) => (first & bit) !== 0).length * 256;
  return { value: first & value, count: count + added, bytes: 2 };
}

function onlyZeros(data: Uint8Array, from: number): boolean {
  return data.subarray(from).every((byte) => byte === 0);
}
