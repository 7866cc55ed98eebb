/** What a receipt printer can say about itself, whichever way it says it. */
export type Flag =
  | 'drawer-high'
  | 'offline'
  | 'waits-for-recovery'
  | 'feed-button'
  | 'cover-open'
  | 'stopped-for-paper'
  | 'error'
  | 'mechanical-error'
  | 'cutter-error'
  | 'unrecoverable'
  | 'passing-error'
  | 'paper-near-end'
  | 'paper-end';

interface Bits {
  /** All of these bits have to be set: single bits of the roll sensors mean other things on presenter models. */
  mask: number;
  flag: Flag;
}

/** Replies to DLE EOT n, one byte each; "all is well" is 0x12 for every n. (Sheet B.2) */
export const realTimeBits = {
  1: [
    { mask: 0x04, flag: 'drawer-high' },
    { mask: 0x08, flag: 'offline' },
    { mask: 0x20, flag: 'waits-for-recovery' },
    { mask: 0x40, flag: 'feed-button' },
  ],
  2: [
    { mask: 0x04, flag: 'cover-open' },
    { mask: 0x08, flag: 'feed-button' },
    { mask: 0x20, flag: 'stopped-for-paper' },
    { mask: 0x40, flag: 'error' },
  ],
  3: [
    { mask: 0x04, flag: 'mechanical-error' },
    { mask: 0x08, flag: 'cutter-error' },
    { mask: 0x20, flag: 'unrecoverable' },
    { mask: 0x40, flag: 'passing-error' },
  ],
  4: [
    { mask: 0x0c, flag: 'paper-near-end' },
    { mask: 0x60, flag: 'paper-end' },
  ],
} as const satisfies Record<number, readonly Bits[]>;

export type RealTimeQuestion = keyof typeof realTimeBits;

/** The four bytes of automatic status back, in their order. (Sheet B.2) */
export const automaticBits = [
  [
    { mask: 0x04, flag: 'drawer-high' },
    { mask: 0x08, flag: 'offline' },
    { mask: 0x20, flag: 'cover-open' },
    { mask: 0x40, flag: 'feed-button' },
  ],
  [
    { mask: 0x01, flag: 'waits-for-recovery' },
    { mask: 0x02, flag: 'feed-button' },
    { mask: 0x04, flag: 'mechanical-error' },
    { mask: 0x08, flag: 'cutter-error' },
    { mask: 0x20, flag: 'unrecoverable' },
    { mask: 0x40, flag: 'passing-error' },
  ],
  [
    { mask: 0x03, flag: 'paper-near-end' },
    { mask: 0x0c, flag: 'paper-end' },
  ],
  [],
] as const satisfies readonly (readonly Bits[])[];

/** The reply to GS r 1: the roll, as it was when the printer had come that far in the data. (Sheet B.2) */
export const inOrderPaperBits = [
  { mask: 0x03, flag: 'paper-near-end' },
  { mask: 0x0c, flag: 'paper-end' },
] as const satisfies readonly Bits[];

/** The flags whose bits are all set in `byte`. */
export function flagsIn(byte: number, table: readonly Bits[]): Flag[] {
  return table.filter(({ mask }) => (byte & mask) === mask).map(({ flag }) => flag);
}

export const realTimeFlags = (question: RealTimeQuestion, byte: number): Flag[] =>
  flagsIn(byte, realTimeBits[question]);

export const automaticFlags = (bytes: Uint8Array): Flag[] =>
  automaticBits.flatMap((table, index) => flagsIn(bytes[index] ?? 0, table));
