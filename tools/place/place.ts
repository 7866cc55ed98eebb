import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Cabinet, openCabinet } from '#cabinet/cabinet.ts';
import type { FingerPicture } from '#cabinet/finger-picture.ts';
import type { Pacing } from '#cabinet/pacing.ts';
import type { CardPrinterTraits } from '#cabinet/simulators.ts';
import type { NewWorld } from '#cabinet/world/plain.ts';
import { importFileDrop } from '#central/gateway/file-drop/file-drop.ts';
import { type Office, openOffice } from '#central/office.ts';
import type { EnrolmentRequest, SiteInfo } from '#contract/uplink/enrolment.ts';
import { openFaceRenderer } from '#controller/card-face/open-face-renderer.ts';
import { type Controller, controllerMigrations, openController } from '#controller/controller.ts';
import type { CabinetFile } from '#controller/devices/cabinet-file.ts';
import { type Devices, openDevices } from '#controller/devices/devices.ts';
import { type KioskFiles, openKioskFiles } from '#controller/kiosk-files.ts';
import { lastWill } from '#controller/uplink/uplink.ts';
import { systemBoardBoot } from '#kit/board-boot.ts';
import { dayAt } from '#kit/civil-date.ts';
import type { Clock } from '#kit/clock.ts';
import { askControl } from '#kit/control-socket.ts';
import type { Log } from '#kit/log.ts';
import { openMqttCarrier } from '#kit/mqtt-carrier.ts';
import { newId, type Random } from '#kit/random.ts';
import { joseSealer } from '#kit/sealer.ts';
import { writeWhole } from '#kit/state-folder.ts';
import { openFileStore, type Store } from '#kit/store.ts';
import { demoRecords } from '#tools/population/demo-citizens.ts';
import { writeDemoDrop } from '#tools/population/population.ts';

export interface PlaceOptions {
  folder: string;
  clock: Clock;
  random: Random;
  log: Log;
  pacing: Pacing;
  links: 'memory' | 'sockets';
  begin?: NewWorld;
  cardPrinter?: CardPrinterTraits;
  onWrite?: (name: string) => void;
  dayLimit?: number;
  /** The name of the board's start; the system's unless told. */
  boardBoot?: () => string | null;
  /** Where pictures of fingers come from; without it no scanner stands in the cabinet. */
  fingerPicture?: FingerPicture;
  /** Where the demo citizens' file drops are kept; the place's own folder unless told. */
  demoDrops?: string;
  /** What the registry delivers, made of the demo citizens' drop; that drop as it is unless told. */
  delivered?: (demoDrop: string) => Promise<string>;
}

/** One life of the controller: ended by dropping it, as SIGKILL does, or by `stop`. */
export interface KioskLife {
  readonly devices: Devices;
  readonly controller: Controller;
  readonly store: Store;
  readonly running: Promise<void>;
  stop(): Promise<void>;
}

export interface Place extends AsyncDisposable {
  readonly cabinet: Cabinet;
  office: Office;
  kiosk: KioskLife;
  restartKiosk(): Promise<void>;
  restartOffice(): Promise<void>;
}

export const demoKiosk = 'SU1-A';
export const demoSite: SiteInfo = {
  code: 'SU1',
  name: 'Seberang Ulu I',
  kind: 'KECAMATAN',
  kecamatanCode: '16.71.02',
  cityCode: '16.71',
  city: 'Kota Palembang',
  province: 'Sumatera Selatan',
};

/** Opens everything over one folder; a second opening continues where the first left off. */
export async function openPlace(options: PlaceOptions): Promise<Place> {
  const { folder, clock, random, log, pacing, links, begin, cardPrinter, fingerPicture } = options;
  const cabinet = await openCabinet({
    clock,
    random,
    pacing,
    log,
    links: links === 'memory' ? 'memory' : { socketsIn: join(folder, 'sockets') },
    folder: join(folder, 'cabinet'),
    ...(begin && { begin }),
    ...(cardPrinter && { cardPrinter }),
    ...(fingerPicture && { fingerPicture }),
  });
  const office = await officeIn(options, 0);
  const { port } = office.broker;
  await importDemo(options, office);
  const files = await enrolled(options, office);
  const place: Place = {
    cabinet,
    office,
    kiosk: await liveKiosk(options, files, cabinet),
    async restartKiosk() {
      await place.kiosk.stop();
      place.kiosk = await liveKiosk(options, files, cabinet);
    },
    async restartOffice() {
      await place.office[Symbol.asyncDispose]();
      place.office = await officeIn(options, port);
    },
    async [Symbol.asyncDispose]() {
      await place.kiosk.stop();
      await place.office[Symbol.asyncDispose]();
      await cabinet[Symbol.asyncDispose]();
    },
  };
  return place;
}

function officeIn({ folder, clock, random, log }: PlaceOptions, brokerPort: number): Promise<Office> {
  return openOffice({
    clock,
    random,
    sealer: joseSealer,
    log,
    folder: join(folder, 'central'),
    host: '127.0.0.1',
    brokerPort,
    consolePort: null,
  });
}

async function importDemo(
  { folder, clock, demoDrops, delivered = async (drop) => drop }: PlaceOptions,
  { store, lookupKey }: Office,
): Promise<void> {
  const drop = await demoDropOf(demoDrops ?? folder, dayAt(clock.wallMs()));
  await importFileDrop(await delivered(drop), { store, clock, lookupKey });
}

/** The demo citizens as a file drop of this day: drawn once, and kept for whoever opens a place with the same people. */
export async function demoDropOf(folder: string, day: string): Promise<string> {
  const people = createHash('sha256')
    .update(JSON.stringify(demoRecords(day)))
    .digest('hex');
  const drop = join(folder, `demo-drop-${day}-${people.slice(0, 12)}`);
  if (existsSync(join(drop, 'dataset.json'))) return drop;
  const half = `${drop}.${process.pid}`;
  await writeDemoDrop(half, day);
  if (!existsSync(drop)) renameSync(half, drop);
  else rmSync(half, { recursive: true });
  return drop;
}

/** The same way as any kiosk: a request file, the office's command, an enrolment file. */
async function enrolled({ folder }: PlaceOptions, office: Office): Promise<KioskFiles> {
  const files = await openKioskFiles(join(folder, 'kiosk'), demoKiosk, joseSealer);
  const request: EnrolmentRequest = {
    v: 1,
    kiosk: demoKiosk,
    sealingKey: files.keys.publicKey as EnrolmentRequest['sealingKey'],
  };
  const enrolment = await askControl(office.controlPath, 'register-kiosk', { request, shard: 'plg', site: demoSite });
  writeWhole(files.enrolmentPath, JSON.stringify(enrolment));
  return files;
}

async function liveKiosk(options: PlaceOptions, files: KioskFiles, cabinet: Cabinet): Promise<KioskLife> {
  const { clock, random, log, folder, onWrite, dayLimit } = options;
  const known = await files.enrolment();
  if (!known) throw new Error('the kiosk is not enrolled');
  const { enrolment, password } = known;
  const boot = newId(random);
  const store = openFileStore(files.journalPath(enrolment.epoch), {
    migrations: controllerMigrations,
    ...(onWrite && { onWrite }),
  });
  const carrier = openMqttCarrier({
    url: enrolment.brokerUrl,
    clientId: enrolment.kiosk,
    username: enrolment.kiosk,
    password,
    will: lastWill(enrolment, enrolment.epoch, boot, clock.wallMs()),
    reconnectMs: 100,
  });
  const file = cabinet.devicesFile() as CabinetFile;
  const inMemory = options.links === 'memory';
  const devices = openDevices({ cabinet: file, clock, random, log, ...(inMemory && { openLink: cabinet.openLink }) });
  const controller = openController({
    clock,
    random,
    log,
    store,
    carrier,
    sealer: joseSealer,
    renderer: openFaceRenderer({ workFolder: join(folder, 'fonts') }),
    devices,
    enrolment,
    keys: files.keys,
    boot,
    boardBoot: (options.boardBoot ?? systemBoardBoot)(),
    secondsPerCard: file.cardPrinter.secondsPerCard,
    ...(dayLimit !== undefined && { dayLimit }),
  });
  const end = new AbortController();
  const running = controller.run(end.signal);
  running.catch(() => undefined); // whoever opened the place waits for it
  return {
    devices,
    controller,
    store,
    running,
    async stop() {
      end.abort();
      await carrier[Symbol.asyncDispose]();
      await running.catch(() => undefined);
      store.close();
    },
  };
}
