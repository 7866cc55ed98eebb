import { hopperCount } from '#controller/blanko/stock.ts';
import {
  type Ended,
  type HeldCard,
  type JobPhase,
  mayTryAgain,
  type NotStarted,
  printCard,
} from '#controller/jobs/job.ts';
import { printerSpoils, rightSpoils } from '#controller/jobs/spoiled.ts';
import type { Journal } from '#controller/journal/journal.ts';
import type { Lease } from '#controller/leases/leases.ts';
import type { Happening } from '#controller/visit/happenings.ts';
import type { CardFace, CardPrinter } from '#drivers/card-printer/card-printer.ts';
import type { Panel } from '#drivers/panel/panel.ts';
import type { Clock } from '#kit/clock.ts';
import type { Store } from '#kit/store.ts';

export interface PrintingPorts {
  journal: Journal;
  store: Store;
  clock: Clock;
  printer: CardPrinter;
  panel: Panel;
  /** How long a whole card takes on this printer; the only source of the minutes that are shown. */
  secondsPerCard: number;
  /** Sets room for all entries of one card aside; throws `kiosk/disk-full`. */
  reserveSpace?: () => void;
}

/** A blank that came to nothing is followed by one more by itself, where there is one; after that an officer comes. */
const attemptsPerVisit = 2;

/** Prints until a card is held inside or the attempts are used up, and tells how it goes. */
export async function printForVisit(
  ports: PrintingPorts,
  what: { lease: Lease; face: CardFace; visitNo: string },
  happen: (now: Happening) => void,
  signal: AbortSignal,
): Promise<HeldCard | Ended | NotStarted> {
  const onPhase = (phase: JobPhase, fraction: number) =>
    happen({
      type: 'job-phase',
      phase,
      fraction,
      minutesLeft: Math.max(1, Math.ceil(((1 - fraction) * ports.secondsPerCard) / 60)),
    });
  for (let number = 1; ; number += 1) {
    const result = await printCard(ports, what.lease, what.face, what.visitNo, { signal, onPhase });
    if (result.at !== 'ended') return result;
    const isTooMuch = ports.store.read((db) => printerSpoils(db) || rightSpoils(db, what.lease.rightId));
    if (isTooMuch && result.outcome === 'spoiled') return { ...result, code: 'card-printer/spoiled-twice' };
    if (number >= attemptsPerVisit || !mayTryAgain(result) || hopperCount(ports.store) < 1) return result;
  }
}

/** Presents a held card and tells what came of it. */
export async function presentToVisit(
  card: HeldCard,
  offer: 1 | 2,
  waitMs: () => number,
  happen: (now: Happening) => void,
  signal: AbortSignal,
): Promise<Ended | null> {
  const result = await card.present(offer, { waitMs, signal, onExit: () => happen({ type: 'card-at-exit' }) });
  if (result.at === 'ended') return result;
  happen({ type: 'card-left' });
  return null;
}
