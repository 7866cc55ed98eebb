import type { Command } from './command-stream.ts';
import { busy, inBackground, type Machine, orStopped, refuseOpenCover, refuseWhileInterrupted } from './machine.ts';
import { finishJob, finishPrinting, repeatSequence, startSequence } from './printing.ts';
import { Refusal, spoken } from './refusal.ts';
import { dropCard, ejectCard, feedCard, moveCard, pullIn, refuseStuck, troubleMoving } from './transport.ts';

/** Says at once what it cannot do, by throwing; otherwise hands back the motion. Null = there is nothing to move. */
type Plan = (machine: Machine) => (() => Promise<void>) | null;
type Obey = (machine: Machine, command: Command) => Promise<string>;

/** Moves answer when they are done, or under `Psmgr;2` when they are accepted. There is one set of rollers. */
function move(plan: Plan): Obey {
  return async (machine, command) => {
    await orStopped(machine, machine.moving);
    const motion = plan(machine);
    if (!motion) return 'OK';
    const done = busy(machine, command.name, () => withTrouble(machine, command, motion));
    if (machine.state.settings.stateManager !== 2) return done.then(() => 'OK');
    inBackground(machine, done);
    return 'OK';
  };
}

async function withTrouble(machine: Machine, { name, params }: Command, motion: () => Promise<void>): Promise<void> {
  await troubleMoving(machine, [name, ...params].join(';'));
  await motion();
}

/** `Si`, `Sis`, `Sic`: a card from the input to a station, or the card inside to it. */
function insert(to: 'print' | 'contact' | 'contactless'): Plan {
  return (machine) => {
    const { path, state, branches } = machine;
    refuseOpenCover(machine);
    refuseStuck(machine);
    if (path.inside) return () => moveCard(machine, to);
    refuseWhileInterrupted(machine);
    if (state.settings.input === 'I') return () => pullIn(machine).then(() => moveCard(machine, to));
    if (state.settings.input === 'M') throw new Refusal('ERROR TIME OUT');
    if (path.feeder.cards > 0 || branches.emptyFeed === 'blocks') return () => feedCard(machine, to);
    const accepts = branches.emptyFeed === 'accepts' && state.settings.stateManager === 2;
    if (accepts) return () => Promise.reject(new Refusal('FEEDER EMPTY', 'media'));
    throw new Refusal('FEEDER EMPTY', 'media');
  };
}

/** `Sib`: the card in the bezel back inside. */
const insertFromBezel: Plan = (machine) => {
  refuseOpenCover(machine);
  refuseStuck(machine);
  if (machine.path.inside) throw new Refusal('CARD JAM', 'mechanical');
  return () => pullIn(machine);
};

/** `Sie`: a card straight through. */
const passThrough: Plan = (machine) => {
  const feed = insert('print')(machine);
  return async () => {
    await feed?.();
    await ejectCard(machine);
  };
};

/** `Ser`: into the box; on one branch `Pneab;A;0` forbids that too, and says nothing. */
const rejectCard: Plan = (machine) => {
  refuseJam(machine);
  machine.state.sequence = null;
  const forbidden = machine.branches.forbidCoversReject && !machine.state.settings.ejectAllowed;
  return forbidden ? null : () => dropCard(machine);
};

/** After a jam nothing turns until somebody has cleared it; after a ribbon's end the card may still be moved out. */
function refuseJam(machine: Machine): void {
  const { fault } = machine.state;
  refuseOpenCover(machine);
  refuseStuck(machine);
  if (fault?.lasting && fault.line === 'mechanical') throw new Refusal(fault.text, fault.line, true);
}

/** `Se`: the last panel, then out, unless the card is held. A print is no move: `Psmgr;2` does not hurry it (a branch). */
const endSequence: Obey = async (machine, command) => {
  const { state, branches } = machine;
  if (state.sequence) refuseWhileInterrupted(machine);
  refuseJam(machine);
  if (branches.lastPanel === 'after-reply' && state.settings.stateManager === 2) {
    return move(() => () => finishJob(machine))(machine, command);
  }
  await orStopped(machine, machine.moving);
  const leaves = await finishPrinting(machine);
  return leaves ? move(() => () => ejectCard(machine))(machine, command) : 'OK';
};

/** `Scp`: one pass of a cleaning card, which must lie lowest in the feeder, with the ribbon out. */
async function clean(machine: Machine): Promise<string> {
  if (machine.path.ribbon) throw new Refusal('ERROR RIBBON');
  await busy(machine, 'clean', async () => {
    await feedCard(machine, 'print');
    await ejectCard(machine);
  });
  machine.state.counters.cleanings += 1;
  machine.state.counters.sinceCleaning = 0;
  return 'OK';
}

/** Clears the status line and with it the interrupted job. */
async function clearStatus({ state }: Machine): Promise<string> {
  state.fault = null;
  state.sequence = null;
  return 'OK';
}

const unavailable: Obey = async ({ branches }) => spoken('OPT NOT AVAILABLE', branches);
const blocking = (work: (machine: Machine) => Promise<void>): Obey => {
  return async (machine, command) => {
    await orStopped(machine, machine.moving);
    await busy(machine, command.name, () => work(machine));
    return 'OK';
  };
};

/** Sheet 1.8. `Srs` is not here: it is heard even while another command is at work. */
export const moves: Readonly<Record<string, Obey>> = {
  Si: move(insert('print')),
  Sis: move(insert('contact')),
  Sic: move(insert('contactless')),
  Sib: move(insertFromBezel),
  Sie: move(passThrough),
  Ser: move(rejectCard),
  Se: endSequence,
  Ss: blocking(startSequence),
  Sc: blocking(repeatSequence),
  Sr: async () => 'OK',
  Scs: clearStatus,
  Scp: clean,
  Sv: unavailable, // no flip station
  Seb: unavailable, // no slot at the back
  Siscan: unavailable,
};
