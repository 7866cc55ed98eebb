import type { ProblemCode } from '#contract/problems/codes.ts';
import { codeOf } from '#contract/problems/codes.ts';
import type { CardPlace } from '#drivers/card-printer/card-printer.ts';
import { withDeadline } from '#kit/async.ts';
import { StoreBroken } from '#kit/store.ts';
import { clearing, inkedDoubt, messageOf, sightOf } from './clearing.ts';
import { type Attempt, type Ending, writePresenting, writePulledIn } from './facts.ts';
import { type Ended, end, type JobPorts } from './job-ports.ts';
import { waitUntilTaken } from './slot.ts';
import type { SlotWatch } from './watch-slot.ts';

/**
 * One card that is printed and held inside. What happens to it now is the citizen's to say: it is presented, once or
 * twice, and if it stays it is retained.
 */
export interface HeldCard {
  at: 'held-inside';
  /** Opens the shutter, moves the card to the exit and waits. `left`: it was pulled inside again. */
  present(
    offer: 1 | 2,
    options: { waitMs: () => number; signal: AbortSignal; onExit: () => void },
  ): Promise<Ended | { at: 'left' }>;
  /** Into the locked box: the right is held until an officer hands this very card over, or two people destroy it. */
  retain(signal: AbortSignal): Promise<Ended>;
}

export function heldCard(ports: JobPorts, attempt: Attempt, watch: SlotWatch): HeldCard {
  const { journal, printer, panel } = ports;
  const over = (result: Ended | { at: 'left' }) => {
    if (result.at === 'ended') watch[Symbol.dispose]();
    return result;
  };
  /** Somebody could reach the card: whatever lies inside now goes to the box, and two people look at it. */
  async function intoTheBox(breach: string, signal: AbortSignal): Promise<Ended> {
    const ended = await retain(ports, attempt, signal, 'card-printer/outcome-unknown', inkedDoubt(breach));
    watch[Symbol.dispose]();
    return ended;
  }

  return {
    at: 'held-inside',
    async present(offer, { waitMs, signal, onExit }) {
      if (watch.breach) return over(await intoTheBox(watch.breach, signal));
      writePresenting(journal, attempt, offer);
      watch.allowShutter();
      panel.lamp('slot', 'blink');
      try {
        await panel.openShutter({ signal });
        await printer.present({ signal });
        onExit();
        return over(await takenOrLeft(ports, attempt, waitMs, signal));
      } catch (error) {
        if (error instanceof StoreBroken || signal.aborted) throw error;
        return over(await presentingFailed(ports, attempt, codeOf(error, 'card-printer/move-failed')));
      } finally {
        panel.lamp('slot', 'off');
      }
    },
    async retain(signal) {
      if (watch.breach) return intoTheBox(watch.breach, signal);
      const ended = await retain(ports, attempt, signal, 'handover/not-taken');
      over(ended);
      return ended;
    },
  };
}

/** The exit sensor says that a hand took the card, and the printer's own sensors must agree. */
async function takenOrLeft(
  ports: JobPorts,
  attempt: Attempt,
  waitMs: () => number,
  signal: AbortSignal,
): Promise<Ended | { at: 'left' }> {
  const { panel, clock } = ports;
  const sinceMs = clock.monotonicMs();
  const leftMs = () => sinceMs + waitMs() - clock.monotonicMs();
  while (leftMs() > 0) {
    if (!(await waitUntilTaken(panel, clock, leftMs(), signal))) continue; // over, unless more time was wanted meanwhile
    const place = await witnessed(ports, signal);
    if (place === 'none') return issued(ports, attempt, 'exit sensor: taken; transport and bezel empty');
    if (place === 'unknown') return doubt(ports, attempt, 'exit sensor: taken; the printer does not say so');
    if (place !== 'at-exit') return presentingFailed(ports, attempt, 'card-printer/move-failed');
  }
  return pullIn(ports, attempt);
}

/** What the printer's sensors say; a person with a card in hand does not wait longer for a printer that says nothing. */
function witnessed({ printer, clock }: JobPorts, signal: AbortSignal): Promise<CardPlace> {
  return withDeadline(clock, witnessWithinMs, signal, (stop) => sightOf(printer, stop)).catch(() => {
    signal.throwIfAborted();
    return 'unknown';
  });
}

const witnessWithinMs = 30_000;

function issued(ports: JobPorts, attempt: Attempt, evidence: string): Promise<Ended> {
  return endAndShut(ports, attempt, { outcome: 'issued', reason: 'done', place: 'hand', blanko: 'issued', evidence });
}

/** However a presentation ends, the way out does not stay open. */
async function endAndShut(ports: JobPorts, attempt: Attempt, ending: Ending): Promise<Ended> {
  const ended = end(ports, attempt, ending);
  await clearing(ports, (signal) => ports.panel.closeShutter({ signal })).catch(() => undefined); // the panel's status tells a stuck shutter
  return ended;
}

/** Pulls an untaken card inside. If it is gone by then, a hand was quicker: issued. */
function pullIn(ports: JobPorts, attempt: Attempt): Promise<Ended | { at: 'left' }> {
  const { printer, panel } = ports;
  return clearing(ports, async (signal) => {
    await printer.retract({ signal }).catch(() => undefined); // where the card is now is what counts, not what the move said
    const place = await sightOf(printer, signal);
    if (place === 'none' && panel.sensors.cardAtExit === false)
      return issued(ports, attempt, 'taken while it was pulled in');
    if (place !== 'inside') return doubt(ports, attempt, 'the card is not seen inside after pulling it in');
    await panel.closeShutter({ signal });
    writePulledIn(ports.journal, attempt);
    return { at: 'left' };
  });
}

/**
 * Presenting was written, so the right is never restored here: nothing there any more is issued, a body in the box is
 * held, anything else is in doubt.
 */
async function presentingFailed(ports: JobPorts, attempt: Attempt, reason: ProblemCode): Promise<Ended> {
  const { printer, panel } = ports;
  try {
    return await clearing(ports, async (signal) => {
      const place = await sightOf(printer, signal);
      if (place === 'none' && panel.sensors.cardAtExit === false)
        return issued(ports, attempt, 'presented, and nothing there any more');
      if (place === 'at-exit') await printer.retract({ signal });
      if (place === 'none' || place === 'unknown')
        return doubt(ports, attempt, 'the card was not seen after a failed move');
      return retain(ports, attempt, signal, reason);
    });
  } catch (error) {
    if (error instanceof StoreBroken) throw error;
    return doubt(ports, attempt, messageOf(error));
  }
}

const kept: Omit<Ending, 'reason'> = {
  outcome: 'retained',
  place: 'box',
  blanko: 'retained',
  kind: 'complete',
  evidence: 'moved to the box, transport proved empty',
};

/** Into the box. `as` is what that means: a finished card kept for its owner, unless something made it doubtful. */
async function retain(
  ports: JobPorts,
  attempt: Attempt,
  signal: AbortSignal,
  reason: ProblemCode,
  as: Omit<Ending, 'reason'> = kept,
): Promise<Ended> {
  const { printer, panel } = ports;
  try {
    await panel.closeShutter({ signal });
    await printer.reject({ signal });
    return end(ports, attempt, { reason, ...as });
  } catch (error) {
    if (error instanceof StoreBroken || signal.aborted) throw error;
    return doubt(ports, attempt, messageOf(error));
  }
}

function doubt(ports: JobPorts, attempt: Attempt, evidence: string): Promise<Ended> {
  return endAndShut(ports, attempt, { reason: 'card-printer/outcome-unknown', ...inkedDoubt(evidence) });
}
