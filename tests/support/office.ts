import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBroker } from '#central/broker/broker.ts';
import { centralMigrations, openCentral } from '#central/central.ts';
import { kioskRow, passwordHash, registerKiosk } from '#central/enrolment/enrolment.ts';
import { openGrantsLog } from '#central/rights/grants-log.ts';
import { may } from '#contract/uplink/acl.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import type { Carrier } from '#kit/carrier.ts';
import type { Clock } from '#kit/clock.ts';
import { silentLog } from '#kit/log.ts';
import { memoryBroker, type WireFaults } from '#kit/memory-broker.ts';
import { openMqttCarrier } from '#kit/mqtt-carrier.ts';
import { seededRandom } from '#kit/random.ts';
import { joseSealer, type KeyPair } from '#kit/sealer.ts';
import { openMemoryStore, type Store } from '#kit/store.ts';

export const seberangUlu1 = {
  code: 'SU1',
  name: 'Seberang Ulu I',
  kind: 'KECAMATAN' as const,
  kecamatanCode: '16.71.02',
  cityCode: '16.71',
  city: 'KOTA PALEMBANG',
  province: 'PROVINSI SUMATERA SELATAN',
};

/** A wire between offices and kiosks: in memory and as bad as asked, or real MQTT over loopback TCP. */
export interface Wire extends AsyncDisposable {
  central(): Carrier;
  kiosk(enrolment: Enrolment, password: string): Carrier;
}

export interface Office extends AsyncDisposable {
  store: Store;
  keys: { sealing: KeyPair; signing: KeyPair };
  lookupKey: Uint8Array;
  grantsLogPath: string;
  register(kiosk: string): Promise<{ enrolment: Enrolment; password: string; sealingKey: KeyPair }>;
  /** Ends central's process life as SIGKILL does and starts another over the same database. */
  restart(): Promise<void>;
  running: Promise<void>;
}

export function lossyWire(
  seed: string,
  faults: Partial<WireFaults>,
): Wire & { broker: ReturnType<typeof memoryBroker> } {
  const speaker = (id: string) =>
    id === 'central' ? { side: 'central' as const } : { side: 'kiosk' as const, kiosk: id };
  const broker = memoryBroker({
    random: seededRandom(seed),
    faults,
    may: (id, action, topic) => may(speaker(id), action, topic),
  });
  return {
    broker,
    central: () => broker.connect('central'),
    kiosk: ({ kiosk }) => broker.connect(kiosk),
    async [Symbol.asyncDispose]() {},
  };
}

export async function mqttWire(store: Store): Promise<Wire> {
  const officePassword = 'only in this process';
  const broker = await openBroker({
    host: '127.0.0.1',
    port: 0,
    authenticate(name, password) {
      if (name === 'central') return password === officePassword ? { side: 'central' } : null;
      const row = store.read((db) => kioskRow(db, name));
      return row?.passwordHash === passwordHash(password) ? { side: 'kiosk', kiosk: name } : null;
    },
  });
  const url = `mqtt://127.0.0.1:${broker.port}`;
  return {
    central: () =>
      openMqttCarrier({ url, clientId: 'central', username: 'central', password: officePassword, reconnectMs: 50 }),
    kiosk: ({ kiosk }, password) =>
      openMqttCarrier({ url, clientId: kiosk, username: kiosk, password, reconnectMs: 50 }),
    [Symbol.asyncDispose]: () => broker[Symbol.asyncDispose](),
  };
}

export async function openOffice(
  wire: (store: Store) => Promise<Wire>,
  clock: Clock,
  seed = 'office',
): Promise<Office & { wire: Wire }> {
  const store = openMemoryStore({ migrations: centralMigrations });
  const random = seededRandom(seed);
  const keys = { sealing: await joseSealer.newSealingKey(), signing: await joseSealer.newSigningKey() };
  const lookupKey = random.bytes(32);
  const grantsLogPath = join(mkdtempSync(join(tmpdir(), 'anjungan-grants-')), 'grants.jsonl');
  const carriers = await wire(store);
  let life = begin();

  function begin() {
    const stop = new AbortController();
    const carrier = carriers.central();
    const grantsLog = openGrantsLog(grantsLogPath);
    const central = openCentral({
      store,
      carrier,
      clock,
      random,
      sealer: joseSealer,
      log: silentLog,
      grantsLog,
      keys: { sealing: keys.sealing.privateKey, signing: keys.signing.privateKey },
      lookupKey,
      term: 1,
    });
    const running = central.run(stop.signal);
    const end = async () => {
      stop.abort();
      grantsLog.close();
      await carrier[Symbol.asyncDispose]();
    };
    return { running, end };
  }

  const office = {
    store,
    clock,
    random,
    sealer: joseSealer,
    keys: { sealing: keys.sealing.publicKey, signing: keys.signing.publicKey },
    brokerUrl: 'memory',
  };
  return {
    store,
    keys,
    lookupKey,
    grantsLogPath,
    wire: carriers,
    get running() {
      return life.running;
    },
    async register(kiosk) {
      const sealingKey = await joseSealer.newSealingKey();
      const enrolment = await registerKiosk(
        office,
        { v: 1, kiosk, sealingKey: sealingKey.publicKey as never },
        { shard: 'plg', site: seberangUlu1 },
      );
      return {
        enrolment,
        sealingKey,
        password: await joseSealer.open(enrolment.sealedPassword, sealingKey.privateKey),
      };
    },
    async restart() {
      await life.end();
      life = begin();
    },
    async [Symbol.asyncDispose]() {
      await life.end();
      await carriers[Symbol.asyncDispose]();
      store.close();
    },
  };
}
