import { openStream } from './command-stream.ts';
import { busy, inBackground, type Machine } from './machine.ts';
import { finishJob } from './printing.ts';
import { factorySettings, type PrinterState } from './state.ts';
import { dropCard, ejectCard } from './transport.ts';

/** What the power takes with it: everything but the counters, the saved error mode and, by branch, settings and panels. */
export function startUp(machine: Machine): void {
  const { state, branches } = machine;
  const finishes = branches.job === 'finished' && state.sequence !== null;
  const { sequence } = state;
  forget(machine, finishes);
  Object.assign(state, { power: true, unread: [], heldBack: [], sequence: finishes ? sequence : null });
  state.misbehaviours = state.misbehaviours.filter(({ fault }) => fault !== 'silence' && fault !== 'sensor-stuck');
  if (finishes)
    inBackground(
      machine,
      busy(machine, 'finish', () => finishJob(machine)),
    );
  else clearTransport(machine, branches.cardAtPowerUp);
}

/** `Srs`: as a power cycle, but no job outlives it. */
export function restart(machine: Machine): void {
  forget(machine, false);
  machine.state.sequence = null;
  clearTransport(machine, machine.branches.cardAtReset);
}

function forget({ state, branches }: Machine, keepsPanels: boolean): void {
  const settings = branches.settings === 'kept' ? state.settings : factorySettings();
  const volatile: Partial<PrinterState> = {
    settings: { ...settings, errorMode: state.savedErrorMode },
    stream: openStream(),
    fault: null,
    resetting: false,
    lastReply: 'OK',
    panels: branches.bitmaps === 'kept' || keepsPanels ? state.panels : {},
  };
  Object.assign(state, volatile);
}

function clearTransport(machine: Machine, to: 'hold' | 'eject' | 'reject'): void {
  if (to === 'hold') return;
  inBackground(
    machine,
    busy(machine, to, () => (to === 'eject' ? ejectCard(machine) : dropCard(machine))),
  );
}

/** A hand was in the path: what waited for it goes on, and what only a hand could free is free. */
export function handInPath(machine: Machine): void {
  const { path, state } = machine;
  const { touched } = machine;
  machine.touched = Promise.withResolvers<void>();
  touched.resolve();
  if (!path.coverClosed) state.stuckCard = null;
  if (mayRecover(machine)) recover(machine);
}

/** `Pem;0` after a media fault, and the media is good again. */
function mayRecover({ path, state, branches }: Machine): boolean {
  const ribbonGood = path.ribbon !== null && !path.ribbon.broken && path.ribbon.prints > (state.ribbonEndedAt ?? 0);
  const waits = state.fault?.lasting === true && state.fault.line === 'media' && state.settings.errorMode === 0;
  return state.power && waits && ribbonGood && path.coverClosed && branches.ownRecovery === 'finishes';
}

function recover(machine: Machine): void {
  machine.state.fault = null;
  if (machine.state.sequence) machine.state.sequence.ribbonLeft = null;
  inBackground(
    machine,
    busy(machine, 'recover', () => finishJob(machine)),
  );
}
