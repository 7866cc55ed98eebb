/** What the printer knows of itself, as its status bytes tell it. */
export interface Condition {
  coverOpen: boolean;
  paperOut: boolean;
  nearEnd: boolean;
  error: PrinterError;
}

/** `cutter` and `mechanical` wait for DLE ENQ; `fatal` for the power switch; `head-hot` goes by itself. */
export type PrinterError = 'none' | 'cutter' | 'mechanical' | 'fatal' | 'head-hot';

export function isOffline({ coverOpen, paperOut, error }: Condition): boolean {
  return coverOpen || paperOut || error !== 'none';
}

const bit = (at: number, on: boolean) => (on ? 1 << at : 0);
const waitsForRecovery = ({ error }: Condition) => error === 'cutter' || error === 'mechanical';
/** Bits 1 and 4 are always set, bits 0 and 7 never (sheet B.2). */
const FIXED = 0x12;

/** The answer to DLE EOT n; undefined for an n that this printer does not know. */
export function realTimeStatus(n: number, now: Condition): number | undefined {
  const { coverOpen, paperOut, nearEnd, error } = now;
  switch (n) {
    case 1:
      return FIXED | bit(3, isOffline(now)) | bit(5, waitsForRecovery(now));
    case 2:
      return FIXED | bit(2, coverOpen) | bit(5, paperOut) | bit(6, error !== 'none');
    case 3:
      return FIXED | errorBits(error, { mechanical: 2, cutter: 3, fatal: 5, 'head-hot': 6 });
    case 4:
      return FIXED | (nearEnd ? 0x0c : 0) | (paperOut ? 0x60 : 0);
    default:
      return undefined;
  }
}

/** The four bytes of automatic status back. */
export function automaticStatus(now: Condition): [number, number, number, number] {
  const first = 0x10 | bit(3, isOffline(now)) | bit(5, now.coverOpen);
  const errors = errorBits(now.error, { mechanical: 2, cutter: 3, fatal: 5, 'head-hot': 6 });
  return [first, bit(0, waitsForRecovery(now)) | errors, paperBits(now), 0];
}

/** The answer to GS r 1, and the third byte of automatic status back. */
export function paperBits({ nearEnd, paperOut }: Condition): number {
  return (nearEnd ? 0x03 : 0) | (paperOut ? 0x0c : 0);
}

/** What a change must touch to be worth a push, by the mask of GS a: bit 0 drawer, 1 on- or offline, 2 error, 3 paper. */
export function watched(mask: number, now: Condition): string {
  const [online, errors, paper] = automaticStatus(now);
  return [mask & 2 ? online : 0, mask & 4 ? errors : 0, mask & 8 ? paper : 0].join();
}

function errorBits(error: PrinterError, bits: Readonly<Record<Exclude<PrinterError, 'none'>, number>>): number {
  return error === 'none' ? 0 : 1 << bits[error];
}
