import type { ProblemCode } from '#contract/problems/codes.ts';
import { codeOf, problemRow } from '#contract/problems/codes.ts';
import type { Appended, Journal } from '#controller/journal/journal.ts';
import type { Lease } from '#controller/leases/leases.ts';
import type { CardFace, CardPlace, CardPrinter } from '#drivers/card-printer/card-printer.ts';
import { withDeadline } from '#kit/async.ts';
import { StoreBroken } from '#kit/store.ts';
import {
  type Attempt,
  type Ending,
  IntentRefused,
  writeInking,
  writeIntended,
  writeOutcome,
  writePresenting,
  writePrinted,
} from './facts.ts';
import { exitIsSafe, requireReady, type Slot, waitUntilTaken } from './slot.ts';

export interface JobPorts extends Slot {
  journal: Journal;
}

/** Clearing up goes on even when the visit is gone, but never for ever. */
const clearingMs = 180_000;
const clearing = <T>({ clock }: Slot, work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
  withDeadline(clock, clearingMs, undefined, work);

export type JobPhase = 'preparing' | 'feeding' | 'printing' | 'presenting';

/** How an attempt ended; `entry` is the outcome as it stands in the journal. */
export interface Ended {
  at: 'ended';
  outcome: Ending['outcome'];
  code: ProblemCode | null;
  entry: Appended;
}

/** Nothing was booked and nothing moved: a condition refused the card before the intent. */
export interface NotStarted {
  at: 'not-started';
  code: ProblemCode;
}

/**
 * One card that is printed and held inside. What happens to it now is the citizen's to say: it is presented, once or
 * twice, and if it stays it is retained.
 */
export interface HeldCard {
  at: 'held-inside';
  /** Opens the shutter, moves the card to the exit and waits. `left`: it was pulled inside again. */
  present(
    offer: 1 | 2,
    options: { waitMs: number; signal: AbortSignal; onExit: () => void },
  ): Promise<Ended | { at: 'left' }>;
  /** Into the locked box: the right is held until an officer hands this very card over, or two people destroy it. */
  retain(signal: AbortSignal): Promise<Ended>;
}

/**
 * Prints one card for a lease: intent, feed, ink, print. Ends with the card held inside, or with an outcome that is
 * already written. Throws StoreBroken, after which nobody may act on this journal in this life, and when `signal` aborts:
 * that is the end of the program, the attempt stays open, and the next start decides.
 */
export async function printCard(
  ports: JobPorts,
  lease: Lease,
  face: CardFace,
  visitNo: string,
  options: { signal: AbortSignal; onPhase: (phase: JobPhase, fraction: number) => void },
): Promise<HeldCard | Ended | NotStarted> {
  const { journal, printer, clock } = ports;
  const { signal, onPhase } = options;
  let attempt: Attempt;
  try {
    onPhase('preparing', 0);
    await requireReady(ports, signal);
    attempt = writeIntended(journal, clock, lease, await printer.witness({ signal }), visitNo);
  } catch (error) {
    if (error instanceof StoreBroken) throw error;
    return {
      at: 'not-started',
      code: error instanceof IntentRefused ? error.code : codeOf(error, 'card-printer/hardware'),
    };
  }
  const fed = await feed(ports, attempt, options);
  if (fed) return fed;
  const failed = await ink(ports, attempt, face, options);
  return failed ?? held(ports, attempt);
}

/** Before ink the right is unspent, wherever the blank is. */
async function feed(
  ports: JobPorts,
  attempt: Attempt,
  { signal, onPhase }: { signal: AbortSignal; onPhase: (phase: JobPhase, fraction: number) => void },
): Promise<Ended | null> {
  try {
    onPhase('feeding', 0);
    await ports.printer.feed({ signal });
    writeInking(ports.journal, attempt);
    return null;
  } catch (error) {
    if (error instanceof StoreBroken || signal.aborted) throw error;
    const code = error instanceof IntentRefused ? error.code : codeOf(error, 'card-printer/feed-failed');
    return end(ports, attempt, { outcome: 'unused', reason: code, ...(await clearBlank(ports)) });
  }
}

/** Where the blank of an attempt without ink is: back in the hopper only if it surely never left, otherwise in the box. */
export async function clearBlank(slot: Slot): Promise<Omit<Ending, 'outcome' | 'reason'>> {
  const { printer, panel } = slot;
  try {
    return await clearing(slot, async (signal) => {
      const place = await sightOf(printer, signal);
      if (place === 'none' && exitIsSafe(panel)) return neverLeft;
      if (place !== 'inside' || !exitIsSafe(panel)) return lostSight('blank seen in no known place');
      await printer.reject({ signal });
      return { place: 'box', blanko: 'spoiled', kind: 'blank', evidence: 'moved to the box, transport proved empty' };
    });
  } catch (error) {
    return lostSight(error instanceof Error ? error.message : 'no answer');
  }
}

const neverLeft = {
  place: 'hopper-never-left',
  blanko: 'hopper',
  evidence: 'transport and exit empty, shutter closed',
} as const;

function lostSight(detail: string): Omit<Ending, 'outcome' | 'reason'> {
  return { place: 'unknown', blanko: 'in-doubt', evidence: detail.slice(0, 120) };
}

async function ink(
  ports: JobPorts,
  attempt: Attempt,
  face: CardFace,
  { signal, onPhase }: { signal: AbortSignal; onPhase: (phase: JobPhase, fraction: number) => void },
): Promise<Ended | null> {
  try {
    onPhase('printing', 0);
    await ports.printer.print(face, { signal, onProgress: (fraction) => onPhase('printing', fraction) });
    writePrinted(ports.journal, attempt);
    onPhase('presenting', 1);
    return null;
  } catch (error) {
    if (error instanceof StoreBroken || signal.aborted) throw error;
    return spoil(ports, attempt, codeOf(error, 'card-printer/outcome-unknown'));
  }
}

/** The right travels with the plastic: it comes back only when this body is proved to lie in the locked box. */
async function spoil(ports: JobPorts, attempt: Attempt, reason: ProblemCode): Promise<Ended> {
  return end(ports, attempt, { reason, ...(await clearInked(ports)) });
}

export async function clearInked(slot: Slot): Promise<Omit<Ending, 'reason'>> {
  const { printer, panel } = slot;
  try {
    if (!exitIsSafe(panel)) return inkedDoubt('shutter or exit not proved safe');
    return await clearing(slot, async (signal) => {
      await printer.fence({ signal, flush: true });
      if ((await printer.locate({ signal })) !== 'inside') return inkedDoubt('the inked card is not seen inside');
      await printer.reject({ signal });
      if (!exitIsSafe(panel)) return inkedDoubt('shutter or exit not proved safe while rejecting');
      return {
        outcome: 'spoiled',
        place: 'box',
        blanko: 'spoiled',
        kind: 'partial',
        evidence: 'seen inside, moved to the box, transport proved empty',
      };
    });
  } catch (error) {
    return inkedDoubt(error instanceof Error ? error.message : 'no answer');
  }
}

function inkedDoubt(evidence: string): Omit<Ending, 'reason'> {
  return { outcome: 'in-doubt', place: 'unknown', blanko: 'in-doubt', evidence: evidence.slice(0, 120) };
}

/** Where the card is; a printer that came back from elsewhere is made harmless first. */
async function sightOf(printer: CardPrinter, signal: AbortSignal): Promise<CardPlace> {
  try {
    return await printer.locate({ signal });
  } catch {
    await printer.fence({ signal, flush: false });
    return printer.locate({ signal });
  }
}

function held(ports: JobPorts, attempt: Attempt): HeldCard {
  const { journal, printer, panel, clock } = ports;
  return {
    at: 'held-inside',
    async present(offer, { waitMs, signal, onExit }) {
      writePresenting(journal, attempt, offer);
      panel.lamp('slot', 'blink');
      try {
        await panel.openShutter({ signal });
        await printer.present({ signal });
        onExit();
        const taken = await waitUntilTaken(panel, clock, waitMs, signal);
        return taken ? issued(ports, attempt) : await pullIn(ports, attempt);
      } catch (error) {
        if (error instanceof StoreBroken || signal.aborted) throw error;
        return await presentingFailed(ports, attempt, codeOf(error, 'card-printer/move-failed'));
      } finally {
        panel.lamp('slot', 'off');
      }
    },
    retain: (signal) => retain(ports, attempt, signal, 'handover/not-taken'),
  };
}

async function issued(ports: JobPorts, attempt: Attempt): Promise<Ended> {
  const ended = end(ports, attempt, {
    outcome: 'issued',
    reason: 'done',
    place: 'hand',
    blanko: 'issued',
    evidence: 'exit sensor: taken',
  });
  await clearing(ports, (signal) => ports.panel.closeShutter({ signal })).catch(() => undefined); // the panel's status tells a stuck shutter
  return ended;
}

/** Pulls an untaken card inside. If it is gone by then, a hand was quicker: issued. */
async function pullIn(ports: JobPorts, attempt: Attempt): Promise<Ended | { at: 'left' }> {
  const { printer, panel } = ports;
  return clearing(ports, async (signal) => {
    await printer.retract({ signal }).catch(() => undefined); // where the card is now is what counts, not what the move said
    const place = await sightOf(printer, signal);
    if (place === 'none' && panel.sensors.cardAtExit === false) return issued(ports, attempt);
    if (place !== 'inside')
      return doubtAfterPresenting(ports, attempt, 'the card is not seen inside after pulling it in');
    await panel.closeShutter({ signal });
    return { at: 'left' };
  });
}

/** Presenting was written, so the right is never restored here: held if the body is in the box, otherwise in doubt. */
async function presentingFailed(ports: JobPorts, attempt: Attempt, reason: ProblemCode): Promise<Ended> {
  const { printer } = ports;
  try {
    return await clearing(ports, async (signal) => {
      const place = await sightOf(printer, signal);
      if (place === 'at-exit') await printer.retract({ signal });
      if (place === 'none' || place === 'unknown')
        return doubtAfterPresenting(ports, attempt, 'the card was not seen after a failed move');
      return retain(ports, attempt, signal, reason);
    });
  } catch (error) {
    if (error instanceof StoreBroken) throw error;
    return doubtAfterPresenting(ports, attempt, error instanceof Error ? error.message : 'no answer');
  }
}

async function retain(ports: JobPorts, attempt: Attempt, signal: AbortSignal, reason: ProblemCode): Promise<Ended> {
  const { printer, panel } = ports;
  try {
    await panel.closeShutter({ signal });
    await printer.reject({ signal });
    return end(ports, attempt, {
      outcome: 'retained',
      reason,
      place: 'box',
      blanko: 'retained',
      kind: 'complete',
      evidence: 'moved to the box, transport proved empty',
    });
  } catch (error) {
    if (error instanceof StoreBroken) throw error;
    return doubtAfterPresenting(ports, attempt, error instanceof Error ? error.message : 'no answer');
  }
}

function doubtAfterPresenting(ports: JobPorts, attempt: Attempt, evidence: string): Ended {
  return end(ports, attempt, {
    outcome: 'in-doubt',
    reason: 'card-printer/outcome-unknown',
    place: 'unknown',
    blanko: 'in-doubt',
    evidence: evidence.slice(0, 120),
  });
}

function end({ journal }: JobPorts, attempt: Attempt, ending: Ending): Ended {
  const entry = writeOutcome(journal, attempt, ending);
  const { outcome, reason } = ending;
  return { at: 'ended', outcome, code: reason === 'done' ? null : reason, entry };
}

/** Whether one more blank may be tried after this ending: the body is in the box and nothing stops the printer. */
export function mayTryAgain({ outcome, code }: Ended): boolean {
  return (outcome === 'spoiled' || outcome === 'unused') && code !== null && problemRow(code).visits !== 'stop';
}
