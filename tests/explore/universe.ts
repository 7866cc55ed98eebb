import five from 'johnny-five';
import type { World } from '#cabinet/world/plain.ts';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { PrinterBranches } from '#drivers/card-printer/evolis/simulator/branches.ts';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Log } from '#kit/log.ts';
import { seededRandom } from '#kit/random.ts';
import type { MemoryStore } from '#kit/store.ts';
import { type Authority, firstAuthority, openOldDisks } from './authority.ts';
import { type Boundary, type Counts, newCounts } from './boundaries.ts';
import { calmForMs, isCalm } from './calm.ts';
import { foundNow, startsWritten } from './found.ts';
import { halvesFrom, type KioskLife, type OfficeLife, openKiosk, openOffice, tellCommand } from './life.ts';
import { act, type CrowdState } from './people.ts';
import { type CabinetState, openPhysics, type Physics } from './physics.ts';
import { copyOf, Post } from './post.ts';
import { mustBeStill } from './rules/stillness.ts';
import { plainSealer } from './sealer.ts';
import { stepClock, turn } from './time.ts';
import type { Town } from './town.ts';
import type { Told, Tuple } from './tuple.ts';

/** Counts the same things elsewhere: in the store and in the cable. */
export interface Spy {
  committed(): void;
  cable(link: ByteLink): ByteLink;
}

export interface UniverseOptions {
  town: Town;
  from: Tuple;
  branches?: Partial<PrinterBranches>;
  /** Called at every boundary, before anything else happens. */
  onBoundary?: (boundary: Boundary, universe: Universe) => void;
  trace?: (line: string) => void;
  spy?: Spy;
  /** Somebody keeps a copy of the kiosk's disk after each commit. */
  keepsDisks?: boolean;
  /** Somebody keeps a copy of the office's disk after each commit. */
  keepsOffice?: boolean;
}

/** One kiosk, its cabinet, the office and the wire between, on one clock. Either program can be killed at any boundary. */
export class Universe {
  readonly town: Town;
  readonly counts: Counts = newCounts();
  readonly physics: Physics;
  readonly post: Post;
  readonly crowd: CrowdState;
  readonly grants: string[];
  readonly told: Told;
  readonly logLines: string[] = [];
  readonly clock;
  readonly trace: (line: string) => void;
  kiosk: KioskLife | null = null;
  central: OfficeLife | null = null;
  /** Terms and epochs, and the disks of before. */
  readonly authority: Authority;
  lives: number;
  boards: number;
  /** Everything was done once, and judged; what comes then is the epilogue. */
  hasRested = false;
  /** What is broken now and will be mended: nothing is at rest until then. */
  mends = 0;
  /** Since when the sensors at slot and door say nothing; null while they speak. */
  silentSinceMs: number | null = null;
  /** Whether a hand reached in through the door while they did: as while no program runs, nobody watched. */
  reachedUnseen = false;
  readonly #options: UniverseOptions;
  readonly #opened: { close(): void }[] = [];
  #kioskLife = 0;
  #centralLife = 0;
  #stirs = 0;
  #kioskDb: Uint8Array | null;
  #centralDb: Uint8Array | null;
  readonly #disks: Uint8Array[] = [];
  #wire: CabinetState['onTheWire'] = null;

  constructor(options: UniverseOptions) {
    const { town, from, branches = {}, trace = () => undefined } = options;
    this.#options = options;
    this.town = town;
    this.trace = trace;
    this.clock = stepClock(from.nowMs, () => this.stir());
    this.crowd = structuredClone(from.crowd);
    this.grants = [...from.grants];
    this.told = structuredClone(from.told);
    this.lives = from.lives;
    this.boards = from.boards;
    this.authority = { ...(from.authority ?? firstAuthority(options.town)) };
    this.#kioskDb = from.kioskDb;
    this.#centralDb = from.centralDb;
    if (options.keepsDisks) this.#disks.push(...(from.disks ?? []));
    const random = seededRandom(`cabinet|${from.lives}`);
    const clock = this.clock.view({ dead: false });
    this.physics = openPhysics({ from: from.cabinet, branches, clock, random, bitmaps: town.bitmaps });
    this.physics.world.onChange((now, before) => this.#seen(now, before));
    this.post = new Post(town.enrolment.kiosk, from.post, {
      sent: (moment, letter) => this.#letter('sent', moment, letter.to, letter.topic),
      delivered: (moment, letter) => this.#letter('delivered', moment, letter.to, letter.topic),
    });
  }

  get world(): World {
    return this.physics.world.now;
  }

  stir(): void {
    this.#stirs += 1;
  }

  startKiosk(): void {
    if (this.kiosk) return;
    this.lives += 1;
    this.told.starts = [...this.told.starts.slice(0, startsWritten(this).inAll), foundNow(this)];
    const oldJournals = openOldDisks(this.authority);
    this.#opened.push(...oldJournals.map(({ store }) => store));
    this.kiosk = openKiosk({
      ...this.#lifePorts('kiosk', this.#kioskDb),
      onOpen: (store) => {
        this.#disk.kiosk = store;
      },
      plugIn: (device) => this.#options.spy?.cable(this.physics.plugIn(device)) ?? this.physics.plugIn(device),
      connect: (owner, will) => this.post.connect('kiosk', owner, will),
      enrolment: this.authority.enrolment,
      boardBoot: this.boardBoot,
      oldJournals,
    });
    this.#opened.push(this.kiosk.store);
    this.#watchScreen(this.kiosk);
  }

  /** Where it lives already nothing happens: two events may both have promised to start it again. */
  startCentral(): void {
    if (this.central) return;
    this.lives += 1;
    this.central = openOffice({
      ...this.#lifePorts('central', this.#centralDb),
      onOpen: (store) => {
        this.#disk.central = store;
      },
      connect: (owner) => this.post.connect('central', owner),
      term: this.authority.term,
      grant: (line) => this.grants.push(line),
    });
    this.#opened.push(this.central.store);
  }

  killKiosk(): void {
    const { kiosk } = this;
    if (!kiosk) return;
    this.#kioskDb = this.kioskDb();
    kiosk.kill();
    this.kiosk = null;
    this.#disk.kiosk = null;
    this.#kioskLife = 0;
    this.post.hangUp('kiosk');
  }

  killCentral(): void {
    const { central } = this;
    if (!central) return;
    this.#centralDb = this.centralDb();
    central.kill();
    this.central = null;
    this.#disk.central = null;
    this.#centralLife = 0;
    this.post.hangUp('central');
  }

  /** The board loses its power, and every program on it with it. */
  boardStartsAnew(): void {
    this.boards += 1;
  }

  /** As an operating system would name this start of the board: as long as an id, and compared like one. */
  get boardBoot(): string {
    return `board-of-the-kiosk-${String(this.boards).padStart(3, '0')}`;
  }

  /** While the kiosk is dead: another disk lies in it, or none. */
  putKioskDisk(bytes: Uint8Array | null): void {
    this.#kioskDb = bytes;
  }

  /** While the office is dead: another database lies there. */
  putOfficeDisk(bytes: Uint8Array): void {
    this.#centralDb = bytes;
  }

  /** Nobody lives here any more. Memory databases and johnny-five's list of boards would outlive it otherwise. */
  end(): void {
    for (const life of [this.kiosk, this.central]) life?.kill();
    for (const store of this.#opened) store.close();
    this.clock.forget();
    five.Board.cache.length = 0;
  }

  /** What was handed to a cable and not yet read. */
  get wire(): CabinetState['onTheWire'] {
    return this.#wire;
  }

  /** How many old disks of the kiosk somebody keeps. */
  get disksKept(): number {
    return this.#disks.length;
  }

  /** The open database of a program that lives; null where none does. */
  storeOf(who: 'kiosk' | 'central'): MemoryStore | null {
    return this.#disk[who];
  }

  kioskDb = (): Uint8Array | null => this.#bytesOf(this.#disk.kiosk, this.#kioskDb);
  centralDb = (): Uint8Array | null => this.#bytesOf(this.#disk.central, this.#centralDb);

  /** The disks in use, from the moment they are opened: a program writes and sends before it is all there. */
  readonly #disk: Record<'kiosk' | 'central', MemoryStore | null> = { kiosk: null, central: null };
  #fresh = new Map<MemoryStore, Uint8Array>();
  #bytesOf(disk: MemoryStore | null, last: Uint8Array | null): Uint8Array | null {
    if (!disk) return last;
    const known = this.#fresh.get(disk) ?? disk.bytes();
    this.#fresh.set(disk, known);
    return known;
  }

  /** Everything as plain data. What was handed to a cable and not yet read goes with it. */
  save(): Tuple {
    return {
      nowMs: this.clock.nowMs,
      kioskDb: this.kioskDb(),
      centralDb: this.centralDb(),
      grants: [...this.grants],
      cabinet: { ...this.physics.save(), onTheWire: this.#wire },
      post: copyOf(this.post.state),
      crowd: structuredClone(this.crowd),
      lives: this.lives,
      boards: this.boards,
      told: structuredClone(this.told),
      ...(this.#options.keepsDisks && { disks: [...this.#disks] }),
      authority: { ...this.authority },
    };
  }

  /** Turns of the event loop and deliveries until nothing moves. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      const before = this.#stirs;
      await turn();
      if (this.post.deliver()) this.stir();
      quiet = this.#stirs === before ? quiet + 1 : 0;
    }
  }

  /** Lets `ms` pass for whoever lives. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.clock.nowMs + ms;
    await this.settle();
    while (this.clock.step(untilMs)) await this.settle();
  }

  /** Everybody does what they came for, until nobody is left and nothing is open or on its way. False: it never came to that. */
  async untilQuiet(limitMs = 600_000): Promise<boolean> {
    const untilMs = this.clock.nowMs + limitMs;
    for (let quietMs = -1; ; ) {
      await this.settle();
      if (act(this)) {
        this.stir();
        quietMs = -1;
        continue;
      }
      if (!isCalm(this)) quietMs = -1;
      else if (quietMs < 0) quietMs = this.clock.nowMs;
      else if (this.clock.nowMs - quietMs >= calmForMs(this)) return true;
      if (!this.clock.step(untilMs)) return false;
    }
  }

  #lifePorts(who: 'kiosk' | 'central', bytes: Uint8Array | null) {
    const { town } = this;
    const seed = `life ${this.lives}`;
    const sealer = plainSealer(seed);
    const ears = {
      write: (by: 'kiosk' | 'central', name: string, moment: Boundary['moment']) => this.#wrote(by, name, moment),
      refused: () => this.#options.onBoundary && this.counts.takeBack('store'), // as it was counted
      link: (device: string, sent: Uint8Array, moment: Boundary['moment']) => this.#linked(device, sent, moment),
    };
    const number = this.lives;
    const isOver = () => (who === 'kiosk' ? this.#kioskLife : this.#centralLife) !== number;
    const clock = this.clock.view({
      get dead() {
        return isOver();
      },
    });
    if (who === 'kiosk') this.#kioskLife = number;
    else this.#centralLife = number;
    const { spy } = this.#options;
    return { town, clock, sealer, seed, bytes, ears, log: this.#logOf(who), ...(spy && { onWrite: spy.committed }) };
  }

  #logOf(who: string): Log {
    const note = (fields: object, message: string) => {
      this.stir();
      this.logLines.push(`${who} ${message} ${JSON.stringify(fields)}`);
    };
    return { debug: () => undefined, info: note, warn: note, error: note };
  }

  /** Where nobody listens it needs no name. */
  #announce(kind: Boundary['kind'], moment: Boundary['moment'], what: () => string): void {
    this.stir();
    this.#options.onBoundary?.(this.counts.take({ kind, what: what(), moment }), this);
  }

  #wrote(who: 'kiosk' | 'central', name: string, moment: Boundary['moment']): void {
    const disk = this.#disk[who];
    if (moment === 'after' && disk) this.#fresh.delete(disk);
    if (moment === 'after' && who === 'kiosk' && name.startsWith('print.')) this.told.boxed = false;
    if (moment === 'after' && who === 'kiosk' && name === 'print.presenting') this.told.presentedIn = this.boards;
    if (moment === 'after' && who === 'kiosk' && this.#options.keepsDisks) this.#keepDisk();
    if (moment === 'after' && who === 'central' && this.#options.keepsOffice) this.#keepOffice();
    if (moment === 'after') this.trace(`${who} has written ${name}`);
    if (moment === 'after' && who === 'central') this.onOfficeWrite?.();
    this.#announce('store', moment, () => `${who} ${name}`);
  }

  #keepDisk(): void {
    const disk = this.kioskDb();
    if (disk) this.#disks.push(disk);
  }

  #keepOffice(): void {
    const disk = this.centralDb();
    if (disk) this.authority.officeDisks = [...this.authority.officeDisks, disk];
  }

  #linked(device: string, bytes: Uint8Array, moment: Boundary['moment']): void {
    const text = () => (device === 'card-printer' ? tellCommand(bytes) : `${bytes.length} bytes`);
    const unread = bytes.length >= halvesFrom ? bytes.subarray(bytes.length >> 1) : bytes;
    if (moment === 'before') mustBeStill(this, device === 'card-printer' && !/^R/.test(text()), text);
    if (moment === 'after') this.#wire = { device: device as never, bytes: unread.slice() };
    if (moment === 'after' && device === 'card-printer') this.#options.trace?.(`to the printer: ${text()}`);
    this.#announce('link', moment, () => `${device} ${text()}`);
    this.#wire = null;
  }

  #letter(kind: 'sent' | 'delivered', moment: 'before' | 'after', to: string, topic: string): boolean {
    const what = () => `to ${to}: ${topic.split('/').slice(3).join('/')}`;
    const lives = () => (kind === 'delivered' || to === 'central' ? true : this.central !== null);
    if (moment === 'after') this.#options.trace?.(`${kind} ${what()}`);
    if (moment === 'before') mustBeStill(this, kind === 'sent' && to === 'central', what);
    this.#announce(kind, moment, what);
    return lives();
  }

  #seen(now: World, before: World): void {
    this.stir();
    this.onWorld?.(now, before);
    const last = now.history.at(-1);
    if (last === before.history.at(-1)) return;
    if (last?.what === 'card rejected') this.told.boxed = true;
    mustBeStill(this, last?.what === 'shutter opened', () => 'open the shutter');
    if (last) this.trace(`in the cabinet: ${last.what}${last.card ? ` (${last.card})` : ''}`);
  }

  onWorld?: (now: World, before: World) => void;
  onOfficeWrite?: () => void;

  #watchScreen(kiosk: KioskLife): void {
    const look = async () => {
      for await (const state of kiosk.controller.kiosk.screen.changes(new AbortController().signal)) {
        if (kiosk.dead) return;
        this.stir();
        this.onScreen?.(state);
      }
    };
    void look();
  }

  onScreen?: (state: ScreenState) => void;
}
