import type { FaceRenderer } from '#controller/card-face/face-renderer.ts';
import { clearing, messageOf } from '#controller/jobs/clearing.ts';
import { exitIsSafe, requireReady, type Slot, waitUntilTaken } from '#controller/jobs/slot.ts';
import type { Journal } from '#controller/journal/journal.ts';
import { type Store, StoreBroken } from '#kit/store.ts';
import { specimenFields } from './specimen.ts';
import { moveSpecimen, trainingBooks } from './training-stock.ts';

export interface TrainingPorts extends Slot {
  journal: Journal;
  store: Store;
  renderer: FaceRenderer;
  /** True while nobody is served. */
  idle: () => boolean;
  /** Aborts when this process life ends. */
  life: () => AbortSignal;
  changed: () => void;
}

/** Where a SPECIMEN went: into the officer's hand, the box, or where nobody sees it. */
export interface SpecimenEnd {
  to: 'printed' | 'box' | 'unexplained';
  detail: string;
}

const takeWithinMs = 120_000;

/**
 * Prints one SPECIMEN. Written down before the feed, as every card; ends in the officer's hand or in the box. There is no
 * right to it, and nobody but the officer who asked stands at the slot.
 */
export async function printSpecimen(
  ports: TrainingPorts,
  operatorId: string,
  to: 'slot' | 'box',
  signal: AbortSignal,
): Promise<SpecimenEnd> {
  const { printer, panel, renderer } = ports;
  await requireReady({ printer, panel }, signal);
  const face = await renderer.render(specimenFields(), { signal });
  writeFed(ports, operatorId, to);
  try {
    await printer.feed({ signal });
    await printer.print(face, { signal });
    if (to === 'slot' && (await takenAtSlot(ports, operatorId, signal)))
      return writeEnd(ports, { to: 'printed', detail: `with ${operatorId}` }, 'training-print');
    await clearing(ports, (stop) => printer.reject({ signal: stop }));
    const detail = to === 'slot' ? 'not taken from the slot' : 'printed and moved to the box';
    return writeEnd(ports, { to: 'box', detail }, to === 'slot' ? 'training-spoil' : 'training-print');
  } catch (error) {
    if (error instanceof StoreBroken || signal.aborted) throw error;
    return writeEnd(ports, await clearAway(ports, messageOf(error)), 'training-spoil');
  }
}

function writeFed({ journal }: TrainingPorts, operatorId: string, to: 'slot' | 'box'): void {
  journal.record('training.fed', (append, db) => {
    moveSpecimen(db, 'feeder', 'in-process', 1);
    append({
      type: 'operator.acted',
      data: { action: 'training-print', operatorId, reason: `one SPECIMEN is fed, for the ${to}` },
    });
  });
}

/** What is written before the shutter opens; then the card is offered, and pulled in again where nobody takes it. */
async function takenAtSlot(ports: TrainingPorts, operatorId: string, signal: AbortSignal): Promise<boolean> {
  const { journal, printer, panel, clock } = ports;
  journal.record('training.presenting', (append) =>
    append({
      type: 'operator.acted',
      data: { action: 'training-print', operatorId, reason: 'the SPECIMEN is presented to the officer' },
    }),
  );
  await panel.openShutter({ signal });
  await printer.present({ signal });
  const taken = await waitUntilTaken(panel, clock, takeWithinMs, signal);
  if (!taken) await clearing(ports, (stop) => printer.retract({ signal: stop }));
  await clearing(ports, (stop) => panel.closeShutter({ signal: stop }));
  return taken && (await clearing(ports, (stop) => printer.locate({ signal: stop }))) === 'none';
}

function writeEnd(
  { journal, changed }: TrainingPorts,
  end: SpecimenEnd,
  action: 'training-print' | 'training-spoil',
): SpecimenEnd {
  journal.record('training.ended', (append, db) => {
    moveSpecimen(db, 'in-process', end.to, 1);
    const reason = `one SPECIMEN: ${end.to}; ${end.detail}`.slice(0, 120);
    append({ type: 'operator.acted', data: { action, reason } });
  });
  changed();
  return end;
}

/** After a fault: fenced, then into the box where it is seen, and `unexplained` until it is counted where it is not. */
function clearAway(ports: TrainingPorts, why: string): Promise<SpecimenEnd> {
  const { printer, panel } = ports;
  return clearing(ports, async (signal) => {
    if (panel.sensors.cardAtExit === false) await panel.closeShutter({ signal });
    await printer.fence({ signal, flush: exitIsSafe(panel) });
    const place = await printer.locate({ signal });
    if (place === 'none') return { to: 'unexplained', detail: why };
    if (place === 'at-exit') await printer.retract({ signal });
    await panel.closeShutter({ signal });
    await printer.reject({ signal });
    return { to: 'box', detail: why };
  });
}

/** After a start in training: whatever lies inside goes to the box, and a print that a crash cut short gets its end. */
export async function clearSpecimen(ports: TrainingPorts, signal: AbortSignal): Promise<void> {
  const { store, journal } = ports;
  signal.throwIfAborted();
  const cutShort = store.read(trainingBooks)['in-process'] > 0;
  const end = await clearAway(ports, 'found at the start');
  if (cutShort) writeEnd(ports, end, 'training-spoil');
  else if (end.to === 'box')
    journal.record('training.found', (append, db) => {
      moveSpecimen(db, 'unexplained', 'box', 1);
      append({
        type: 'operator.acted',
        data: { action: 'training-spoil', reason: 'a card that nobody fed, moved to the box' },
      });
    });
}
