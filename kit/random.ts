import { createHash, randomBytes } from 'node:crypto';

/** Randomness as a port, so that a run can be replayed from a seed. */
export interface Random {
  bytes(count: number): Uint8Array;
}

export const systemRandom: Random = { bytes: (count) => new Uint8Array(randomBytes(count)) };

/** The same bytes for the same seed, everywhere: SHA-256 of seed and a counter. Never for secrets. */
export function seededRandom(seed: string | number): Random {
  let block = new Uint8Array();
  let counter = 0;
  const next = () => {
    if (block.length === 0) {
      block = new Uint8Array(createHash('sha256').update(`${seed}|${counter}`).digest());
      counter += 1;
    }
    const byte = block[0] ?? 0;
    block = block.subarray(1);
    return byte;
  };
  return { bytes: (count) => Uint8Array.from({ length: count }, next) };
}

/** A fraction in [0, 1). */
export function fraction(random: Random): number {
  const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4);
  return (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) / 2 ** 32;
}

/** A whole number in [0, below). */
export function whole(random: Random, below: number): number {
  return Math.floor(fraction(random) * below);
}

export function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[whole(random, from.length)];
  if (chosen === undefined) throw new RangeError('pick from an empty list');
  return chosen;
}

/** 128 random bits as base64url: short enough for a log line, long enough never to meet twice. */
export function newId(random: Random): string {
  return Buffer.from(random.bytes(16)).toString('base64url');
}
