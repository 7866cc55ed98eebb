import { hashText } from '#contract/uplink/chain.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import type { Message } from '#contract/uplink/messages.ts';
import type { Carrier } from '#kit/carrier.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import { newId, type Random } from '#kit/random.ts';
import type { KeyPair, PublicKey, Sealer } from '#kit/sealer.ts';
import { migrationsIn, type Store } from '#kit/store.ts';
import { allAccounts } from './blanko/stock.ts';
import type { FaceRenderer } from './card-face/face-renderer.ts';
import { type Authority, openAuthority } from './commands/authority.ts';
import type { DeviceName, Devices } from './devices/devices.ts';
import type { Health } from './devices/supervisor.ts';
import type { DiskBudget } from './disk-budget.ts';
import { offlineForbidden } from './jobs/counter.ts';
import { openAttempts } from './jobs/facts.ts';
import { ChainBroken, verifyChain, type WalkProgress, walkChain } from './journal/chain.ts';
import { type Journal, openJournal } from './journal/journal.ts';
import { type OldJournal, openOldOutbox } from './journal/old-epoch.ts';
import { trimJournal } from './journal/trim.ts';
import { type Kiosk, openKiosk } from './kiosk/kiosk.ts';
import { openLeases } from './leases/leases.ts';
import { openRooms, type Rooms } from './operators/rooms.ts';
import { openUplink, type Uplink } from './uplink/uplink.ts';

export const controllerMigrations = migrationsIn(`${import.meta.dirname}/migrations`);
export const software = '0.1.0';

/** Everything the controller stands on; each can be another form in a test or a replay. */
export interface ControllerPorts {
  clock: Clock;
  random: Random;
  log: Log;
  store: Store;
  carrier: Carrier;
  sealer: Sealer;
  renderer: FaceRenderer & { warm?(): void };
  devices: Devices;
  enrolment: Enrolment;
  secondsPerCard: number;
  /** The kiosk's own sealing pair: it wraps the keys of leases that come ahead of time. Without it none is kept. */
  keys?: KeyPair;
  /** Room for the journal: shown, and while it is used up nothing is printed. */
  disk?: DiskBudget;
  /** Sets room for all entries of one card aside; throws `kiosk/disk-full`. */
  reserveSpace?: () => void;
  /** Journals of earlier epochs of this kiosk, opened read-only: what central does not have of them is sent. */
  oldJournals?: readonly OldJournal[];
  /** The name of this process life; the carrier's last will names the same. */
  boot?: string;
  /** The name of this start of the board; without it each start counts as another one. */
  boardBoot?: string | null;
  /** At most so many cards a day: printers that run too hot melt cards. */
  dayLimit?: number;
  /** Run once at the start, beside everything else; while it fails no card is printed. */
  selfTest?: (signal: AbortSignal) => Promise<void>;
}

export interface Controller extends Rooms {
  readonly kiosk: Kiosk;
  readonly journal: Journal;
  readonly uplink: Uplink;
  readonly authority: Authority;
  /** How far the walk over the whole journal has come in this life. */
  readonly chainWalk: WalkProgress;
  /** Runs until `signal`; rejects when the store breaks, and then this life must send and move nothing more. */
  run(signal: AbortSignal): Promise<void>;
}

const usualDayLimit = 100;
const settledMs = 1_000;
const dayMs = 24 * 60 * 60_000;
/** How much of the chain is walked before the first screen; the rest is walked beside everything else. */
const tailEntries = 2_000;

/** Opens the controller. Throws ChainBroken where the end of the journal does not hold; `run` rejects with it where an older part does not. */
export function openController(ports: ControllerPorts): Controller {
  const { store, clock, random, log, enrolment, devices, sealer, carrier } = ports;
  const { kiosk: name, epoch, shard } = enrolment;
  const { boot = newId(random), boardBoot = null } = ports;
  let life = new AbortController().signal;
  const journal = openJournal({ store, clock, kiosk: name, epoch, boot, boardBoot });
  const broken = verifyChain(store, name, epoch, Math.max(1, journal.head().seq - tailEntries));
  if (broken) throw new ChainBroken(broken);
  const old = (ports.oldJournals ?? []).map((one) => openOldOutbox(one, name, store));
  const uplink = openUplink({
    carrier,
    journal,
    old,
    clock,
    log,
    place: { shard, kiosk: name },
    snapshot: () => snapshot(),
    onLate: (kind) => log.info({ kind }, 'an answer that nobody waits for: its question was voided'),
    onCommand: (cmd) => authority.command(cmd),
    onTerm: (term) => authority.sawTerm(term),
  });
  const leases = openLeases({
    store,
    journal,
    clock,
    sealer,
    centralSigningKey: enrolment.centralSigningKey as PublicKey,
  });
  const authority = openAuthority({
    ...ports,
    journal,
    centralSigningKey: enrolment.centralSigningKey as PublicKey,
    keys: ports.keys ?? null,
    uplink: () => uplink,
    panel: devices.panel,
    session: () => operators.officerPresent(),
    offlineForbidden: () => store.read(offlineForbidden) !== null,
    changed: () => kiosk.refresh(),
  });
  const rooms = openRooms({
    ...ports,
    journal,
    idle: () => kiosk.idle,
    life: () => life,
    mayDecide: authority.closed,
    changed: () => kiosk.refresh(),
  });
  const { operators, training, feeder } = rooms;
  const kiosk = openKiosk({
    ...ports,
    journal,
    uplink,
    leases,
    authority,
    closedBy: [authority.closed, () => ports.disk?.fault() ?? null, rooms.closed],
    training,
    feeder,
    duty: operators,
    dayLimit: ports.dayLimit ?? usualDayLimit,
  });

  function snapshot(): Message<'state'> {
    const head = journal.head();
    const acked = journal.acked();
    const { mode, reason } = kiosk.service();
    return {
      v: 1,
      dev: name,
      epoch,
      online: true,
      session: boot,
      at: Math.round(clock.wallMs()),
      head: { seq: head.seq, hash: hashText(head.hash) },
      acked: { seq: acked.seq, hash: hashText(acked.hash) },
      software,
      service: { mode, reason },
      blanko: allAccounts(store),
      devices: devices.health(),
      officerCalled: kiosk.officerCalled,
      ribbonPrintsLeft: kiosk.readiness.ribbonPrintsLeft,
      term: acked.term,
      ...diskIn(ports.disk),
    };
  }

  function begin(): void {
    const stop = store.read((db) => db.prepare('SELECT board_boot FROM clean_stop').get()) as
      | { board_boot: string | null }
      | undefined;
    const wasClean = stop !== undefined;
    const open = store.read(openAttempts).length;
    journal.record('kiosk.started', (append, db) => {
      append({ type: 'kiosk.started', data: { software, cleanStop: wasClean, openAttempts: open } });
      db.prepare('DELETE FROM clean_stop').run();
    });
    authority.begin(wasClean && boardBoot !== null && stop.board_boot === boardBoot); // else the disk may be an older one
  }

  /** Device changes are facts: a repair is judged by them. One that lasts less than a second is a loose contact, not a fact. */
  function noteDevices(signal: AbortSignal, failed: (error: unknown) => void): void {
    const written = new Map<string, string>();
    const note = async (device: DeviceName, health: Health) => {
      await clock.sleep(settledMs, signal).catch(() => undefined);
      const { state, code } = health;
      const still = devices.health()[device] === health && written.get(device) !== `${state}${code}`;
      if (signal.aborted || state === 'opening' || !still) return;
      written.set(device, `${state}${code}`);
      journal.record('device.changed', (append) =>
        append({ type: 'device.changed', subject: device, data: { device, state, code } }),
      );
    };
    devices.onChange((device, health) => void note(device, health).catch(failed));
  }

  let chainWalk: WalkProgress = { checked: 0, of: 0 };

  /** Beside everything else: the whole chain is read once, and what is old enough is let go. */
  async function keepJournal(signal: AbortSignal): Promise<void> {
    const toSeq = Math.max(0, journal.head().seq - tailEntries);
    await walkChain({ store, clock, name: { kiosk: name, epoch }, toSeq }, signal, (progress) => {
      chainWalk = progress;
    });
    while (!signal.aborted) {
      const isMore = trimJournal(journal, store, clock.wallMs());
      await clock.sleep(isMore ? settledMs : dayMs, signal).catch(() => undefined);
    }
  }

  return {
    get chainWalk() {
      return chainWalk;
    },
    ...rooms,
    kiosk,
    journal,
    uplink,
    authority,
    async run(signal) {
      life = signal;
      begin();
      const broken = Promise.withResolvers<never>();
      noteDevices(signal, broken.reject);
      const work = [
        uplink.run(signal),
        devices.run(signal),
        kiosk.run(signal),
        authority.run(signal),
        keepJournal(signal),
      ];
      await Promise.race([Promise.all(work), broken.promise]);
      store.write('clean-stop', (db) => {
        db.prepare('INSERT INTO clean_stop VALUES (?)').run(boardBoot);
      });
    },
  };
}

/** A disk that does not tell how full it is has a fault of its own; the snapshot goes out without it. */
function diskIn(disk: DiskBudget | undefined): Pick<Message<'state'>, 'disk'> {
  try {
    return disk ? { disk: disk.usage() } : {};
  } catch {
    return {};
  }
}
