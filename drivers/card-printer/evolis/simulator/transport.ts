import type { Station } from './card-path.ts';
import { busy, inBackground, type Machine, orStopped, refuseOpenCover, spend } from './machine.ts';
import { awaits, takeFault } from './misbehaviour.ts';
import { Refusal } from './refusal.ts';

type Inner = Exclude<Station, 'exit'>;

/** A jammed card moves for nobody until a person has had the cover open. */
export function refuseStuck({ path, state }: Machine): void {
  if (state.stuckCard !== null && path.inside?.card === state.stuckCard)
    throw new Refusal('CARD JAM', 'mechanical', true);
}

/** One card from the feeder to a station, or two, or none where the roller slips. */
export async function feedCard(machine: Machine, to: Inner): Promise<void> {
  const { path, pacing, state } = machine;
  await cardsInFeeder(machine);
  await spend(machine, pacing.feedMs);
  refuseOpenCover(machine);
  const slips = takeFault(state, 'misfeed', () => true) !== null;
  if (slips || path.feeder.jammed) throw new Refusal('ERROR TIME OUT', 'mechanical');
  const two = takeFault(state, 'double-feed', () => true) !== null;
  const card = two && path.feedTwo ? path.feedTwo(to) : path.feed(to);
  if (card === null) throw new Refusal('FEEDER EMPTY', 'media');
  path.countFeed();
  state.counters.sinceCleaning += 1;
}

/** An empty feeder refuses, or on one branch waits until somebody fills it. */
async function cardsInFeeder(machine: Machine): Promise<void> {
  while (machine.path.feeder.cards === 0) {
    if (machine.branches.emptyFeed !== 'blocks') throw new Refusal('FEEDER EMPTY', 'media');
    await orStopped(machine, machine.touched.promise);
  }
}

export async function moveCard(machine: Machine, to: Inner): Promise<void> {
  if (machine.path.inside?.at === to) return;
  await spend(machine, machine.pacing.moveMs);
  refuseStuck(machine);
  if (machine.path.inside) machine.path.move(to);
}

/** The card in the bezel back inside; nothing there is a time-out, as for a card that nobody pushes in. */
export async function pullIn(machine: Machine): Promise<void> {
  await spend(machine, machine.pacing.moveMs);
  if (!machine.path.retract()) throw new Refusal('ERROR TIME OUT', 'media');
}

/** Out of the slot that is set; nothing inside is no fault. */
export async function ejectCard(machine: Machine): Promise<void> {
  const { path, pacing, state } = machine;
  if (state.settings.output === 'k') return dropCard(machine);
  if (path.inside === null) return;
  await spend(machine, pacing.ejectMs);
  refuseStuck(machine);
  if (path.inside === null) return;
  if (!path.present()) throw new Refusal('CARD JAM', 'mechanical', true);
  void watchBezel(machine);
}

export async function dropCard(machine: Machine): Promise<void> {
  const { path, pacing } = machine;
  if (path.inside === null) return;
  await spend(machine, pacing.ejectMs);
  refuseStuck(machine);
  if (path.inside !== null && !path.reject()) throw new Refusal('HOPPER FULL', 'media');
}

/** `Pbc`: a card that stands in the bezel too long is pulled in again, or into the box (sheet 1.7). */
async function watchBezel(machine: Machine): Promise<void> {
  const { path, state } = machine;
  const { bezelAction, bezelSeconds } = state.settings;
  const card = path.atExit;
  if (bezelAction === 'D' || card === null) return;
  try {
    await spend(machine, bezelSeconds * 1000);
    await orStopped(machine, machine.moving);
  } catch {
    return; // power or a reset: the card stays where it is
  }
  if (path.atExit !== card || path.inside !== null || !path.retract()) return;
  if (bezelAction === 'R')
    inBackground(
      machine,
      busy(machine, 'bezel', () => dropCard(machine)),
    );
}

/** Scripted trouble with a whole move. */
export async function troubleMoving(machine: Machine, command: string): Promise<void> {
  const { state, path } = machine;
  const on = (one: object) => 'on' in one && command.startsWith(String(one.on));
  if (awaits(state, 'move-hangs', on)) {
    takeFault(state, 'move-hangs', on);
    await orStopped(machine, new Promise<never>(() => undefined));
  }
  const jam = takeFault(state, 'jam', on);
  if (!jam) return;
  if (jam.freedBy === 'person') state.stuckCard = path.inside?.card ?? null;
  throw new Refusal('CARD JAM', 'mechanical', true);
}
