import type { ProblemCode } from '#contract/problems/codes.ts';
import { codeOf } from '#contract/problems/codes.ts';
import { withDeadline } from '#kit/async.ts';
import { StoreBroken } from '#kit/store.ts';
import { clearing, inkedDoubt, messageOf, type Sight, sightOf } from './clearing.ts';
import { type Attempt, type Ending, writePresenting, writePulledIn, writeWay } from './facts.ts';
import { type Ended, end, type JobPorts } from './job-ports.ts';
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
    const ended = await retain(
      { ...ports, watch },
      attempt,
      signal,
      'card-printer/outcome-unknown',
      inkedDoubt(breach),
    );
    watch[Symbol.dispose]();
    return ended;
  }

  return {
    at: 'held-inside',
    async present(offer, { waitMs, signal, onExit }) {
      if (watch.breach) return over(await intoTheBox(watch.breach, signal));
      writePresenting(journal, attempt, offer);
      watch.allowShutter(() => writeWay(journal, attempt, 'disturbed')); // a life that ends before the outcome leaves it to the next
      panel.lamp('slot', 'blink');
      try {
        await panel.openShutter({ signal });
        await printer.present({ signal });
        onExit();
        return over(await takenOrLeft({ ...ports, watch }, attempt, waitMs, signal));
      } catch (error) {
        if (error instanceof StoreBroken || signal.aborted) throw error;
        const reason = codeOf(error, 'card-printer/move-failed');
        return over(await presentingFailed({ ...ports, watch }, attempt, reason));
      } finally {
        panel.lamp('slot', 'off');
      }
    },
    async retain(signal) {
      if (watch.breach) return intoTheBox(watch.breach, signal);
      const ended = await retain({ ...ports, watch }, attempt, signal, 'handover/not-taken');
      over(ended);
      return ended;
    },
  };
}

type WatchedPorts = JobPorts & { watch: SlotWatch };

/**
 * The exit sensor says that a hand took the card, and the printer's own sensors must agree. Each empty edge counts, however
 * short; a card that stands there after one may be anybody's. If it goes too, the citizen's card has left: issued.
 */
async function takenOrLeft(
  ports: WatchedPorts,
  attempt: Attempt,
  waitMs: () => number,
  signal: AbortSignal,
): Promise<Ended | { at: 'left' }> {
  const { watch, clock } = ports;
  const sinceMs = clock.monotonicMs();
  const leftMs = () => sinceMs + waitMs() - clock.monotonicMs();
  for (let known = 0; leftMs() > 0; ) {
    if (!(await watch.untilEmptied(known, clock, leftMs(), signal))) continue; // over, unless more time was wanted meanwhile
    known = watch.exit.departures;
    const { place, way } = await witnessed(ports, attempt, signal);
    if (place === 'none' && way === 'undisturbed')
      return issued(ports, attempt, 'exit sensor: taken; transport and bezel empty');
    if (place === 'none' || place === 'unknown')
      return doubt(ports, attempt, 'exit sensor: taken; the printer does not say so');
    if (place !== 'at-exit') return presentingFailed(ports, attempt, 'card-printer/move-failed');
  }
  return pullIn(ports, attempt);
}

/** What the printer's sensors say; a person with a card in hand does not wait longer for a printer that says nothing. */
function witnessed(ports: JobPorts, attempt: Attempt, signal: AbortSignal): Promise<Sight> {
  return withDeadline(ports.clock, witnessWithinMs, signal, (stop) => sightAfter(ports, attempt, stop)).catch(
    (error) => {
      if (error instanceof StoreBroken) throw error;
      signal.throwIfAborted();
      return { place: 'unknown', way: 'disturbed' };
    },
  );
}

/** Where the card is after presenting was written. A printer that had to be reset meanwhile may have moved it by itself. */
function sightAfter({ journal, printer }: JobPorts, attempt: Attempt, signal: AbortSignal): Promise<Sight> {
  return sightOf(printer, signal, (way) => writeWay(journal, attempt, way));
}

const witnessWithinMs = 30_000;

/** Only a hand in the slot makes it issued: while the door was open, it may have been another one. */
function issued(ports: WatchedPorts, attempt: Attempt, evidence: string): Promise<Ended> {
  if (ports.watch.doorOpened) return doubt(ports, attempt, `the door was opened: ${evidence}`);
  return endAndShut(ports, attempt, { outcome: 'issued', reason: 'done', place: 'hand', blanko: 'issued', evidence });
}

/** However a presentation ends, the way out does not stay open. */
async function endAndShut(ports: JobPorts, attempt: Attempt, ending: Ending): Promise<Ended> {
  const ended = end(ports, attempt, ending);
  await clearing(ports, (signal) => ports.panel.closeShutter({ signal })).catch(() => undefined); // the panel's status tells a stuck shutter
  return ended;
}

/** Pulls an untaken card inside. If it is gone by then, a hand was quicker: issued. */
function pullIn(ports: WatchedPorts, attempt: Attempt): Promise<Ended | { at: 'left' }> {
  const { printer, panel, watch } = ports;
  const before = watch.exit;
  return clearing(ports, async (signal) => {
    await printer.retract({ signal }).catch(() => undefined); // where the card is now is what counts, not what the move said
    const { place, way } = await sightAfter(ports, attempt, signal);
    if (place === 'none' && way === 'undisturbed' && panel.sensors.cardAtExit === false)
      return issued(ports, attempt, 'taken while it was pulled in');
    if (place !== 'inside') return doubt(ports, attempt, 'the card is not seen inside after pulling it in');
    const isOther = before.departures > 0 || watch.exit.arrivals > before.arrivals;
    const another = isOther || way === 'disturbed' || watch.doorOpened;
    if (another) return retain(ports, attempt, signal, 'card-printer/outcome-unknown', anybodys);
    await panel.closeShutter({ signal });
    writePulledIn(ports.journal, attempt);
    return { at: 'left' };
  });
}

/** The slot was empty before this card stood in it: it is not proved to be the one that was presented. */
const anybodys: Omit<Ending, 'reason'> = {
  ...inkedDoubt('a card that stood in the slot after it had been empty: moved to the box'),
  place: 'box',
  kind: 'partial',
};

/**
 * Presenting was written, so the right is never restored here: nothing there any more is issued, a body in the box is
 * held, anything else is in doubt.
 */
async function presentingFailed(ports: WatchedPorts, attempt: Attempt, reason: ProblemCode): Promise<Ended> {
  const { printer, panel, watch } = ports;
  try {
    return await clearing(ports, async (signal) => {
      const { place, way } = await sightAfter(ports, attempt, signal);
      const isUndisturbed = way === 'undisturbed';
      if (place === 'none' && isUndisturbed && panel.sensors.cardAtExit === false)
        return issued(ports, attempt, 'presented, and nothing there any more');
      if (place === 'none' || place === 'unknown')
        return doubt(ports, attempt, 'the card was not seen after a failed move');
      const isHis = way !== 'disturbed' && watch.exit.departures === 0 && !watch.doorOpened;
      if (place === 'at-exit') await printer.retract({ signal });
      return isHis
        ? retain(ports, attempt, signal, reason)
        : retain(ports, attempt, signal, 'card-printer/outcome-unknown', anybodys);
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

/**
 * Into the box. `as` is what that means: a finished card kept for its owner, unless something made it doubtful. Where the door
 * was opened, nothing says whether the box or a hand has it.
 */
async function retain(
  ports: WatchedPorts,
  attempt: Attempt,
  signal: AbortSignal,
  reason: ProblemCode,
  as: Omit<Ending, 'reason'> = kept,
): Promise<Ended> {
  const { printer, panel, watch } = ports;
  try {
    await panel.closeShutter({ signal });
    await printer.reject({ signal });
    if (watch.doorOpened) return doubt(ports, attempt, `the door was opened: ${as.evidence}`);
    return end(ports, attempt, { reason, ...as });
  } catch (error) {
    if (error instanceof StoreBroken || signal.aborted) throw error;
    return doubt(ports, attempt, messageOf(error));
  }
}

function doubt(ports: JobPorts, attempt: Attempt, evidence: string): Promise<Ended> {
  return endAndShut(ports, attempt, { reason: 'card-printer/outcome-unknown', ...inkedDoubt(evidence) });
}
