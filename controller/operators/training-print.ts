import type { FaceRenderer } from '#controller/card-face/face-renderer.ts';
import { clearing, messageOf } from '#controller/jobs/clearing.ts';
import { expectInk, expectOneMore } from '#controller/jobs/counter.ts';
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
  let presented = false;
  try {
    await printer.feed({ signal });
    await printer.print(face, { signal });
    if (to === 'slot') {
      writePresenting(ports, operatorId);
      presented = true;
      await offer(ports, signal);
    }
    const why = to === 'slot' ? 'offered at the slot' : 'printed for the box';
    return writeEnd(ports, await putAway(ports, { why, presented, fence: false }), 'training-print');
  } catch (error) {
    if (error instanceof StoreBroken || signal.aborted) throw error;
    return writeEnd(ports, await putAway(ports, { why: messageOf(error), presented, fence: true }), 'training-spoil');
  }
}

function writeFed({ journal }: TrainingPorts, operatorId: string, to: 'slot' | 'box'): void {
  journal.record('training.fed', (append, db) => {
    moveSpecimen(db, 'feeder', 'in-process', 1);
    expectOneMore(db); // the printer counts it as any card
    expectInk(db);
    append({
      type: 'operator.acted',
      data: { action: 'training-print', operatorId, reason: `one SPECIMEN is fed, for the ${to}` },
    });
  });
}

/** Durable before the shutter opens: from here on nothing there means that the officer took it. */
function writePresenting({ journal }: TrainingPorts, operatorId: string): void {
  journal.record('training.presenting', (append) =>
    append({
      type: 'operator.acted',
      data: { action: 'training-print', operatorId, reason: 'the SPECIMEN is presented to the officer' },
    }),
  );
}

async function offer({ printer, panel, clock }: TrainingPorts, signal: AbortSignal): Promise<void> {
  await panel.openShutter({ signal });
  await printer.present({ signal });
  await waitUntilTaken(panel, clock, takeWithinMs, signal);
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

interface Seen {
  why: string;
  presented: boolean;
  /** After a fault nobody knows what the printer still means to do. */
  fence: boolean;
}

/** Into the box where it is seen; where it is not, the officer has it, or it is `unexplained` until it is counted. */
function putAway(ports: TrainingPorts, { why, presented, fence }: Seen): Promise<SpecimenEnd> {
  const { printer, panel } = ports;
  return clearing(ports, async (signal) => {
    if (panel.sensors.cardAtExit === false) await panel.closeShutter({ signal });
    if (fence) await printer.fence({ signal, flush: exitIsSafe(panel) });
    const place = await printer.locate({ signal });
    if (place === 'none') return { to: presented ? 'printed' : 'unexplained', detail: why };
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
  const end = await putAway(ports, { why: 'found at the start', presented: false, fence: true });
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
