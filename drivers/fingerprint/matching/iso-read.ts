import { mirrored32, TURN_32 } from './angle32.ts';
import {
  COORDINATE_BITS,
  EDITION,
  EXTENSION_HEAD_BYTES,
  ISO_HEAD_BYTES,
  MAGIC,
  MINUTIA_BYTES,
  type RecordView,
  type Refusal,
  refusal,
  TYPES,
  VIEW_HEAD_BYTES,
} from './iso-record.ts';
import type { Minutia } from './minutiae.ts';
import { templateOf } from './template.ts';

export type RecordFormat = 'iso-19794-2-2005' | 'ansi-378-2004';
export type RecordReading = { ok: true; format: RecordFormat; views: RecordView[] } | Refusal;

/** Ten fingers with all the minutiae a view can have are 15 kB. More is no reference, and would keep the kiosk busy. */
const MOST_BYTES = 32_768;
const ANSI_HEAD_BYTES = 26;
/** By the standard; below, coordinates would leave what matching counts in. */
const LEAST_PIXELS_PER_CM = 99;
/** ANSI counts directions in steps of two degrees, ISO in 256 to a turn. */
const ANGLE_STEPS: Readonly<Record<RecordFormat, number>> = { 'iso-19794-2-2005': 256, 'ansi-378-2004': 180 };

/**
 * Reads what other makers write: a wrong total length, a width of 0, reserved bits and qualities that say nothing are passed over,
 * extensions are skipped by their outer length whatever they count inside. Views with fewer than `fewestMinutiae` are left out.
 * Takes one step a minutia, whatever the bytes are.
 */
export function readRecord(bytes: Uint8Array, { fewestMinutiae = 1 } = {}): RecordReading {
  if (bytes.length > MOST_BYTES) return refusal('too-large', `${bytes.length} bytes are no fingers`);
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) return refusal('not-a-record', 'it does not start with FMR');
  if (bytes.length < ISO_HEAD_BYTES) return refusal('cut-off', `${bytes.length} bytes are less than a head`);
  if (EDITION.some((byte, i) => bytes[MAGIC.length + i] !== byte)) {
    return refusal('other-edition', 'its edition is not that of 2004 and 2005');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = formatOf(view);
  if (!format) return refusal('not-a-record', 'its length is neither that of ISO nor that of ANSI');
  const head = headOf(view, format);
  if (!head) return refusal('cut-off', `${bytes.length} bytes are less than a head`);
  return readViews(view, head, format, fewestMinutiae);
}

/** ISO has a length of four bytes where ANSI has two of length and two of its owner; no head is that short. */
function formatOf(view: DataView): RecordFormat | undefined {
  if (view.getUint16(8) >= ANSI_HEAD_BYTES) return 'ansi-378-2004';
  return view.getUint16(8) === 0 && view.getUint16(10) >= ISO_HEAD_BYTES ? 'iso-19794-2-2005' : undefined;
}

interface Head {
  width: number;
  height: number;
  pixelsPerCmX: number;
  pixelsPerCmY: number;
  views: number;
  bytes: number;
}

function headOf(view: DataView, format: RecordFormat): Head | undefined {
  const [size, bytes] = format === 'ansi-378-2004' ? [16, ANSI_HEAD_BYTES] : [14, ISO_HEAD_BYTES];
  if (view.byteLength < bytes) return undefined;
  return {
    width: view.getUint16(size),
    height: view.getUint16(size + 2),
    pixelsPerCmX: view.getUint16(size + 4),
    pixelsPerCmY: view.getUint16(size + 6),
    views: view.getUint8(size + 8),
    bytes,
  };
}

function readViews(view: DataView, head: Head, format: RecordFormat, fewest: number): RecordReading {
  const { pixelsPerCmX, pixelsPerCmY } = head;
  if (Math.min(pixelsPerCmX, pixelsPerCmY) < LEAST_PIXELS_PER_CM) {
    return refusal('bad-resolution', `${pixelsPerCmX} x ${pixelsPerCmY} pixels a centimetre`);
  }
  if (head.views === 0) return refusal('no-views', 'it has no views');
  const views: RecordView[] = [];
  let at = head.bytes;
  for (let number = 1; number <= head.views; number += 1) {
    const end = endOfView(view, at);
    if (end === undefined) return refusal('cut-off', `view ${number} of ${head.views} is not all there`);
    const finger = readView(view, at, head, format);
    if ('ok' in finger) return finger;
    views.push(finger);
    at = end;
  }
  const usable = views.filter(({ template }) => template.minutiae.length >= fewest);
  if (usable.length === 0) return refusal('too-few-minutiae', `no view has ${fewest} minutiae`);
  return { ok: true, format, views: usable };
}

function endOfView(view: DataView, at: number): number | undefined {
  if (at + VIEW_HEAD_BYTES > view.byteLength) return undefined;
  const extension = at + VIEW_HEAD_BYTES + MINUTIA_BYTES * view.getUint8(at + 3);
  if (extension + EXTENSION_HEAD_BYTES > view.byteLength) return undefined;
  const end = extension + EXTENSION_HEAD_BYTES + view.getUint16(extension);
  return end > view.byteLength ? undefined : end;
}

/** A view that is known to be all there. */
function readView(view: DataView, at: number, head: Head, format: RecordFormat): RecordView | Refusal {
  const minutiae: Minutia[] = [];
  const count = view.getUint8(at + 3);
  for (let i = 0; i < count; i += 1) {
    const minutia = readMinutia(view, at + VIEW_HEAD_BYTES + i * MINUTIA_BYTES, head, format);
    if (!minutia) return refusal('bad-minutia', `minutia ${i + 1} has a direction beyond a turn`);
    minutiae.push(minutia);
  }
  return {
    finger: view.getUint8(at),
    impression: view.getUint8(at + 1) & 0x0f,
    quality: view.getUint8(at + 2),
    template: templateOf(scaled(head.width, head.pixelsPerCmX), scaled(head.height, head.pixelsPerCmY), minutiae),
  };
}

function readMinutia(view: DataView, at: number, head: Head, format: RecordFormat): Minutia | undefined {
  const typeAndX = view.getUint16(at);
  const step = view.getUint8(at + 4);
  const steps = ANGLE_STEPS[format];
  if (step >= steps) return undefined;
  return {
    x: scaled(typeAndX & COORDINATE_BITS, head.pixelsPerCmX),
    y: scaled(view.getUint16(at + 2) & COORDINATE_BITS, head.pixelsPerCmY),
    direction: mirrored32(Math.fround((step / steps) * TURN_32)), // records count the other way around
    type: typeAndX >> 14 === TYPES.bifurcation ? 'bifurcation' : 'ending',
  };
}

function scaled(pixels: number, pixelsPerCm: number): number {
  return Math.round((pixels / (pixelsPerCm * 2.54)) * 500);
}
