import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Message } from '#contract/uplink/messages.ts';
import { idPattern } from '#contract/uplink/topics.ts';
import type { Journal } from '#controller/journal/journal.ts';
import { authorityIsClosed } from '#controller/leases/claims.ts';
import { endLease, type Held, unansweredRequests } from '#controller/leases/ending.ts';
import { openHeadCheck } from '#controller/leases/head-check.ts';
import { openOfflineLeases } from '#controller/leases/offline.ts';
import { keysKept } from '#controller/leases/offline-rows.ts';
import { openRecognition, type Recognition } from '#controller/leases/recognise.ts';
import { overwriteDeleted, wipeDeleted } from '#controller/leases/wipe.ts';
import type { Uplink } from '#controller/uplink/uplink.ts';
import type { Panel } from '#drivers/panel/panel.ts';
import { Remembered, withDeadline } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import type { Random } from '#kit/random.ts';
import type { KeyPair, PublicKey, Sealer } from '#kit/sealer.ts';
import type { Store } from '#kit/store.ts';
import { endIn, isKnown, type OpenCommand, openCommands, receivedIn } from './book.ts';
import { closeAuthority, dropAhead, enterTerm, revoke, settle, surrender } from './ends.ts';
import { type LeaseLine, leaseLines } from './lease-lines.ts';
import { renewLease, type TakePorts, takeLease } from './takes.ts';

export interface AuthorityPorts {
  store: Store;
  journal: Journal;
  clock: Clock;
  random: Random;
  log: Log;
  sealer: Sealer;
  centralSigningKey: PublicKey;
  /** The kiosk's own sealing pair, which wraps the keys of leases that are kept; null: none can be kept. */
  keys: KeyPair | null;
  uplink: () => Pick<Uplink, 'ask' | 'ackedSeq'>;
  panel: Pick<Panel, 'sensors' | 'watch'>;
  /** A named person answers for the open door. */
  session: () => boolean;
  /** Something about the printer that the journal does not explain: nothing is printed without central. */
  offlineForbidden: () => boolean;
  /** Something of this has changed that a screen or a snapshot shows. */
  changed: () => void;
}

/** What central may do to this kiosk's authority to print, and what is kept here to print without it. */
export interface Authority {
  /** For the reasons why this kiosk is closed: its epoch is over. */
  readonly closed: () => ProblemCode | null;
  readonly recognition: Recognition;
  /** Central has answered that this epoch is over. Durable when it returns. */
  epochClosed(): void;
  /** Called with the term of each word of central's before it is used otherwise. False: a higher one is not entered yet. */
  sawTerm(term: number): boolean;
  /** Takes a command; each is obeyed once, whatever is repeated. Throws StoreBroken only. */
  command(cmd: Message<'cmd'>): void;
  /** At the start of a life, in the same turn as its first entry. */
  begin(isSameDisk: boolean): void;
  /** The printer's counters were held against the journal in this life: what waited for that goes on. */
  printerCompared(): void;
  /** Whether a lease that nothing holds is known to be unused: not before that, and not while a counter is unexplained. */
  mayEnd(): boolean;
  /** Goes on with what an earlier life was ordered, watches the door; until `signal`. Rejects when the store breaks. */
  run(signal: AbortSignal): Promise<void>;
  /** For the `leases` command of a technician. */
  leases(): LeaseLine[];
  /** For the `surrender` command: a named operator gives one lease back. Throws in words where that is not possible. */
  surrender(what: { leaseId: string; operatorId: string }): void;
}

/** A board that has just been plugged in says for a moment that everything is open; nobody reaches a key in so short a time. */
const doorSettlesMs = 500;

/** A recovery takes seconds: a printer that has not been asked by then is away. */
const comparedWithinMs = 120_000;

/** The two that would give this kiosk something new: an order that is too old gives nothing. */
const giving: ReadonlySet<string> = new Set(['take-lease', 'renew-lease']);

export function openAuthority(ports: AuthorityPorts): Authority {
  const { store, journal, clock, log } = ports;
  overwriteDeleted(store);
  const headCheck = openHeadCheck(journal, store);
  const compared = new Remembered(false);
  /**
   * An older disk calls a lease unused whose card is out, and so does one that lost its newest writes. The printer's counters
   * tell: until they were read in this life, and while they are unexplained, no lease is called unused.
   */
  const hold = () => !compared.value || ports.offlineForbidden();
  /** Questions of earlier lives: of these too nobody knows yet whether their answer was here, and was used. */
  const earlier = new Set<string>();
  const held = (): Held => ({ leases: hold(), questions: hold() ? earlier : new Set() });
  const mustCheck = () => ports.offlineForbidden() && !headCheck.passed;
  const offline = openOfflineLeases({ ...ports, mustCheck });
  const recognition = openRecognition({
    ...{ ...ports, offline, headChecked: () => headCheck.passed, forbidden: ports.offlineForbidden },
  });
  const closed = () => (store.read(authorityIsClosed) ? ('right/epoch-closed' as const) : null);
  let doorIsOpen = false;
  const doorForbids = () => doorIsOpen && !ports.session();
  const underWay = new Set<string>();
  const broken = Promise.withResolvers<never>();
  let life: AbortSignal | null = null;

  const takes = (): TakePorts => ({
    ...{ store, journal, clock, offline, held, epochClosed, uplink: ports.uplink() },
    forbids: () => closed() ?? (doorForbids() ? 'panel/door-open' : null),
  });

  const kinds: Record<string, (command: OpenCommand) => void> = {
    'take-lease': (command) => later(command, takeLease),
    'renew-lease': (command) => later(command, command.args.rightId ? renewLease : whenExplained(renewLease)),
    'surrender-lease': (command) =>
      later(
        command,
        whenExplained(async () => surrender(journal, command)),
      ),
    'revoke-lease': (command) => revoke(journal, command, hold()),
    'epoch-closed': ({ cmdId, args }) =>
      args.epoch === String(journal.epoch) ? closeAuthority(journal, held(), cmdId) : end(cmdId),
  };

  const end = (cmdId: string, code: ProblemCode | null = null) =>
    journal.record(code ? 'command.failed' : 'command.done', (append, db) => endIn(append, db, cmdId, code));

  function whenExplained(work: typeof takeLease): typeof takeLease {
    return async (takes, command, signal) =>
      hold() ? end(command.cmdId, 'kiosk/counter-unexplained') : work(takes, command, signal);
  }

  /**
   * Gives and takes only once the printer has been met: what is kept here is known to be unused by its counters alone. A
   * question that was asked goes on to its end.
   */
  async function afterComparing(work: typeof takeLease, command: OpenCommand, signal: AbortSignal): Promise<void> {
    const met = (stop: AbortSignal) => compared.until((yes) => yes, stop);
    try {
      if (!offline.questionOf(command.cmdId)) await withDeadline(clock, comparedWithinMs, signal, met);
    } catch {
      signal.throwIfAborted();
      return end(command.cmdId, 'card-printer/unreachable');
    }
    return work(takes(), command, signal);
  }

  function obey(command: OpenCommand): void {
    const { cmdId, kind, expiresMs } = command;
    const work = kinds[kind];
    if (!work) end(cmdId, 'uplink/wrong-version');
    else if (giving.has(kind) && expiresMs <= clock.wallMs() && !offline.questionOf(cmdId))
      end(cmdId, 'right/lease-expired');
    else work(command);
    ports.changed();
  }

  /** Beside everything else, for as long as it takes; one at a time for each order. */
  function later(command: OpenCommand, work: typeof takeLease): void {
    if (!life || underWay.has(command.cmdId)) return; // `run` takes up what came before it
    const signal = life;
    underWay.add(command.cmdId);
    afterComparing(work, command, signal)
      .then(ports.changed)
      .catch((error: unknown) => void (signal.aborted || broken.reject(error)))
      .finally(() => underWay.delete(command.cmdId));
  }

  function epochClosed(): void {
    if (closed()) return;
    log.error({ code: 'right/epoch-closed' }, 'central has closed this epoch: nothing is printed any more');
    closeAuthority(journal, held());
    ports.changed();
  }

  function knownTerm(): number {
    const row = store.read((db) => db.prepare("SELECT value FROM counter WHERE name = 'term'").get());
    return (row as { value: number } | undefined)?.value ?? journal.acked().term;
  }

  function guardDoor(): void {
    if (!doorForbids() || store.read(keysKept) === 0) return;
    log.warn({ code: 'panel/door-open' }, 'nobody answers for the open door: what was kept ahead is destroyed');
    dropAhead(journal, held());
    ports.changed();
  }

  async function watchDoor(signal: AbortSignal): Promise<void> {
    for await (const { doorClosed } of ports.panel.watch(signal)) {
      if (doorClosed === false) await clock.sleep(doorSettlesMs, signal);
      doorIsOpen = ports.panel.sensors.doorClosed === false || (doorIsOpen && doorClosed !== true); // silence closes no door
      guardDoor();
    }
  }

  async function watchHead(signal: AbortSignal): Promise<void> {
    for await (const _ of ports.uplink().ackedSeq.changes(signal)) {
      const before = headCheck.passed;
      headCheck.acknowledged();
      if (headCheck.passed !== before) ports.changed();
    }
  }

  /** What was held goes on as soon as nothing is unexplained. */
  function release(): void {
    const isHeld = hold();
    if (!isHeld) earlier.clear();
    settle(journal, store, isHeld);
  }

  journal.onAppend(() => {
    release();
    guardDoor(); // whoever answered for it may have signed off
    wipeDeleted(store);
  });

  return {
    closed,
    recognition,
    epochClosed,
    sawTerm(term) {
      if (term <= knownTerm()) return true;
      if (held().questions.size > 0) return false;
      enterTerm(journal, term);
      return true;
    },
    command(cmd) {
      if (store.read((db) => isKnown(db, cmd.cmdId))) return; // obeyed, or on the way
      obey(journal.record('command.received', (append, db) => receivedIn(append, db, cmd)));
    },
    begin(isSameDisk) {
      headCheck.begin(isSameDisk);
      for (const reqId of store.read(unansweredRequests)) earlier.add(reqId);
      wipeDeleted(store);
    },
    printerCompared() {
      compared.set(true);
      release();
      ports.changed();
    },
    mayEnd: () => !hold(),
    async run(signal) {
      life = signal;
      const stopped = store.read((db) => db.prepare('SELECT cmd_id FROM lease_end').all()) as {
        cmd_id: string | null;
      }[];
      for (const command of store.read(openCommands))
        if (!stopped.some(({ cmd_id }) => cmd_id === command.cmdId)) obey(command);
      const work = [watchDoor(signal), watchHead(signal)].map((one) =>
        one.catch((error: unknown) => void (signal.aborted || broken.reject(error))),
      );
      await Promise.race([Promise.all(work), broken.promise]);
    },
    leases: () => store.read((db) => leaseLines(db, recognition.forbids)),
    surrender({ leaseId, operatorId }) {
      if (!idPattern.test(operatorId)) throw new Error(`${JSON.stringify(operatorId)} is not an operator id`);
      if (!compared.value)
        throw new Error('the printer has not been asked yet what it has fed: wait until it is ready');
      if (hold())
        throw new Error(
          'two people count and explain first: the counters of the printer tell of more than the journal',
        );
      journal.record('lease.surrendered', (append, db) => {
        const verdict = endLease(append, db, leaseId, { reason: 'surrendered', until: 'idle' });
        if (verdict !== 'ended') throw new Error(`lease ${leaseId} cannot be given back: ${words[verdict] ?? verdict}`);
        append({ type: 'operator.acted', subject: leaseId, data: { action: 'lease-surrendered', operatorId } });
      });
      ports.changed();
    },
  };
}

const words: Record<string, string> = {
  unknown: 'it is not known here',
  'ended-before': 'it has ended',
  inked: 'its card is being printed',
  'not-live': 'its card is being printed, or it was used',
};
