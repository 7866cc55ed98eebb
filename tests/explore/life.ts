import { devicesFile } from '#cabinet/devices-file.ts';
import { usualPins } from '#cabinet/simulators.ts';
import type { Device } from '#cabinet/world/plain.ts';
import { type Central, centralMigrations, openCentral } from '#central/central.ts';
import type { GrantsLog } from '#central/rights/grants-log.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import { type Controller, controllerMigrations, openController } from '#controller/controller.ts';
import type { CabinetFile } from '#controller/devices/cabinet-file.ts';
import { openDevices } from '#controller/devices/devices.ts';
import type { OldJournal } from '#controller/journal/old-epoch.ts';
import { lastWill } from '#controller/uplink/uplink.ts';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Carrier } from '#kit/carrier.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import { newId, type Random, seededRandom } from '#kit/random.ts';
import type { Sealer } from '#kit/sealer.ts';
import { type MemoryStore, openMemoryStore, type Store, StoreBroken } from '#kit/store.ts';
import { type Alive, turn } from './time.ts';
import type { Town } from './town.ts';

export type Moment = 'before' | 'half' | 'after';

/** What the ports of a life announce, just before and just after they do it. False: this life ends here. */
export interface Ears {
  write(who: 'kiosk' | 'central', name: string, moment: Moment): void;
  /** The work of the write that was announced threw: it was rolled back. */
  refused(): void;
  link(device: Device, bytes: Uint8Array, moment: Moment): void;
}

export interface LifePorts {
  town: Town;
  clock: Clock;
  sealer: Sealer;
  /** Distinguishes the random numbers of one life from those of the next. */
  seed: string;
  bytes: Uint8Array | null;
  /** Told by the store itself, after each commit. */
  onWrite?: () => void;
  /** Told the disk before anything is written to it. */
  onOpen?: (store: MemoryStore) => void;
  ears: Ears;
  log: Log;
}

/** One process life. Dropped, it does nothing more: its ports are inert, whatever its promises still do. */
export interface Life extends Alive {
  readonly store: MemoryStore;
  /** Why it ended by itself; null while it runs, or when it was killed. */
  readonly fault: string | null;
  kill(): void;
}

export interface KioskLife extends Life {
  readonly controller: Controller;
  /** Its disk has failed it: nothing is read or written any more, and the process is about to end. */
  readonly hasFailedDisk: boolean;
  failDisk(): void;
  /** Settles when the program has ended by itself. */
  readonly ended: Promise<void>;
}

/** What staff of the office work with, as the program lends it to them. */
export interface OfficeRoom {
  store: Store;
  clock: Clock;
  random: Random;
  sealer: Sealer;
  lookupKey: Uint8Array;
  grantsLog: GrantsLog;
  central: Central;
}

export interface OfficeLife extends Life {
  readonly room: OfficeRoom;
}

class Handle implements Alive {
  dead = false;
  hasFailedDisk = false;
  fault: string | null = null;
}

export function openKiosk(
  ports: LifePorts & {
    plugIn: (device: Device) => ByteLink;
    connect: (owner: Alive, will: Will) => Carrier;
    enrolment: Enrolment;
    boardBoot: string;
    oldJournals: readonly OldJournal[];
  },
): KioskLife {
  const { town, clock, sealer, seed, log } = ports;
  const random = seededRandom(`${seed}|kiosk`);
  const owner = new Handle();
  const inner = openMemoryStore({
    migrations: controllerMigrations,
    ...(ports.bytes && { from: ports.bytes }),
    ...(ports.onWrite && { onWrite: ports.onWrite }),
  });
  ports.onOpen?.(inner);
  const links: ByteLink[] = [];
  const boot = newId(random);
  const { enrolment, boardBoot, oldJournals } = ports;
  const will = lastWill(enrolment, enrolment.epoch, boot, clock.wallMs());
  const devices = openDevices({
    ...{ cabinet: devicesFile(null, usualPins, { pacing: 'zero' }) as CabinetFile, clock, random, log },
    openLink: (device) => async () => {
      if (owner.dead) return new Promise<never>(() => undefined);
      const near = ports.plugIn(device as Device);
      links.push(near);
      return heardLink(owner, near, device as Device, ports.ears);
    },
  });
  const stop = new AbortController();
  const controller = openController({
    ...{ clock, random, log, sealer, devices, enrolment, boot, boardBoot, renderer: town.renderer, secondsPerCard: 25 },
    ...{ oldJournals, keys: town.kioskKeys },
    store: heardStore(owner, inner, 'kiosk', ports.ears),
    carrier: ports.connect(owner, will),
  });
  const ended = controller.run(stop.signal).catch((error: unknown) => {
    if (owner.dead) return;
    owner.fault = String(error);
    if (!(error instanceof StoreBroken)) owner.fault = (error as Error).stack ?? owner.fault;
  });
  return {
    ...living(owner, inner),
    controller,
    ended,
    get hasFailedDisk() {
      return owner.hasFailedDisk;
    },
    failDisk() {
      owner.hasFailedDisk = true;
    },
    kill() {
      owner.dead = true;
      for (const link of links) void link[Symbol.asyncDispose]();
    },
  };
}

type Will = { topic: string; payload: string };

export function openOffice(
  ports: LifePorts & { connect: (owner: Alive) => Carrier; grant: (line: string) => void; term: number },
): OfficeLife {
  const { town, clock, sealer, seed, log } = ports;
  const owner = new Handle();
  const inner = openMemoryStore({
    ...{ migrations: centralMigrations, from: ports.bytes ?? town.centralBytes },
    ...(ports.onWrite && { onWrite: ports.onWrite }),
  });
  ports.onOpen?.(inner);
  const keys = { sealing: town.keys.sealing.privateKey, signing: town.keys.signing.privateKey };
  const grantsLog = {
    append: (grant: object) => {
      if (!owner.dead) ports.grant(JSON.stringify(grant));
    },
    close: () => undefined,
  };
  const random: Random = seededRandom(`${seed}|central`);
  const store = heardStore(owner, inner, 'central', ports.ears);
  const central = openCentral({
    ...{ store, clock, random, sealer, log, keys, grantsLog, lookupKey: town.lookupKey, term: ports.term },
    carrier: ports.connect(owner),
  });
  central.run(new AbortController().signal).catch((error: unknown) => {
    if (!owner.dead) owner.fault = String(error);
  });
  return {
    ...living(owner, inner),
    room: { store, clock, random, sealer, lookupKey: town.lookupKey, grantsLog, central },
    kill() {
      owner.dead = true;
    },
  };
}

function living(owner: Handle, store: MemoryStore) {
  return {
    get dead() {
      return owner.dead;
    },
    get fault() {
      return owner.fault;
    },
    store,
  };
}

/** What the port of a dead process answers, or of one whose disk has failed: like a disk that is gone. */
export class LifeOver extends StoreBroken {}

/** A dead process reads and writes nothing, nor does one whose disk has failed: what was written then may be kept or not. */
function heardStore(owner: Handle, inner: Store, who: 'kiosk' | 'central', ears: Ears): Store {
  const mustLive = (name: string) => {
    if (owner.dead) throw new LifeOver(`${name}: this life has ended`);
    if (owner.hasFailedDisk) throw new LifeOver(`${name}: the disk has failed`);
  };
  return {
    write(name, work) {
      mustLive(name);
      ears.write(who, name, 'before');
      mustLive(name);
      const result = written(() => inner.write(name, work), ears);
      ears.write(who, name, 'after');
      mustLive(name);
      return result;
    },
    read(work) {
      mustLive('read');
      return inner.read(work);
    },
    close: () => undefined,
    [Symbol.dispose]: () => undefined,
  };
}

function written<T>(write: () => T, ears: Ears): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof StoreBroken)) ears.refused();
    throw error;
  }
}

/** Above this a write is a panel on its way, which a death can cut in the middle. */
export const halvesFrom = 4_096;

/** The command as text; a panel by its length. */
export function tellCommand(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, 24))
    .toString('latin1')
    .replace(/[^ -~]/g, '');
  return bytes.length >= halvesFrom ? `${text.slice(0, 8)} (${bytes.length} bytes)` : text;
}

function heardLink(owner: Handle, near: ByteLink, device: Device, ears: Ears): ByteLink {
  const never = () => new Promise<never>(() => undefined);
  const { control } = near;
  const hand = async (bytes: Uint8Array, options: Parameters<ByteLink['write']>[1]): Promise<void> => {
    if (owner.dead) return never();
    ears.link(device, bytes, 'before');
    if (owner.dead) return never();
    let rest = bytes;
    if (bytes.length >= halvesFrom) {
      rest = bytes.subarray(bytes.length >> 1);
      await near.write(bytes.subarray(0, bytes.length >> 1), options);
      await turn(); // the far end has read it by now
      if (!owner.dead) ears.link(device, bytes, 'half');
      if (owner.dead) return never();
    }
    const done = near.write(rest, options);
    ears.link(device, bytes, 'after'); // before the far end had a turn
    await done;
    return owner.dead ? never() : undefined;
  };
  return {
    write: hand,
    incoming: whileAlive(owner, near.incoming),
    closed: near.closed.then((end) => (owner.dead ? never() : end)),
    ...(control && { control }),
    [Symbol.asyncDispose]: () => (owner.dead ? Promise.resolve() : near[Symbol.asyncDispose]()),
  };
}

async function* whileAlive<T>(owner: Handle, incoming: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const item of incoming) {
    if (owner.dead) await new Promise<never>(() => undefined);
    yield item;
  }
}
