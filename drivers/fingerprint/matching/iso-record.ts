import type { Minutia } from './minutiae.ts';
import type { Template } from './template.ts';

/*
 * Finger minutiae records, ISO/IEC 19794-2:2005 (the form for exchange, not that of cards) and its older sister ANSI/INCITS
 * 378-2004. Both start with the same eight bytes; all numbers have their high byte first.
 */
export const MAGIC = [0x46, 0x4d, 0x52, 0]; // "FMR"
export const EDITION = [0x20, 0x32, 0x30, 0]; // " 20"; that of 2011 is "030"
export const VIEW_HEAD_BYTES = 4;
export const MINUTIA_BYTES = 6;
export const EXTENSION_HEAD_BYTES = 2;
export const ISO_HEAD_BYTES = 24;
export const COORDINATE_BITS = 0x3fff;
export const TYPES = { ending: 1, bifurcation: 2 } as const satisfies Record<Minutia['type'], number>;
/** Ours are pictures at 500 dpi. As whole pixels a centimetre that is 500.38, and what reads it back takes it at its word. */
export const PIXELS_PER_CM = 197;

/** One finger in a record. */
export interface RecordView {
  /** 0 unknown, 1 right thumb to 5 right little finger, 6 left thumb to 10 left little finger. */
  finger: number;
  /** 0 live plain, 1 live rolled, 2 and 3 the same from paper, 8 swiped. */
  impression: number;
  /** 0 to 100 by whoever wrote it; many write 0 for "not measured". */
  quality: number;
  template: Template;
}

export type RecordFault =
  | 'not-a-record'
  | 'other-edition'
  | 'too-large'
  | 'cut-off'
  | 'bad-resolution'
  | 'bad-minutia'
  | 'no-views'
  | 'too-few-minutiae'
  | 'does-not-fit';

/** The detail is for the technician. */
export interface Refusal {
  ok: false;
  why: RecordFault;
  detail: string;
}

export function refusal(why: RecordFault, detail: string): Refusal {
  return { ok: false, why, detail };
}
