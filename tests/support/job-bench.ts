import { type Cabinet, openCabinet } from '#cabinet/cabinet.ts';
import type { NewWorld, World } from '#cabinet/world/plain.ts';
import { hashText, sha256 } from '#contract/uplink/chain.ts';
import type { Entry } from '#contract/uplink/entries.ts';
import type { LeaseClaims } from '#contract/uplink/messages.ts';
import { allAccounts, moveBlanko } from '#controller/blanko/stock.ts';
import { controllerMigrations } from '#controller/controller.ts';
import type { CabinetFile } from '#controller/devices/cabinet-file.ts';
import { type Devices, openDevices } from '#controller/devices/devices.ts';
import { type HeldCard, printCard } from '#controller/jobs/job.ts';
import { recover } from '#controller/jobs/recover.ts';
import { type Journal, openJournal } from '#controller/journal/journal.ts';
import { type Lease, type Leases, openLeases } from '#controller/leases/leases.ts';
import type { CardFace } from '#drivers/card-printer/card-printer.ts';
import { silentLog } from '#kit/log.ts';
import { type ManualClock, manualClock } from '#kit/manual-clock.ts';
import { newId, type Random, seededRandom } from '#kit/random.ts';
import { joseSealer, type KeyPair } from '#kit/sealer.ts';
import { openMemoryStore, type Store, StoreBroken } from '#kit/store.ts';

const kiosk = 'SU1-A';
const sealed = 'a sealed record';
const sealedSha256 = hashText(sha256(sealed));
/** A printer that works at once needs none of a real one's waits. */
const quick = {
  pollEveryMs: 5,
  beforeEjectMs: 0,
  beforeRetryMs: 5,
  afterResetMs: 0,
  goneAfterMs: 300,
  feedWithinMs: 2_000,
  lastPanelWithinMs: 2_000,
  presentWithinMs: 2_000,
  moveWithinMs: 2_000,
  portReadyWithinMs: 2_000,
  idleWithinMs: 2_000,
};

/** Flat grey, with a black and a varnished border line: small on every wire. */
export const greyFace: CardFace = {
  widthPx: 1016,
  heightPx: 648,
  colour: new Uint8Array(1016 * 648 * 3).fill(128),
  black: new Uint8Array(127 * 648).fill(255, 0, 127),
  overlay: new Uint8Array(127 * 648).fill(255),
};

/** When the disk fails: at the nth durable write, which is then lost, or is on the disk all the same. */
export interface DiskFault {
  atWrite: number;
  commits: boolean;
}

/** One life of jobs and leases at a cabinet: journal, leases, supervised drivers. */
export interface JobLife {
  devices: Devices;
  journal: Journal;
  leases: Leases;
  /** Names of the durable writes of this life, in order. */
  writes: string[];
  /** Lets time pass until it is done. */
  soon<T>(work: Promise<T>): Promise<T>;
  /** A fresh right of a person, granted and received. */
  lease(rightId?: string): Promise<Lease>;
  /** Prints a card and holds it, or ends. */
  prints(lease: Lease): ReturnType<typeof printCard>;
  /** Presents a held card and waits a minute for it to be taken; `onExit` may take it. */
  presents(held: HeldCard, offer: 1 | 2, onExit?: () => void): ReturnType<HeldCard['present']>;
  recovers(): Promise<number>;
  /** As SIGKILL: no more bytes from this life. */
  ends(): Promise<void>;
}

export interface JobBench extends AsyncDisposable {
  clock: ManualClock;
  cabinet: Cabinet;
  /** What happened, in order: `write NAME` and what the world saw. */
  told: string[];
  begins(fault?: DiskFault): Promise<JobLife>;
  /** Done once, just after a durable write of this name. */
  afterWrite(name: string, does: () => unknown): void;
  /** The board loses its power, and nothing else does. */
  boardStartsAnew(): void;
  accounts(): Record<string, number>;
  entries(): Entry[];
  outcomes(): string[];
}

let signing: KeyPair | null = null;

/** A cabinet with so many cards loaded, its books saying the same. */
export async function openJobBench(cards = 3, begin: NewWorld = {}): Promise<JobBench> {
  const clock = manualClock();
  const random = seededRandom('jobs');
  const cabinet = await openCabinet({ clock, random, links: 'memory', pacing: 'zero', begin });
  const store = openMemoryStore({ migrations: controllerMigrations });
  const told: string[] = [];
  let past = 0;
  const tell = (now: World) => {
    told.push(...now.history.slice(past).map(({ what }) => what));
    past = now.history.length;
  };
  cabinet.world.loadHopper(cards);
  past = cabinet.world.now.history.length;
  cabinet.world.onChange(tell);
  const books = openJournal({ store, clock, kiosk, epoch: 1, boot: 'before' });
  const evidence = 'BA-0001';
  books.record('hopper.loaded', (append, db) =>
    moveBlanko(append, db, { from: 'kecamatan-safe', to: 'hopper', count: cards, evidence }),
  );
  signing ??= await joseSealer.newSigningKey();
  let boots = 0;
  let boardBoot = 'board-1';
  const after = new Map<string, () => unknown>();
  const lives: JobLife[] = [];
  return {
    clock,
    cabinet,
    told,
    async begins(fault) {
      boots += 1;
      const life = await beginLife(
        { clock, random, cabinet, store, told, after, boot: `boot-${boots}`, boardBoot },
        fault,
      );
      lives.push(life);
      return life;
    },
    afterWrite: (name, does) => void after.set(name, does),
    boardStartsAnew() {
      boardBoot = 'board-2';
    },
    accounts: () => allAccounts(store) as Record<string, number>,
    entries: () => books.entries(1, books.head().seq),
    outcomes() {
      const entries = books.entries(1, books.head().seq);
      return entries.flatMap((entry) => (entry.type === 'print.outcome' ? [entry.data.outcome] : []));
    },
    async [Symbol.asyncDispose]() {
      for (const life of lives) await life.ends();
      await cabinet[Symbol.asyncDispose]();
      store.close();
    },
  };
}

interface Ground {
  clock: ManualClock;
  random: Random;
  cabinet: Cabinet;
  store: Store;
  told: string[];
  after: Map<string, () => unknown>;
  boot: string;
  boardBoot: string;
}

async function beginLife(
  { clock, random, cabinet, store: disk, told, after, boot, boardBoot }: Ground,
  fault?: DiskFault,
) {
  const writes: string[] = [];
  const store = faulty(disk, fault, (name) => {
    writes.push(name);
    told.push(`write ${name}`);
    const does = after.get(name);
    after.delete(name);
    does?.();
  });
  const end = new AbortController();
  const file = cabinet.devicesFile() as CabinetFile;
  const withTiming = { ...file, camera: null, cardPrinter: { ...file.cardPrinter, timing: quick } };
  const devices = openDevices({ cabinet: withTiming, clock, random, log: silentLog, openLink: cabinet.openLink });
  const running = devices.run(end.signal).catch(() => undefined);
  const journal = openJournal({ store, clock, kiosk, epoch: 1, boot, boardBoot });
  const keys = signing as KeyPair;
  const leases = openLeases({ store, journal, clock, sealer: joseSealer, centralSigningKey: keys.publicKey });
  const ports = { journal, store, clock, printer: devices.printer, panel: devices.panel };
  const { signal } = end;
  const soon = <T>(work: Promise<T>) => inTime(clock, work);
  const life: JobLife = {
    devices,
    journal,
    leases,
    writes,
    soon,
    async lease(rightId = newId(random)) {
      const asked = { reqId: newId(random), rightId, sealed };
      leases.ask(asked.reqId, rightId);
      const jws = await joseSealer.sign(claimsFor(asked, clock.wallMs(), random), keys.privateKey);
      const verdict = await leases.receive(jws, asked, 'SU1-0001-9');
      if (!verdict.ok) throw new Error(verdict.code);
      return verdict.lease;
    },
    prints: (lease) => soon(printCard(ports, lease, greyFace, 'SU1-0001-9', { signal, onPhase() {} })),
    presents: (held, offer, onExit = () => undefined) =>
      soon(held.present(offer, { waitMs: () => 60_000, signal, onExit })),
    recovers: () => soon(recover(ports, signal)),
    async ends() {
      end.abort(new Error('the life is over'));
      await soon(running);
    },
  };
  await soon(waitForDevices(devices, clock));
  return life;
}

function claimsFor(asked: { reqId: string; rightId: string }, nowMs: number, random: Random): LeaseClaims {
  return {
    ...{ v: 1, ...asked, leaseId: newId(random), kiosk, epoch: 1, nonce: newId(random), sealedSha256 },
    ...{ class: 'FIRST', policy: '2026-11', rule: 'kec-first-1', mode: 'online' },
    ...{ grantedMs: nowMs, expiresMs: nowMs + 900_000 },
  } as LeaseClaims;
}

/** Both drivers open, the printer fenced, every sensor heard. */
async function waitForDevices({ printer, panel }: Devices, clock: ManualClock): Promise<void> {
  const { signal } = new AbortController();
  for await (const sensors of panel.watch(signal)) if (!Object.values(sensors).includes('unknown')) break;
  while (printer.status.state === 'away') await clock.sleep(10, signal);
}

/** Lets time pass until `work` is done. */
export async function inTime<T>(clock: ManualClock, work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  while (!isDone) await clock.advance(5);
  return work;
}

function faulty(disk: Store, fault: DiskFault | undefined, written: (name: string) => void): Store {
  let count = 0;
  let broken = false;
  const fail = (name: string): never => {
    broken = true;
    throw new StoreBroken(`${name}: the disk failed`);
  };
  return {
    ...disk,
    write(name, work) {
      if (broken) return fail(name);
      count += 1;
      const isNow = count === fault?.atWrite;
      if (isNow && !fault?.commits) return fail(name);
      const result = disk.write(name, work);
      written(name);
      return isNow ? fail(name) : result;
    },
    read: disk.read,
  };
}

/** Which blanks are where: what a person would find who looked everywhere. */
export function placesOf({ cards }: World) {
  const blanks = cards.filter(({ kind }) => kind === 'blanko');
  const at = (fits: (place: string) => boolean) => blanks.filter(({ place }) => fits(place)).length;
  return {
    hopper: at((place) => place === 'hopper'),
    box: at((place) => place === 'box'),
    hand: at((place) => /^(hand|pocket):/.test(place)),
    printer: at((place) => ['print', 'contact', 'contactless', 'exit', 'bezel'].includes(place)),
    inked: blanks.filter(({ ink }) => ink.length > 0).length,
  };
}
