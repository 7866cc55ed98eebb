import { createHash } from 'node:crypto';
import type { Manner, PlacedFinger } from '#cabinet/world/plain.ts';
import type { FingerPosition } from '#contract/screen/screen-state.ts';
import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';
import { extract } from '#drivers/fingerprint/matching/extract.ts';
import { writeRecord } from '#drivers/fingerprint/matching/iso-write.ts';

/**
 * Fingers that are formulas: arched ridges with places where one begins or forks, in a phase that turns around each of them.
 * Like no real finger, but the same one again and again, never the same picture twice, and unlike everybody else's.
 */
const widthPx = 256;
const heightPx = 288;
const dpi = 500;
const ridgePx = 9;
const minutiae = 34;

interface Turn {
  x: number;
  y: number;
  /** Around it the phase goes once up or once down. */
  sense: 1 | -1;
}

/** Numbers from 0 to 1 that are the same for the same words. */
function numbersFrom(words: string): () => number {
  let at = 0;
  let block = Buffer.alloc(0);
  return () => {
    if (at % 8 === 0)
      block = createHash('sha256')
        .update(`${words}|${at / 8}`)
        .digest();
    at += 1;
    return block.readUInt32LE(((at - 1) % 8) * 4) / 2 ** 32;
  };
}

function turnsOf(person: string, finger: FingerPosition): Turn[] {
  const next = numbersFrom(`${person}|${finger}`);
  const turns: Turn[] = [];
  for (let tries = 0; turns.length < minutiae && tries < 2_000; tries += 1) {
    const [x, y] = [20 + next() * (widthPx - 40), 20 + next() * (heightPx - 40)];
    const free = turns.every((other) => Math.hypot(other.x - x, other.y - y) > 24);
    if (free) turns.push({ x, y, sense: next() < 0.5 ? 1 : -1 });
  }
  return turns;
}

/** 1 on a ridge, -1 between two. */
function ridgeAt(turns: readonly Turn[], x: number, y: number): number {
  const far = Math.hypot((x - widthPx / 2) * 0.8, y - heightPx - 120);
  const around = turns.reduce((sum, turn) => sum + turn.sense * Math.atan2(y - turn.y, x - turn.x), 0);
  return Math.cos((2 * Math.PI * far) / ridgePx + around);
}

const usual = { deep: 105, light: 130 };
const inkOf: Record<Manner, typeof usual> = {
  well: usual,
  beside: usual,
  lightly: { deep: 14, light: 236 },
  wet: { deep: 6, light: 20 },
};

export const drawnFinger = ({ person, finger, manner, placement }: PlacedFinger): GreyImage => {
  const turns = turnsOf(person, finger);
  const next = numbersFrom(`placement ${placement}`);
  const [angle, dx, dy] = [(next() - 0.5) * 0.2, (next() - 0.5) * 16, (next() - 0.5) * 16];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const aside = manner === 'beside' ? widthPx * 0.62 : 0;
  const { deep, light } = inkOf[manner];
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y += 1)
    for (let x = 0; x < widthPx; x += 1) {
      const [u, v] = [x - widthPx / 2 - dx - aside, y - heightPx / 2 - dy];
      const [px, py] = [u * cos - v * sin + widthPx / 2, u * sin + v * cos + heightPx / 2];
      const inside = Math.hypot(u / (widthPx * 0.47), v / (heightPx * 0.47)) < 1;
      const grey = inside ? light - deep * ridgeAt(turns, px, py) : 250;
      pixels[y * widthPx + x] = Math.max(0, Math.min(255, grey + (next() - 0.5) * 12));
    }
  return { widthPx, heightPx, dpi, pixels };
};

/** By ISO/IEC 19794-2. */
export const numberOf: Partial<Record<FingerPosition, number>> = { 'right-index': 2, 'left-index': 7 };

/** What the registry delivers of a finger: a record by ISO/IEC 19794-2, from a placement that no story repeats. */
export function enrolledFinger(person: string, finger: FingerPosition): Uint8Array {
  const template = extract(drawnFinger({ person, finger, manner: 'well', placement: 0 }));
  const written = writeRecord([{ finger: numberOf[finger] ?? 0, impression: 0, quality: 80, template }]);
  if (!written.ok) throw new Error(written.detail);
  return written.bytes;
}
