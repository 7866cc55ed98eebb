import { moveBlanko, putIntoBox } from '#controller/blanko/stock.ts';
import type { Append, Journal } from '#controller/journal/journal.ts';
import type { CardPlace } from '#drivers/card-printer/card-printer.ts';
import type { Db, Store } from '#kit/store.ts';
import { fedSince } from './clearing.ts';
import { type Ending, type OpenAttempt, openAttempts, type Phase, witnessOf, writeOutcome } from './facts.ts';
import { exitIsSafe, type Slot } from './slot.ts';

/** What can be known after a crash, all of it read afresh. */
export interface Findings {
  phase: Phase;
  /** By the printer's own sensors, between two reads that cannot be mistaken. */
  place: CardPlace;
  /** Shutter closed and exit empty, by fresh sensors. */
  exitSafe: boolean;
  /** Whether the printer has fed a card since the intent; a change proves use, no change proves little. */
  fed: 'yes' | 'no' | 'unknown';
  /** After presenting: the card had been seen inside again, behind a closed shutter. */
  pulledIn: boolean;
}

export type Verdict =
  /** Move what is inside to the box and book the attempt as this. */
  | { do: 'reject'; as: 'unused' | 'in-doubt' | 'retained' }
  | { do: 'retract-and-reject' }
  | { do: 'book'; ending: Omit<Ending, 'reason' | 'evidence'> };

const book = (outcome: Ending['outcome'], place: Ending['place'], blanko: Ending['blanko']): Verdict => ({
  do: 'book',
  ending: { outcome, place, blanko },
});

/**
 * The verdict on an attempt that a crash left open: one on the right, one on the blank.
 * No `inking`: the right is unspent, wherever the blank is. `inking` and nothing inside: in doubt.
 * `presenting` and nothing there: issued. Absence is never evidence of anything else.
 */
export function verdictOn({ phase, place, exitSafe, fed, pulledIn }: Findings): Verdict {
  if (phase === 'intended') {
    if (place === 'inside') return { do: 'reject', as: 'unused' };
    if (place === 'none' && exitSafe && fed === 'no') return book('unused', 'hopper-never-left', 'hopper');
    return book('unused', 'unknown', 'in-doubt');
  }
  if (phase === 'presenting') {
    if (place === 'at-exit') return { do: 'retract-and-reject' };
    if (place === 'inside') return { do: 'reject', as: 'retained' };
    if (place === 'none' && exitSafe && !pulledIn) return book('issued', 'hand', 'issued');
    return book('in-doubt', 'unknown', 'in-doubt'); // printer and exit sensor contradict each other, or one of them is silent
  }
  if (place === 'inside' && exitSafe) return { do: 'reject', as: 'in-doubt' };
  return book('in-doubt', place === 'inside' ? 'printer' : 'unknown', 'in-doubt');
}

type RecoverPorts = Slot & { journal: Journal; store: Store };

/**
 * Brings this kiosk to a state in which nothing is open: fences the printer, decides each open attempt, clears the path.
 * Rejects with a DeviceError where a device does not answer; called again then. Nothing is presented after a restart.
 */
export async function recover(ports: RecoverPorts, signal: AbortSignal): Promise<number> {
  const { store, printer, panel } = ports;
  const attempts = store.read(openAttempts);
  if (panel.sensors.cardAtExit === false) await panel.closeShutter({ signal });
  const inked = attempts.some(({ phase }) => phase !== 'intended');
  await printer.fence({ signal, flush: inked && exitIsSafe(panel) });
  for (const attempt of attempts) await decide(ports, attempt, signal);
  await clearPath(ports, signal);
  return attempts.length;
}

async function decide(ports: RecoverPorts, attempt: OpenAttempt, signal: AbortSignal): Promise<void> {
  const { journal, store, printer, panel } = ports;
  const before = store.read((db) => witnessOf(db, attempt));
  const fed = fedSince(before, await printer.witness({ signal }));
  const verdict = verdictOn({
    phase: attempt.phase,
    pulledIn: attempt.pulledIn,
    place: await printer.locate({ signal }),
    exitSafe: exitIsSafe(panel),
    fed,
  });
  const ending = await carryOut(verdict, ports, signal);
  writeOutcome(journal, attempt, { reason: reasonOf(ending), ...ending });
}

function reasonOf({ outcome }: Pick<Ending, 'outcome'>): Ending['reason'] {
  if (outcome === 'issued') return 'done';
  if (outcome === 'retained') return 'handover/not-taken';
  return outcome === 'in-doubt' ? 'card-printer/outcome-unknown' : 'card-printer/card-spoiled';
}

async function carryOut(verdict: Verdict, slot: Slot, signal: AbortSignal): Promise<Omit<Ending, 'reason'>> {
  const { printer } = slot;
  if (verdict.do === 'book') return { ...verdict.ending, evidence: 'found at the start: nothing inside' };
  if (verdict.do === 'retract-and-reject') {
    await printer.retract({ signal }).catch(() => undefined); // where the card is now is what counts, not what the move said
    const place = await printer.locate({ signal });
    if (place === 'none' && exitIsSafe(slot.panel))
      return { outcome: 'issued', place: 'hand', blanko: 'issued', evidence: 'taken from the exit' };
    if (place !== 'inside')
      return { outcome: 'in-doubt', place: 'unknown', blanko: 'in-doubt', evidence: `not pulled in: it is ${place}` };
    await printer.reject({ signal });
    return {
      outcome: 'retained',
      place: 'box',
      blanko: 'retained',
      kind: 'complete',
      evidence: 'pulled in at the start and moved to the box',
    };
  }
  await printer.reject({ signal });
  return { outcome: verdict.as, place: 'box', ...endings[verdict.as] };
}

const endings = {
  unused: {
    blanko: 'spoiled',
    kind: 'blank',
    evidence: 'found inside at the start, without ink, and moved to the box',
  },
  retained: { blanko: 'retained', kind: 'complete', evidence: 'found inside at the start and moved to the box' },
  /** Nobody knows who stood at the open door while this program was down: two people look at the body. */
  'in-doubt': { blanko: 'in-doubt', kind: 'partial', evidence: 'found inside after a restart and moved to the box' },
} as const;

/** Exit and transport proved empty and the shutter closed; a card that no attempt explains goes to the box as found. */
async function clearPath({ journal, printer, panel, store }: RecoverPorts, signal: AbortSignal): Promise<void> {
  await panel.closeShutter({ signal });
  const place = await printer.locate({ signal });
  if (place === 'none') return;
  if (place === 'at-exit') await printer.retract({ signal });
  await printer.reject({ signal });
  const doubtful = store.read(bodyInDoubt);
  journal.record('blanko.found', (append, db) => {
    if (doubtful) noteBody(append, db, doubtful);
    else
      moveBlanko(append, db, {
        from: 'unexplained',
        to: 'spoiled',
        count: 1,
        kind: 'partial',
        evidence: 'a card that no attempt explains, moved to the box',
      });
  });
}

/** The body of a doubtful attempt has come to the box: its account stays in doubt, its place is known now. */
function noteBody(append: Append, db: Db, subject: string): void {
  append({ type: 'operator.acted', subject, data: { action: 'body-in-box', reason: 'a doubtful card was inside' } });
  putIntoBox(db, 'partial', 1);
}

/** The attempt in doubt whose body was left somewhere in the machine: it is booked already, and not once more. */
function bodyInDoubt(db: Db): string | null {
  const row = db
    .prepare("SELECT subject FROM attempt WHERE outcome = 'in-doubt' AND settled IS NULL ORDER BY rowid DESC LIMIT 1")
    .get() as { subject: string } | undefined;
  const told =
    row &&
    db
      .prepare(
        "SELECT 1 FROM journal WHERE json_extract(text, '$.subject') = ? AND json_extract(text, '$.data.action') = 'body-in-box'",
      )
      .get(row.subject);
  return row && !told ? row.subject : null;
}
