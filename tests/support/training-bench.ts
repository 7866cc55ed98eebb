import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cabinet, openCabinet } from '#cabinet/cabinet.ts';
import { allAccounts } from '#controller/blanko/stock.ts';
import { openFaceRenderer } from '#controller/card-face/open-face-renderer.ts';
import { controllerMigrations } from '#controller/controller.ts';
import type { CabinetFile } from '#controller/devices/cabinet-file.ts';
import { type Devices, openDevices } from '#controller/devices/devices.ts';
import { recover } from '#controller/jobs/recover.ts';
import { type Journal, openJournal } from '#controller/journal/journal.ts';
import { type Desk, openDesk } from '#controller/operators/desk.ts';
import { type Desktop, openDesktop } from '#controller/operators/dossier.ts';
import { type Operators, openOperators } from '#controller/operators/operators.ts';
import { openStockRoom, type StockRoom } from '#controller/operators/stock-room.ts';
import { openTraining, type Training } from '#controller/operators/training.ts';
import type { Camera } from '#drivers/camera/camera.ts';
import { silentLog } from '#kit/log.ts';
import { type ManualClock, manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { openMemoryStore, type Store } from '#kit/store.ts';
import { two } from './desk-bench.ts';
import { inTime } from './job-bench.ts';

/** A printer that works at once needs none of a real one's waits. */
const quick = {
  ...{ pollEveryMs: 5, beforeEjectMs: 0, beforeRetryMs: 5, afterResetMs: 0, goneAfterMs: 300 },
  ...{ feedWithinMs: 2_000, lastPanelWithinMs: 2_000, presentWithinMs: 2_000, moveWithinMs: 2_000 },
  ...{ portReadyWithinMs: 2_000, idleWithinMs: 2_000 },
};

/** One process life of the operators' rooms beside a machine. */
export interface SchoolLife {
  journal: Journal;
  devices: Devices;
  operators: Operators;
  stock: StockRoom;
  desk: Desk;
  desktop: Desktop;
  training: Training;
  /** Names of the durable writes of this life, in order. */
  writes: string[];
  /** As SIGKILL: nothing more is written, and no more bytes. */
  ends(): Promise<void>;
}

/** A cabinet and its operators: three real blanks in the feeder, booked. */
export interface School extends AsyncDisposable {
  clock: ManualClock;
  cabinet: Cabinet;
  begins(): Promise<SchoolLife>;
  soon<T>(work: Promise<T>): Promise<T>;
  /** Whether somebody stands at the screen. */
  serves(somebody: boolean): void;
  /** The real ledger, without zeros. */
  real(): Record<string, number>;
}

/** With `openCamera` the desk has one that looks into the machine; the others of the cabinet do not need any. */
export async function openSchool(openCamera?: (clock: ManualClock) => Promise<Camera>): Promise<School> {
  const clock = manualClock();
  const camera = (await openCamera?.(clock)) ?? null;
  const random = seededRandom('training');
  const cabinet = await openCabinet({ clock, random, links: 'memory', pacing: 'zero' });
  const store = openMemoryStore({ migrations: controllerMigrations });
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-training-'));
  const soon = <T>(work: Promise<T>) => inTime(clock, work);
  const lives: SchoolLife[] = [];
  let serving = false;
  cabinet.world.loadHopper(3);

  async function begins(): Promise<SchoolLife> {
    const end = new AbortController();
    const writes: string[] = [];
    const disk = until(end.signal, store, writes);
    const file = cabinet.devicesFile() as CabinetFile;
    const devicesFile = { ...file, camera: null, cardPrinter: { ...file.cardPrinter, timing: quick } };
    const devices = openDevices({ cabinet: devicesFile, clock, random, log: silentLog, openLink: cabinet.openLink });
    const running = devices.run(end.signal).catch(() => undefined);
    const journal = openJournal({ store: disk, clock, kiosk: 'SU1-A', epoch: 1, boot: `boot-${lives.length}` });
    const { printer, panel } = devices;
    const rooms = { journal, store: disk, clock, idle: () => !serving, life: () => end.signal };
    const nothing = () => undefined;
    const renderer = openFaceRenderer({ workFolder: folder });
    const life: SchoolLife = {
      ...{ journal, devices, writes },
      operators: openOperators(journal, disk, nothing),
      stock: openStockRoom(journal, disk, nothing),
      desk: openDesk(journal, disk, nothing),
      desktop: openDesktop({ ...rooms, devices: Object.create(devices, { camera: { value: camera } }) }),
      training: openTraining({ ...rooms, printer, panel, renderer, changed: nothing }),
      async ends() {
        end.abort(new Error('the life is over'));
        await soon(running);
      },
    };
    lives.push(life);
    await soon(waitForDevices(devices, clock));
    if (!life.training.on) await soon(recover({ journal, store: disk, clock, printer, panel }, end.signal));
    return life;
  }

  return {
    clock,
    cabinet,
    begins,
    soon,
    serves(somebody) {
      serving = somebody;
    },
    real: () => Object.fromEntries(Object.entries(allAccounts(store)).filter(([, count]) => count !== 0)),
    async [Symbol.asyncDispose]() {
      for (const life of lives) await life.ends();
      await camera?.[Symbol.asyncDispose]();
      await cabinet[Symbol.asyncDispose]();
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A life in which training is on, with so many SPECIMEN in the feeder, booked. */
export async function openTrainingSchool(cards: number): Promise<School & { life: SchoolLife }> {
  const school = await openSchool();
  const life = await school.begins();
  const { stock, training } = life;
  stock.load({ count: 3, document: 'BA-0001', by: two });
  school.cabinet.world.emptyFeeder();
  stock.unload({ count: 3, document: 'BA-0002', by: two });
  await school.soon(training.turnOn({ by: two }));
  if (cards > 0) school.cabinet.world.loadHopper(cards);
  if (cards > 0) training.load({ count: cards, document: 'SP-0001', by: two });
  return { ...school, life };
}

/** A store that a dead life writes nothing to. */
function until(signal: AbortSignal, store: Store, writes: string[]): Store {
  return {
    ...store,
    write(name, work) {
      signal.throwIfAborted();
      const result = store.write(name, work);
      writes.push(name);
      return result;
    },
    read: store.read,
  };
}

async function waitForDevices({ printer, panel }: Devices, clock: ManualClock): Promise<void> {
  const { signal } = new AbortController();
  for await (const sensors of panel.watch(signal)) if (!Object.values(sensors).includes('unknown')) break;
  while (printer.status.state === 'away') await clock.sleep(10, signal);
}
