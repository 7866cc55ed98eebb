import type { ProblemCode } from '#contract/problems/codes.ts';
import type { CardPlace, CardPrinter, CardPrinterWitness, FenceFindings } from '#drivers/card-printer/card-printer.ts';
import { withDeadline } from '#kit/async.ts';
import { StoreBroken } from '#kit/store.ts';
import type { Ending } from './facts.ts';
import { exitIsSafe, type Slot } from './slot.ts';
import { type Fed, type Way, wayAfter } from './verdicts.ts';

/** Clearing up goes on even when the visit is gone, but never for ever. */
const clearingMs = 180_000;

export function clearing<T>({ clock }: Slot, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return withDeadline(clock, clearingMs, undefined, work);
}

type BlankEnding = Omit<Ending, 'outcome' | 'reason'>;
type InkedEnding = Omit<Ending, 'reason'>;

/** Whether the printer has fed a card since the intent. A change proves use; no change alone proves little. */
export function fedSince(before: CardPrinterWitness, now: CardPrinterWitness): Fed {
  const known = before.cardsFed !== null && now.cardsFed !== null && before.serial === now.serial;
  if (!known) return 'unknown';
  return now.cardsFed === before.cardsFed ? 'no' : 'yes';
}

/**
 * Whether the same printer has used a print of its ribbon since the intent, or may have: where a card was fed and the ribbon
 * is another one, nobody knows of the old one. Where the journal knows of no ink it is not whole: the disk has lost its
 * newest writes, or is an older one.
 */
export function ribbonUsedSince(before: CardPrinterWitness, now: CardPrinterWitness): boolean {
  const [then, left] = [before.ribbonPrintsLeft, now.ribbonPrintsLeft];
  if (before.serial === null || before.serial !== now.serial || then === null || left === null) return false;
  return left < then || (left > then && fedSince(before, now) === 'yes');
}

/** Whether no ribbon tells of ink: it is not counted, or the printer is another one than at the intent. */
export function ribbonIsSilent(before: CardPrinterWitness, now: CardPrinterWitness): boolean {
  const isSame = before.serial !== null && before.serial === now.serial;
  return !isSame || before.ribbonPrintsLeft === null || now.ribbonPrintsLeft === null;
}

/**
 * Where the blank of an attempt without ink is: back in the hopper only if it surely never left, otherwise in the box.
 * `breach`: somebody could reach it, so what goes to the box is not proved to be it, and nothing is proved to be untouched.
 */
export async function clearBlank(
  slot: Slot,
  before: CardPrinterWitness,
  { breach, keep }: { breach: string | null; keep: (way: Way) => void },
): Promise<BlankEnding> {
  const { printer, panel } = slot;
  try {
    return await clearing(slot, async (signal) => {
      const { place, way } = await sightOf(printer, signal, keep);
      const fed = fedSince(before, await printer.witness({ signal }));
      const isProved = way === 'undisturbed' && exitIsSafe(panel) && breach === null;
      if (place === 'none' && isProved && fed === 'no') return neverLeft;
      if (place !== 'inside' || !exitIsSafe(panel))
        return { ...lostSight(`blank seen in no known place (fed: ${fed})`), notFed: place === 'none' && fed === 'no' };
      await printer.reject({ signal });
      if (breach !== null) return lostSight(`${breach}: what was inside is in the box`);
      return { place: 'box', blanko: 'spoiled', kind: 'blank', evidence: 'moved to the box, transport proved empty' };
    });
  } catch (error) {
    if (error instanceof StoreBroken) throw error;
    return lostSight(messageOf(error));
  }
}

const neverLeft: BlankEnding = {
  place: 'hopper-never-left',
  blanko: 'hopper',
  notFed: true,
  evidence: 'nothing fed by the counter, transport and exit empty, shutter closed',
};

const lostSight = (detail: string): BlankEnding => ({
  place: 'unknown',
  blanko: 'in-doubt',
  evidence: detail.slice(0, 120),
});

/** The right travels with the plastic: it comes back only when this body is proved to lie in the locked box. */
export async function clearInked(slot: Slot): Promise<InkedEnding> {
  const { printer, panel } = slot;
  try {
    if (!exitIsSafe(panel)) return inkedDoubt('shutter or exit not proved safe');
    return await clearing(slot, async (signal) => {
      await printer.fence({ signal, flush: true });
      if ((await printer.locate({ signal })) !== 'inside') return inkedDoubt('the inked card is not seen inside');
      await printer.reject({ signal });
      return exitIsSafe(panel) ? inTheBox : inkedDoubt('shutter or exit not proved safe while rejecting');
    });
  } catch (error) {
    return inkedDoubt(messageOf(error));
  }
}

const inTheBox: InkedEnding = {
  outcome: 'spoiled',
  place: 'box',
  blanko: 'spoiled',
  kind: 'partial',
  evidence: 'seen inside, moved to the box, transport proved empty',
};

export function inkedDoubt(evidence: string): InkedEnding {
  return { outcome: 'in-doubt', place: 'unknown', blanko: 'in-doubt', evidence: evidence.slice(0, 120) };
}

/** The printer's cover is its own door: opened with an inked card inside, the body is uncertain. */
export const opensThePath = (code: ProblemCode): boolean => code === 'card-printer/cover-open';

export interface Sight {
  place: CardPlace;
  /** `undisturbed` where the driver is still the one that moved the card. */
  way: Way;
}

/**
 * Where the card is; a printer that came back from elsewhere is made harmless first. What it may have done by itself
 * meanwhile is told, and made durable through `keep` before the reset.
 */
export async function sightOf(
  printer: CardPrinter,
  signal: AbortSignal,
  keep: (way: Way) => void = () => undefined,
): Promise<Sight> {
  try {
    return { place: await printer.locate({ signal }), way: 'undisturbed' };
  } catch {
    const beforeReset = (found: FenceFindings) => {
      const way = wayAfter('undisturbed', found);
      if (way !== 'undisturbed') keep(way);
    };
    const found = await printer.fence({ signal, flush: false, beforeReset });
    return { place: await printer.locate({ signal }), way: wayAfter('undisturbed', found) };
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'no answer');
