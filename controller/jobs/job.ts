import type { ProblemCode } from '#contract/problems/codes.ts';
import { codeOf, problemRow } from '#contract/problems/codes.ts';
import type { Lease } from '#controller/leases/leases.ts';
import type { CardFace, CardPrinterWitness } from '#drivers/card-printer/card-printer.ts';
import { StoreBroken } from '#kit/store.ts';
import { clearBlank, clearInked, inkedDoubt, opensThePath } from './clearing.ts';
import { type Attempt, IntentRefused, writeInking, writeIntended, writePrinted, writeWay } from './facts.ts';
import { type HeldCard, heldCard } from './held-card.ts';
import { type Ended, end, type JobPorts } from './job-ports.ts';
import { requireReady } from './slot.ts';
import type { Way } from './verdicts.ts';
import { type SlotWatch, watchSlot } from './watch-slot.ts';

export type { HeldCard } from './held-card.ts';
export type { Ended, JobPorts } from './job-ports.ts';

export type JobPhase = 'preparing' | 'feeding' | 'printing' | 'presenting';

/** Nothing was booked and nothing moved: a condition refused the card before the intent. */
export interface NotStarted {
  at: 'not-started';
  code: ProblemCode;
}

export interface JobOptions {
  signal: AbortSignal;
  onPhase: (phase: JobPhase, fraction: number) => void;
}

interface Begun {
  attempt: Attempt;
  witness: CardPrinterWitness;
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
  options: JobOptions,
): Promise<HeldCard | Ended | NotStarted> {
  const watch = watchSlot(ports.panel);
  const begun = await begin(ports, lease, visitNo, options);
  const ended =
    'at' in begun
      ? begun
      : ((await feed(ports, begun, watch, options)) ?? (await ink(ports, begun.attempt, face, watch, options)));
  if (!ended && !('at' in begun)) return heldCard(ports, begun.attempt, watch); // a breach is told by the card itself, in the box
  watch[Symbol.dispose]();
  return ended as Ended | NotStarted;
}

async function begin(
  { journal, printer, panel, clock, reserveSpace }: JobPorts,
  lease: Lease,
  visitNo: string,
  { signal, onPhase }: JobOptions,
): Promise<Begun | NotStarted> {
  try {
    onPhase('preparing', 0);
    await requireReady({ printer, panel }, signal);
    const witness = await printer.witness({ signal });
    reserveSpace?.();
    return { attempt: writeIntended(journal, clock, lease, witness, visitNo), witness };
  } catch (error) {
    if (error instanceof StoreBroken || signal.aborted) throw error;
    return { at: 'not-started', code: refusalOf(error) };
  }
}

/** Before the intent nothing is in doubt: a printer whose past is not known yet is one that cannot be used now. */
function refusalOf(error: unknown): ProblemCode {
  const code = error instanceof IntentRefused ? error.code : codeOf(error, 'card-printer/hardware');
  return code === 'card-printer/outcome-unknown' ? 'card-printer/unreachable' : code;
}

const coverOpened = 'the printer cover was opened';

/** Before ink the right is unspent, wherever the blank is. */
async function feed(
  ports: JobPorts,
  { attempt, witness }: Begun,
  watch: SlotWatch,
  { signal, onPhase }: JobOptions,
): Promise<Ended | null> {
  try {
    onPhase('feeding', 0);
    await ports.printer.feed({ signal });
    writeInking(ports.journal, attempt);
    return null;
  } catch (error) {
    if (error instanceof StoreBroken || signal.aborted) throw error;
    const reason = error instanceof IntentRefused ? error.code : codeOf(error, 'card-printer/feed-failed');
    const breach = watch.breach ?? (opensThePath(reason) ? coverOpened : null);
    const keep = (way: Way) => writeWay(ports.journal, attempt, way);
    return end(ports, attempt, { outcome: 'unused', reason, ...(await clearBlank(ports, witness, { breach, keep })) });
  }
}

async function ink(
  ports: JobPorts,
  attempt: Attempt,
  face: CardFace,
  watch: SlotWatch,
  { signal, onPhase }: JobOptions,
): Promise<Ended | null> {
  try {
    onPhase('printing', 0);
    await ports.printer.print(face, { signal, onProgress: (fraction) => onPhase('printing', fraction) });
    writePrinted(ports.journal, attempt);
    onPhase('presenting', 1);
    return null;
  } catch (error) {
    if (error instanceof StoreBroken || signal.aborted) throw error;
    const reason = codeOf(error, 'card-printer/outcome-unknown');
    const breach = watch.breach ?? (opensThePath(reason) ? coverOpened : null);
    const cleared = await clearInked(ports);
    const reachable = breach ?? watch.breach; // a body that somebody could reach is not proved to be the one in the box
    const verdict = reachable && cleared.outcome === 'spoiled' ? inkedDoubt(reachable) : cleared;
    const isKnown = verdict.outcome === 'spoiled' && reason === 'card-printer/outcome-unknown';
    return end(ports, attempt, { reason: isKnown ? 'card-printer/card-spoiled' : reason, ...verdict });
  }
}

/** Whether one more blank may be tried after this ending: the body is in the box and nothing stops the printer. */
export function mayTryAgain({ outcome, code }: Ended): boolean {
  return (outcome === 'spoiled' || outcome === 'unused') && code !== null && problemRow(code).visits !== 'stop';
}
