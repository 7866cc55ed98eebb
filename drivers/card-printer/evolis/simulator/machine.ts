import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import type { PrinterBranches } from './branches.ts';
import type { CardPath } from './card-path.ts';
import type { Pacing } from './pacing.ts';
import { Refusal, spoken } from './refusal.ts';
import type { PrinterState } from './state.ts';

export interface Identity {
  model: string;
  serial: string;
  firmware: string;
  /** Region code that a ribbon must carry. */
  zone: string;
  headKit: string;
  /** Cards between two cleanings. */
  cleaningEvery: number;
}

/** What every command works on: the memory, the mechanics and the world. */
export interface Machine {
  readonly path: CardPath;
  readonly clock: Clock;
  readonly random: Random;
  readonly pacing: Pacing;
  readonly branches: PrinterBranches;
  readonly identity: Identity;
  readonly state: PrinterState;
  /** Aborts when the power goes or a reset comes: this machine is then over, and another one has the same memory. */
  readonly life: AbortController;
  /** The move under way, if any; never rejects with what a reply can say. */
  moving: Promise<void>;
  /** What a pass under the head leaves behind when it is cut now. */
  cutShort: (() => void) | null;
  /** Wakes those who wait for a person's hand in the path. */
  touched: PromiseWithResolvers<void>;
  /** Cuts power or cable from inside, for scripted faults. */
  cut(what: 'power' | 'cable'): void;
}

/** The power went or a reset came while this was under way: nobody is told. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Lets mechanics take their time. Rejects with `Stopped` when they are stopped before or meanwhile. */
export async function spend({ clock, life }: Machine, ms: number): Promise<void> {
  life.signal.throwIfAborted();
  if (ms > 0) await clock.sleep(ms, life.signal);
}

/** Waits for `done`, or rejects with `Stopped`. */
export function orStopped<T>(machine: Machine, done: Promise<T>): Promise<T> {
  const { signal } = machine.life;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    done.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** A machine at rest, with the memory and the world of another. */
export function freshMachine(like: Omit<Machine, 'life' | 'moving' | 'cutShort' | 'touched'>): Machine {
  const parts = { life: new AbortController(), moving: Promise.resolve(), cutShort: null };
  return { ...like, ...parts, touched: Promise.withResolvers<void>() };
}

/** Stops all that moves, for good, and leaves on the card what had passed the head. */
export function stop(machine: Machine): void {
  machine.cutShort?.();
  machine.cutShort = null;
  machine.state.doing = null;
  machine.life.abort(new Stopped());
}

/** Has the rollers while `work` runs: others wait for `moving`. After a stop the mark belongs to the next life. */
export function busy<T>(machine: Machine, what: string, work: () => Promise<T>): Promise<T> {
  const { state, life } = machine;
  const outer = state.doing;
  state.doing = what;
  const done = work().finally(() => {
    if (!life.signal.aborted) state.doing = outer;
  });
  machine.moving = Promise.all([machine.moving, done.catch(() => undefined)]).then(() => undefined);
  return done;
}

/** Remembers a refusal as the printer's fault, and says it. */
export function refused(machine: Machine, refusal: Refusal): string {
  const { text, line, lasting } = refusal;
  if (line !== 'none') machine.state.fault = { text, line, lasting };
  return spoken(text, machine.branches);
}

/** Nobody waits for it: what goes wrong stands in the fault and in `Rlr`. */
export function inBackground(machine: Machine, done: Promise<void>): void {
  const known = done.catch((fault: unknown) => {
    if (machine.life.signal.aborted) return;
    if (!(fault instanceof Refusal)) throw fault;
    machine.state.lastReply = refused(machine, fault);
  });
  machine.moving = Promise.all([machine.moving, known]).then(() => undefined);
  machine.moving.catch(() => undefined); // whoever waits for the rollers gets it
}

/** While a job stands interrupted the printer takes no new one (sheet 1.10). */
export function refuseWhileInterrupted({ state }: Machine): void {
  const { fault } = state;
  if (fault?.lasting) throw new Refusal(fault.text, fault.line, true);
  state.fault = null; // conditions that refused an earlier job clear themselves
}

export function refuseOpenCover({ path, state }: Machine, lasting = false): void {
  if (!path.coverClosed && state.settings.errorMode !== 1) throw new Refusal('COVER OPEN', 'mechanical', lasting);
}
