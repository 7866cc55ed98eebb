import { mirrored, TURN } from './angle.ts';
import {
  COORDINATE_BITS,
  EDITION,
  EXTENSION_HEAD_BYTES,
  ISO_HEAD_BYTES,
  MAGIC,
  MINUTIA_BYTES,
  PIXELS_PER_CM,
  type RecordView,
  type Refusal,
  refusal,
  TYPES,
  VIEW_HEAD_BYTES,
} from './iso-record.ts';
import type { Minutia } from './minutiae.ts';

export type RecordWriting = { ok: true; bytes: Uint8Array<ArrayBuffer> } | Refusal;

const MOST_VIEWS = 176;
const MOST_VIEWS_A_FINGER = 16;
const MOST_MINUTIAE = 255;
const LAST_FINGER = 10;
const MOST_QUALITY = 100;

/**
 * A record after ISO/IEC 19794-2:2005, one view a template, minutiae in stored order. Refuses what the standard has no room for, and
 * never writes something near it instead.
 */
export function writeRecord(views: readonly RecordView[]): RecordWriting {
  const fault = faultIn(views);
  if (fault) return refusal('does-not-fit', fault);
  const bytes = new Uint8Array(views.reduce((sum, view) => sum + bytesOf(view), ISO_HEAD_BYTES));
  const out = new DataView(bytes.buffer);
  writeHead(bytes, out, views);
  const seen = new Map<number, number>();
  let at = ISO_HEAD_BYTES;
  for (const view of views) {
    const number = seen.get(view.finger) ?? 0;
    seen.set(view.finger, number + 1);
    writeView(out, at, view, number);
    at += bytesOf(view);
  }
  return { ok: true, bytes };
}

function bytesOf({ template }: RecordView): number {
  return VIEW_HEAD_BYTES + MINUTIA_BYTES * template.minutiae.length + EXTENSION_HEAD_BYTES;
}

function faultIn(views: readonly RecordView[]): string | undefined {
  if (views.length === 0 || views.length > MOST_VIEWS) return `${views.length} views`;
  const perFinger = Map.groupBy(views, ({ finger }) => finger);
  if ([...perFinger.values()].some((same) => same.length > MOST_VIEWS_A_FINGER)) return 'too many views of one finger';
  return views.map(faultInView).find((fault) => fault !== undefined);
}

function faultInView({ finger, impression, quality, template }: RecordView): string | undefined {
  const { widthPx, heightPx, minutiae } = template;
  if (!isWhole(finger, 0, LAST_FINGER)) return `finger ${finger}`;
  if (!isWhole(impression, 0, 0x0f)) return `impression ${impression}`;
  if (!isWhole(quality, 0, MOST_QUALITY)) return `quality ${quality}`;
  if (minutiae.length > MOST_MINUTIAE) return `${minutiae.length} minutiae in one view`;
  if (!isWhole(widthPx, 1, 0xffff) || !isWhole(heightPx, 1, 0xffff)) return `a picture of ${widthPx} x ${heightPx}`;
  return minutiae.map((minutia) => faultInMinutia(minutia, widthPx, heightPx)).find((fault) => fault !== undefined);
}

function faultInMinutia({ x, y, direction }: Minutia, widthPx: number, heightPx: number): string | undefined {
  const fits =
    isWhole(x, 0, Math.min(widthPx - 1, COORDINATE_BITS)) && isWhole(y, 0, Math.min(heightPx - 1, COORDINATE_BITS));
  if (!fits) return `a minutia at ${x}, ${y} in ${widthPx} x ${heightPx}`;
  return Number.isFinite(direction) ? undefined : `a minutia looking ${direction}`;
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function writeHead(bytes: Uint8Array, out: DataView, views: readonly RecordView[]): void {
  bytes.set([...MAGIC, ...EDITION]);
  out.setUint32(8, bytes.length);
  out.setUint16(14, Math.max(...views.map(({ template }) => template.widthPx)));
  out.setUint16(16, Math.max(...views.map(({ template }) => template.heightPx)));
  out.setUint16(18, PIXELS_PER_CM);
  out.setUint16(20, PIXELS_PER_CM);
  out.setUint8(22, views.length);
}

function writeView(out: DataView, at: number, { finger, impression, quality, template }: RecordView, number: number) {
  out.setUint8(at, finger);
  out.setUint8(at + 1, (number << 4) | impression);
  out.setUint8(at + 2, quality);
  out.setUint8(at + 3, template.minutiae.length);
  for (const [i, { x, y, direction, type }] of template.minutiae.entries()) {
    const start = at + VIEW_HEAD_BYTES + i * MINUTIA_BYTES;
    out.setUint16(start, (TYPES[type] << 14) | x);
    out.setUint16(start + 2, y);
    out.setUint8(start + 4, Math.round((mirrored(direction) / TURN) * 256) & 0xff);
  }
}
