/** First word of an interrupt packet, big-endian; what follows it is left over from earlier packets. */
const words = {
  22186: 'powered-up',
  257: 'touched',
  512: 'lifted',
  /** The reader lost its picture: the next one may come with no bytes at all. */
  2048: 'picture-lost',
} as const;
export type Interrupt = (typeof words)[keyof typeof words];

export const INTERRUPT_BYTES = 64;

/** Null for a word that nobody knows: the reader repeats itself and says more than is documented. */
export function parseInterrupt(packet: Uint8Array): Interrupt | null {
  const [high, low] = packet;
  if (high === undefined || low === undefined) return null;
  const known: Record<number, Interrupt> = words;
  return known[(high << 8) | low] ?? null;
}
