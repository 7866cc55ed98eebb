import {
  type Pacing as CardPacing,
  realisticPacing,
  zeroPacing,
} from '#drivers/card-printer/evolis/simulator/pacing.ts';
import type { FirmataPacing } from '#drivers/panel/firmata/simulator/simulator.ts';

/** How fast the machines work: as in life (about 25 s for a card), ten times as fast, or at once. */
export type Pacing = 'real' | 'fast' | 'zero';

export interface Speeds {
  card: CardPacing;
  /** `null` = at once. */
  paper: { mmPerSecond: number; cutMs: number } | null;
  board: FirmataPacing;
  framesPerSecond: number;
}

const HASTE = 10;
const MM_PER_SECOND = 150;
const CUT_MS = 300;
const BOARD_BOOT_MS = 1_500;

export const speeds: Record<Pacing, Speeds> = {
  real: {
    card: realisticPacing,
    paper: { mmPerSecond: MM_PER_SECOND, cutMs: CUT_MS },
    board: { bootMs: BOARD_BOOT_MS },
    framesPerSecond: 15,
  },
  fast: {
    card: hastened(realisticPacing),
    paper: { mmPerSecond: MM_PER_SECOND * HASTE, cutMs: CUT_MS / HASTE },
    board: { bootMs: BOARD_BOOT_MS / HASTE },
    framesPerSecond: 30,
  },
  zero: { card: zeroPacing, paper: null, board: { bootMs: 0 }, framesPerSecond: 60 },
};

function hastened(pacing: CardPacing): CardPacing {
  const entries = Object.entries(pacing).map(([name, ms]) => [name, ms / HASTE]);
  return Object.fromEntries(entries) as CardPacing;
}

export function isPacing(word: string): word is Pacing {
  return Object.hasOwn(speeds, word);
}
