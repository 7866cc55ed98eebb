import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';

const MOST_AT_ONCE = 32;
const BITS_OF_A_BYTE = 10; // 8N1 (sheet 1.1)

export function wireMs(bytes: number, baudRate: number): number {
  return (bytes * BITS_OF_A_BYTE * 1000) / baudRate;
}

/**
 * Sends bytes in pieces cut at random, each when a line of this speed would have carried it; null: at once. `pass` sees
 * each piece just before it leaves, gives what leaves in its place, and says whether more may follow.
 */
export async function speak(
  { clock, random, baudRate }: { clock: Clock; random: Random; baudRate: number | null },
  link: ByteLink,
  bytes: Uint8Array,
  pass: (piece: Uint8Array) => { bytes: Uint8Array; goOn: boolean },
): Promise<void> {
  const startMs = clock.monotonicMs();
  for (let from = 0; from < bytes.length; ) {
    const [size = 0] = random.bytes(1);
    const piece = bytes.subarray(from, from + 1 + (size % MOST_AT_ONCE));
    from += piece.length;
    const leftMs = baudRate === null ? 0 : startMs + wireMs(from, baudRate) - clock.monotonicMs();
    if (leftMs > 0) await clock.sleep(leftMs);
    const passed = pass(piece);
    if (passed.bytes.length > 0) await link.write(passed.bytes);
    if (!passed.goOn) return;
  }
}
