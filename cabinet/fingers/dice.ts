import { seededRandom } from '#kit/random.ts';

/** Chance from a seed, fast enough for every pixel of a picture. The same throws for the same seed, everywhere. */
export interface Dice {
  /** In [0, 1). */
  part(): number;
  between(low: number, high: number): number;
  /** Mean 0, deviation 1, never beyond 3.5: twelve throws added up. */
  bell(): number;
  happens(chance: number): boolean;
}

/** The generator sfc32 (Chris Doty-Humphrey, public domain), started by the kit's own randomness. */
export function diceOf(seed: string): Dice {
  const part = sfc32(new DataView(seededRandom(seed).bytes(16).buffer));
  const between = (low: number, high: number) => low + part() * (high - low);
  return { part, between, bell: () => bellOf(part), happens: (chance) => part() < chance };
}

function sfc32(start: DataView): () => number {
  let [a, b, c, counter] = [start.getInt32(0), start.getInt32(4), start.getInt32(8), start.getInt32(12)];
  return () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}

function bellOf(part: () => number): number {
  let sum = -2;
  for (let i = 0; i < 4; i += 1) sum += part();
  return sum * Math.sqrt(3);
}
