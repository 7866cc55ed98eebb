import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import { type PrinterBranches, usualBranches } from './branches.ts';
import type { CardPath } from './card-path.ts';
import { forgetHalf } from './command-stream.ts';
import { freshMachine, type Identity, type Machine, stop } from './machine.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { type Pacing, zeroPacing } from './pacing.ts';
import { portStatus } from './port-status.ts';
import { handInPath, startUp } from './power.ts';
import { type Pieces, replyLine } from './reply-line.ts';
import { openServing } from './serving.ts';
import { type PrinterSnapshot, snapshotOf, stateFrom } from './snapshot.ts';
import { newPrinter } from './state.ts';

export interface EvolisOptions extends Partial<Identity> {
  path: CardPath;
  clock: Clock;
  random: Random;
  /** Default `zeroPacing`. */
  pacing?: Pacing;
  /** What differs from `usualBranches`. */
  branches?: Partial<PrinterBranches>;
  /** Default 'random'. */
  pieces?: Pieces;
  /** Goes on from a saved printer. What was moving when it was saved counts as cut by the power. */
  from?: PrinterSnapshot;
}

/** A card printer of the Evolis kiosk family, seen from its cable. */
export interface EvolisSimulator {
  /** Sits at the far end of a link until that ends, by either side. A second link ends the first: there is one cable. */
  serve(link: ByteLink): Promise<void>;
  /** Ends the link and all that moves; a panel under the head stays as far as it got. */
  powerOff(): void;
  /** Starts up with what the branches left in memory. */
  powerOn(): void;
  readonly powered: boolean;
  /** GET_PORT_STATUS: 0x18 when all is well, 0 without power. */
  portStatus(): number;
  /** GET_DEVICE_ID. */
  deviceId(): string;
  /** Goes wrong once (or `times`), when it comes to that. */
  misbehave(...faults: readonly Misbehaviour[]): void;
  /** Forgets the faults that have not happened yet. */
  behave(): void;
  /** The world calls it when a person had a hand in the path: cover, ribbon, feeder, box. */
  pathChanged(): void;
  /** Resolves when no command is at work and nothing moves. */
  settled(): Promise<void>;
  /** What it remembers, as JSON. Commands that were heard and not begun are not in it. */
  snapshot(): PrinterSnapshot;
}

export function simulateEvolis(options: EvolisOptions): EvolisSimulator {
  const state = options.from ? stateFrom(options.from) : newPrinter();
  const branches = { ...usualBranches, ...options.branches };
  const replies = replyLine(options.random, options.pieces ?? 'random', branches.unreadReplies, () => state.unread);
  const { path, clock, random, pacing = zeroPacing } = options;
  const fixed = { path, clock, random, pacing, branches, identity: identityOf(options), state };
  const cut = (what: 'power' | 'cable') => (what === 'power' ? powerOff() : serving.unplug());
  const startOver = (): Machine => freshMachine({ ...fixed, cut });
  let machine = startOver();
  const renew = () => {
    stop(machine);
    machine = startOver();
    return machine;
  };
  const serving = openServing({ machine: () => machine, renew, replies });

  function powerOff(): void {
    if (!state.power) return;
    state.power = false;
    stop(machine);
    serving.unplug();
  }
  function powerOn(): void {
    if (!state.power) startUp(renew());
  }
  if (options.from && branches.halfDownload === 'dropped') forgetHalf(state.stream); // its host is gone
  if (options.from && (state.doing !== null || state.resetting)) {
    state.doing = null;
    startUp(machine);
  }
  state.lastByteAtMs = clock.monotonicMs(); // another process, another clock

  return {
    serve: serving.serve,
    powerOff,
    powerOn,
    get powered() {
      return state.power;
    },
    portStatus: () => portStatus(machine),
    deviceId: () => `MFG:Evolis;MDL:${fixed.identity.model};CLS:PRINTER;SN:${fixed.identity.serial};`,
    misbehave(...faults) {
      for (const one of faults) if (one.fault === 'hardware') state.hardwareError = one.code;
      state.misbehaviours.push(...faults.filter(({ fault }) => fault !== 'hardware'));
    },
    behave() {
      state.misbehaviours = [];
    },
    pathChanged: () => handInPath(machine),
    settled: () => serving.settled(),
    snapshot: () => snapshotOf(state),
  };
}

function identityOf(options: EvolisOptions): Identity {
  return {
    model: options.model ?? 'KC200B',
    serial: options.serial ?? '10000012345',
    firmware: options.firmware ?? '1806',
    zone: options.zone ?? 'F616',
    headKit: options.headKit ?? '204-0000-0001',
    cleaningEvery: options.cleaningEvery ?? 1000,
  };
}
