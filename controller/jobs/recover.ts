import { moveBlanko, putIntoBox } from '#controller/blanko/stock.ts';
import type { Append, Journal } from '#controller/journal/journal.ts';
import { needsOpeningCount } from '#controller/operators/opening-count.ts';
import type { CardPrinterWitness, FenceFindings } from '#drivers/card-printer/card-printer.ts';
import { ProblemError } from '#kit/problem-error.ts';
import type { Db, Store } from '#kit/store.ts';
import { fedSince, inkedDoubt, ribbonIsSilent, ribbonUsedSince } from './clearing.ts';
import { compareCounter, expectNothing, fallsSilent, isSomethingDue } from './counter.ts';
import {
  type Ending,
  newestIsInked,
  type OpenAttempt,
  openAttempts,
  witnessOf,
  writeOutcome,
  writeWay,
} from './facts.ts';
import { exitIsSafe, type Slot } from './slot.ts';
import { type Verdict, verdictOn, wayAfter } from './verdicts.ts';
import { type SlotWatch, watchSlot } from './watch-slot.ts';

type RecoverPorts = Slot & { journal: Journal; store: Store };
type WatchedPorts = RecoverPorts & { watch: SlotWatch };

/**
 * Brings this kiosk to a state in which nothing is open: fences the printer, decides each open attempt, clears the path.
 * Rejects with a DeviceError where a device does not answer; called again then. Nothing is presented after a restart.
 * What each combination of findings means stands in `verdicts.ts`, and in words in `docs/recovery/verdicts.md`.
 */
export async function recover(ports: RecoverPorts, signal: AbortSignal): Promise<number> {
  const { store, journal, printer, panel } = ports;
  using watch = watchDoor(ports);
  if (panel.sensors.cardAtExit === false) await panel.closeShutter({ signal });
  const isNew = store.read((db) => needsOpeningCount(db, journal.epoch)); // what the epoch before left under the head is not known here
  const inked = isNew || store.read(newestIsInked); // also where it was settled while the printer was away
  const beforeReset = (found: FenceFindings) => keepWays(ports, found);
  await printer.fence({ signal, flush: inked && exitIsSafe(panel), beforeReset });
  const now = await printer.witness({ signal });
  if (store.read((db) => fallsSilent(db, now)))
    throw new ProblemError(
      'card-printer/hardware',
      'it has counted its cards until now, and does not say how many they are',
    );
  compareCounter(ports, now);
  const attempts = store.read(openAttempts);
  for (const attempt of attempts) await decide({ ...ports, watch }, attempt, now, signal);
  await clearPath({ ...ports, watch }, signal);
  await settleCounter(ports, signal);
  return attempts.length;
}

/** Whoever opens the door while a card is cleared away may take it or change it; a call that fails leaves that to the next. */
function watchDoor({ journal, store, panel }: RecoverPorts): SlotWatch {
  const watch = watchSlot(panel);
  watch.allowShutter(() => {
    for (const attempt of store.read(openAttempts))
      if (attempt.phase === 'presenting' && attempt.way !== 'disturbed') writeWay(journal, attempt, 'disturbed');
  });
  return watch;
}

/** What was there before the reset is gone after it, so a way that only a hand disturbed no longer is made durable first. */
function keepWays({ journal, store, panel }: RecoverPorts, found: FenceFindings): void {
  const isOpen = panel.sensors.doorClosed === false; // whoever stands there may have been quicker than the start
  for (const attempt of store.read(openAttempts)) {
    const isGuess = attempt.phase === 'presenting' && (isOpen || mayBeOlder(journal, attempt));
    const way = isGuess ? 'disturbed' : wayAfter(attempt.way, found);
    const counts = attempt.phase === 'intended' || attempt.phase === 'presenting'; // elsewhere absence never proves anything
    if (counts && way !== attempt.way) writeWay(journal, attempt, way);
  }
}

/**
 * A disk comes back older only where the board lost its power or another disk was put in. What was done with a card after
 * its presenting moves no counter of the printer, so that nothing but this tells of it.
 */
function mayBeOlder(journal: Journal, { boardBoot }: OpenAttempt): boolean {
  return boardBoot === null || boardBoot !== journal.boardBoot;
}

async function decide(
  ports: WatchedPorts,
  attempt: OpenAttempt,
  now: CardPrinterWitness,
  signal: AbortSignal,
): Promise<void> {
  const { journal, store, printer, panel } = ports;
  const before = store.read((db) => witnessOf(db, attempt));
  const { way } = attempt;
  const fed = fedSince(before, now);
  const place = await printer.locate({ signal });
  const unseen = fed !== 'no' && place !== 'inside' && ribbonIsSilent(before, now) && mayBeOlder(journal, attempt);
  const inked = attempt.phase === 'intended' && (ribbonUsedSince(before, now) || unseen);
  const phase = inked ? 'inking' : attempt.phase;
  const verdict = verdictOn({ phase, place, exitSafe: exitIsSafe(panel), fed, way });
  const ending = await carryOut(verdict, ports, signal);
  const notFed = phase === 'intended' && place === 'none' && fed === 'no';
  writeOutcome(journal, attempt, { reason: reasonOf(ending), ...ending, notFed });
}

function reasonOf({ outcome }: Pick<Ending, 'outcome'>): Ending['reason'] {
  if (outcome === 'issued') return 'done';
  if (outcome === 'retained') return 'handover/not-taken';
  return outcome === 'in-doubt' ? 'card-printer/outcome-unknown' : 'card-printer/card-spoiled';
}

async function carryOut(
  { move, ending }: Verdict,
  { printer, watch }: WatchedPorts,
  signal: AbortSignal,
): Promise<Verdict['ending']> {
  if (move === 'nothing') return ending;
  if (move === 'pull-in-and-to-the-box') {
    await printer.retract({ signal }).catch(() => undefined); // where the card is now is what counts, not what the move said
    const place = await printer.locate({ signal });
    if (place !== 'inside') return inkedDoubt(`stood in the slot at the start and was not pulled in: it is ${place}`);
  }
  await printer.reject({ signal });
  return watch.doorOpened ? unseen(ending) : ending;
}

/** The sensors see that a card has left the path, and not whether the box or a hand has it. */
function unseen({ outcome }: Verdict['ending']): Verdict['ending'] {
  const doubt = inkedDoubt('the door was opened while it was moved to the box');
  return outcome === 'unused' ? { ...doubt, outcome } : doubt;
}

/** Exit and transport proved empty and the shutter closed; a card that no attempt explains goes to the box as found. */
async function clearPath(ports: WatchedPorts, signal: AbortSignal): Promise<void> {
  const { journal, store, printer, panel, watch } = ports;
  const place = await printer.locate({ signal });
  if (place === 'at-exit') {
    if (!store.read(wasFound)) journal.record('slot.found', noteFound); // before it moves: inside, the next life would take it for a blank
    await printer.retract({ signal }); // the shutter would rest on it
  }
  await panel.closeShutter({ signal });
  if (place === 'none') return forgetFound(ports);
  await printer.reject({ signal });
  journal.record('blanko.found', (append, db) => {
    if (clearedFound(db)) return;
    const doubtful = bodyInDoubt(db);
    if (doubtful && watch.doorOpened) return; // its place is as unknown as before
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

/**
 * To be called while nothing is open and the path is proved empty: what was due and was not counted by now is due no more, so
 * that no later card hides behind it, and what was counted and not due is told at once.
 */
export async function settleCounter(
  { store, journal, printer }: Pick<RecoverPorts, 'store' | 'journal' | 'printer'>,
  signal: AbortSignal,
): Promise<void> {
  if (!store.read(isSomethingDue)) return;
  const now = await printer.witness({ signal }); // anew: some printers count a card when it leaves
  compareCounter({ journal, store }, now);
  journal.record('counter.settled', (_, db) => expectNothing(db, now));
}

/** Through the slot anything can come: it is told, and no blank is moved in the books. The count of the box says what it is. */
function noteFound(append: Append, db: Db): void {
  const reason = 'a card stood in the slot that no attempt explains: it goes to the box';
  append({ type: 'operator.acted', data: { action: 'found-in-slot', reason } });
  db.prepare("INSERT OR REPLACE INTO counter VALUES ('found-in-slot', 1)").run();
}

const wasFound = (db: Db): boolean =>
  db.prepare("SELECT 1 FROM counter WHERE name = 'found-in-slot'").get() !== undefined;

/** A hand took it again before it was moved: what lies inside later came another way. */
function forgetFound({ journal, store }: RecoverPorts): void {
  if (store.read(wasFound)) journal.record('slot.emptied', (_, db) => void clearedFound(db));
}

/** Whether what went to the box now came through the slot, in this life or in one that ended on the way. */
function clearedFound(db: Db): boolean {
  return db.prepare("DELETE FROM counter WHERE name = 'found-in-slot'").run().changes > 0;
}

/** The body of a doubtful attempt has come to the box: its account stays in doubt, its place is known now. */
function noteBody(append: Append, db: Db, subject: string): void {
  append({ type: 'operator.acted', subject, data: { action: 'body-in-box', reason: 'a doubtful card was inside' } });
  putIntoBox(db, 'partial', 1);
}

/**
 * The attempt in doubt whose body was left somewhere in the machine: it is booked already, and not once more. Only the newest
 * can be it, for a later one fed a card of its own, and none that lies in the box already.
 */
function bodyInDoubt(db: Db): string | null {
  const newest = db.prepare('SELECT subject, outcome, settled FROM attempt ORDER BY rowid DESC LIMIT 1').get() as
    | { subject: string; outcome: string | null; settled: string | null }
    | undefined;
  if (newest?.outcome !== 'in-doubt' || newest.settled !== null) return null;
  const inBox = db
    .prepare(
      `SELECT 1 FROM journal WHERE json_extract(text, '$.subject') = ?
       AND (json_extract(text, '$.data.action') = 'body-in-box' OR json_extract(text, '$.data.place') = 'box')`,
    )
    .get(newest.subject);
  return inBox ? null : newest.subject;
}
