import type { Message } from '#contract/uplink/messages.ts';
import type { Place } from '#contract/uplink/topics.ts';
import { moveBlanko } from '#controller/blanko/stock.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { openJournal } from '#controller/journal/journal.ts';
import { openLeases } from '#controller/leases/leases.ts';
import { openUplink } from '#controller/uplink/uplink.ts';
import type { PanelSensors } from '#drivers/panel/panel.ts';
import { Remembered } from '#kit/async.ts';
import type { Carrier } from '#kit/carrier.ts';
import { silentLog } from '#kit/log.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { memoryBroker } from '#kit/memory-broker.ts';
import { seededRandom } from '#kit/random.ts';
import { joseSealer, type KeyPair, type Sealer } from '#kit/sealer.ts';
import { type MemoryStore, openMemoryStore, StoreBroken } from '#kit/store.ts';
import { openAuthority } from './authority.ts';
import { type Person, testCentral } from './test-central.ts';

export const rani: Person = {
  ...{ rightId: 'right-rani', code: '48210007', nik: '1671024102000000', pin: '48213', name: 'RANI' },
};
export const amin: Person = {
  ...{ rightId: 'right-amin', code: '48210015', nik: '1671020102000000', pin: '99130', name: 'AMIN' },
};
const place: Place = { shard: 'plg', kiosk: 'SU1-A' };
const calm: PanelSensors = { cardAtExit: false, shutterClosed: true, doorClosed: true, mainsPresent: true };
const keysMade = Promise.all([joseSealer.newSigningKey(), joseSealer.newSealingKey(), joseSealer.newSealingKey()]);

export type Town = Awaited<ReturnType<typeof openTown>>;

/** A central, a broker, and a kiosk whose lives can be ended at any write and begun again from what was on its disk. */
export async function openTown() {
  const [signing, own, another] = (await keysMade) as [KeyPair, KeyPair, KeyPair];
  const clock = manualClock();
  const broker = memoryBroker({ random: seededRandom('town') });
  const { sealer, busy } = heardSealer();
  const central = testCentral({ carrier: broker.connect('central'), clock, sealer }, signing, place, [rani, amin]);
  void central.run();
  central.sayPresent();
  const disk = { bytes: undefined as Uint8Array | undefined, writes: [] as string[], diesAfter: -1 };
  const panel = new Remembered<PanelSensors>(calm);
  const around = { officer: false, forbidden: false, unmet: false, keys: own };
  let lives = 0;

  async function life(wasClean = true) {
    lives += 1;
    const store = openMemoryStore({
      migrations: controllerMigrations,
      ...(disk.bytes && { from: disk.bytes }),
      onWrite: written,
    });
    let dead = false;
    function written(name: string): void {
      if (dead) throw new StoreBroken('this life is over');
      disk.bytes = store.bytes();
      if (name === 'acked') return; // when that one comes is a matter of idle time
      disk.writes.push(name);
      if (disk.writes.length !== disk.diesAfter) return;
      kill();
      throw new StoreBroken(`killed after ${name}`);
    }
    const carrier = broker.connect(place.kiosk);
    const kiosk = openLife(store, carrier, `boot-${lives}`);
    const stop = new AbortController();
    function kill(): void {
      dead = true;
      stop.abort();
      void carrier[Symbol.asyncDispose]();
    }
    const running = kiosk.run(wasClean, stop.signal).catch((error: unknown) => {
      if (!dead) throw error;
    });
    running.catch(() => undefined);
    return {
      ...kiosk,
      store,
      running,
      dies: kill,
      get isDead() {
        return dead;
      },
    };
  }

  function openLife(store: MemoryStore, carrier: Carrier, boot: string) {
    const journal = openJournal({ store, clock, kiosk: place.kiosk, epoch: 1, boot });
    const uplink = openUplink({
      ...{ carrier, journal, clock, log: silentLog, place, snapshot, onLate() {} },
      onCommand: (cmd) => authority.command(cmd),
      onTerm: (term) => authority.sawTerm(term),
    });
    const leases = openLeases({ store, journal, clock, sealer, centralSigningKey: signing.publicKey });
    const authority = openAuthority({
      ...{ store, journal, clock, random: seededRandom(boot), log: silentLog, sealer, keys: around.keys },
      ...{ centralSigningKey: signing.publicKey, uplink: () => uplink, changed() {} },
      panel: {
        watch: (signal) => panel.changes(signal),
        get sensors() {
          return panel.value;
        },
      },
      session: () => around.officer,
      offlineForbidden: () => around.forbidden,
    });
    function snapshot(): Message<'state'> {
      return { v: 1, dev: place.kiosk, epoch: 1, online: true, session: boot, at: clock.wallMs() };
    }
    async function run(wasClean: boolean, signal: AbortSignal): Promise<void> {
      journal.record('kiosk.started', (append, db) => {
        append({ type: 'kiosk.started', data: { software: 'test', cleanStop: wasClean, openAttempts: 0 } });
        if (lives === 1) moveBlanko(append, db, { from: 'kecamatan-safe', to: 'hopper', count: 9, evidence: 'BA-1' });
      });
      authority.begin(wasClean);
      if (!around.unmet) authority.printerCompared();
      if (authority.mayEnd()) leases.voidAllUnused('restart');
      await Promise.all([uplink.run(signal), authority.run(signal)]);
    }
    const types = () => journal.entries(1, journal.head().seq).map(({ type }) => type);
    return { journal, uplink, leases, authority, types, run };
  }

  /** Lets everything that is under way come to its end, or time pass until `wanted` holds. */
  async function until(wanted: () => boolean, what = 'it never came to it'): Promise<void> {
    for (let turn = 0; !wanted(); turn += 1) {
      if (turn > 2_000) throw new Error(what);
      while (busy.size > 0) await Promise.allSettled(busy); // crypto takes as long as the machine needs
      await clock.advance(turn < 200 ? 0 : 100);
    }
  }

  return { clock, broker, central, disk, panel, around, anotherKey: another, life, until };
}

/** The real one, and what of its work is under way. */
function heardSealer(): { sealer: Sealer; busy: Set<Promise<unknown>> } {
  const busy = new Set<Promise<unknown>>();
  const heard =
    <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> => {
      const done = work(...args);
      busy.add(done);
      const over = () => void busy.delete(done);
      done.then(over, over);
      return done;
    };
  const { newSigningKey, newSealingKey, sign, verify, seal, open } = joseSealer;
  const sealer = {
    ...{ newSigningKey: heard(newSigningKey), newSealingKey: heard(newSealingKey), sign: heard(sign) },
    ...{ verify: heard(verify), seal: heard(seal), open: heard(open) },
  };
  return { sealer, busy };
}

export type Life = Awaited<ReturnType<Town['life']>>;

/** Central away, as a cut line shows it. */
export async function cutLine({ broker, clock }: Town, { uplink }: Life): Promise<void> {
  broker.cut(place.kiosk);
  while (uplink.central.value !== 'away') await clock.advance(0);
}

/** One right that lies here ahead of time, known to both sides. */
export async function withLease(town: Town, life: Life, person = rani): Promise<string> {
  const cmdId = town.central.orders('take-lease', { rightId: person.rightId });
  const done = () => town.central.of('command.done').some(({ data }) => data.cmdId === cmdId);
  await town.until(done, 'the lease never came');
  return leaseOf(life, person);
}

export function leaseOf({ authority }: Life, person = rani): string {
  const line = authority.leases().find(({ right, state }) => right === person.rightId && state === 'kept');
  if (!line?.lease) throw new Error(`no lease is kept for ${person.name}`);
  return line.lease;
}
