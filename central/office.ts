import { join } from 'node:path';
import type { Clock } from '#kit/clock.ts';
import { serveControl } from '#kit/control-socket.ts';
import type { Log } from '#kit/log.ts';
import { openMqttCarrier } from '#kit/mqtt-carrier.ts';
import { newId, type Random } from '#kit/random.ts';
import type { KeyPair, Sealer } from '#kit/sealer.ts';
import { readOrMake, stateFolder } from '#kit/state-folder.ts';
import { openFileStore, type Store } from '#kit/store.ts';
import { type Broker, openBroker } from './broker/broker.ts';
import { type Central, centralMigrations, openCentral } from './central.ts';
import { controlSocketName } from './commands/cli.ts';
import { kioskRow, passwordHash } from './enrolment/enrolment.ts';
import { officeCommands } from './office-commands.ts';
import { databaseName, openTerm, readyToOpen } from './restore/term.ts';
import { grantedSoFar, openGrantsLog } from './rights/grants-log.ts';

export interface OfficePorts {
  clock: Clock;
  random: Random;
  sealer: Sealer;
  log: Log;
  folder: string;
  host: string;
  /** 0 = chosen by the system. */
  brokerPort: number;
  /** A broker outside, `mqtt://HOST:PORT`, that knows the same passwords; none is opened inside then. */
  brokerUrl?: string;
  /** Null opens no console. */
  consolePort: number | null;
  /** The grants log stands on a second medium where there is one. */
  grantsLogPath?: string;
}

/** The whole office in one process: broker, central, console, and the socket that staff commands come through. */
export interface Office extends AsyncDisposable {
  readonly store: Store;
  readonly central: Central;
  readonly broker: Broker;
  /** Where kiosks find the broker: it stands in their enrolment files. */
  readonly brokerUrl: string;
  readonly console: { url: string; firstPassword: string | null } | null;
  readonly lookupKey: Uint8Array;
  readonly controlPath: string;
  /** Resolves when central ended; rejects when its store broke. */
  readonly running: Promise<void>;
}

interface Secrets {
  sealing: KeyPair;
  signing: KeyPair;
  lookupKey: string;
  brokerPassword: string;
}

export { controlSocketName };
/** Where the grants log stands unless a second medium is named. */
export const grantsLogName = 'grants.jsonl';

/** Opens the office over its state folder; makes its keys at the first start. */
export async function openOffice(ports: OfficePorts): Promise<Office> {
  const { clock, random, sealer, log, host } = ports;
  const folder = stateFolder(ports.folder);
  const secrets = await readOrMake<Secrets>(folder, 'keys.json', async () => ({
    sealing: await sealer.newSealingKey(),
    signing: await sealer.newSigningKey(),
    lookupKey: Buffer.from(random.bytes(32)).toString('base64url'),
    brokerPassword: newId(random) + newId(random),
  }));
  const lookupKey = new Uint8Array(Buffer.from(secrets.lookupKey, 'base64url'));
  readyToOpen(folder);
  const store = openFileStore(join(folder, databaseName), { migrations: centralMigrations });
  const term = openTerm(store, folder);
  const grantsLog = openGrantsLog(ports.grantsLogPath ?? join(folder, grantsLogName), grantedSoFar(store));
  const broker = ports.brokerUrl
    ? outsideBroker(ports.brokerUrl)
    : await openBroker({
        host,
        port: ports.brokerPort,
        authenticate: (name, password) => speakerOf(store, secrets, name, password),
      });
  const brokerUrl = ports.brokerUrl ?? `mqtt://${host}:${broker.port}`;
  const carrier = openMqttCarrier({
    url: brokerUrl,
    clientId: 'central',
    username: 'central',
    password: secrets.brokerPassword,
    reconnectMs: 100,
  });
  const keys = { sealing: secrets.sealing.privateKey, signing: secrets.signing.privateKey };
  const central = openCentral({ store, carrier, clock, random, sealer, log, grantsLog, keys, lookupKey, term });
  const stop = new AbortController();
  const running = central.run(stop.signal);
  running.catch(() => undefined); // whoever opened the office waits for it
  const staffConsole = await openStaffConsole(ports, { store, lookupKey, onChange: central.onChange });
  const registrar = {
    ...{ store, clock, random, sealer, brokerUrl, grantsLog },
    keys: { sealing: secrets.sealing.publicKey, signing: secrets.signing.publicKey },
  };
  const disconnect = (kiosk: string) => broker.disconnect(kiosk);
  const room = { store, clock, random, sealer, lookupKey, registrar, central, disconnect };
  const controlPath = join(folder, controlSocketName);
  const control = await serveControl(controlPath, async (command, args) => {
    if (!Object.hasOwn(officeCommands, command)) throw new Error(`no such command: ${command}`);
    return officeCommands[command]?.(room, args);
  });
  return {
    ...{ store, central, broker, brokerUrl, console: staffConsole, lookupKey, controlPath, running },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await control[Symbol.asyncDispose]();
      await staffConsole?.[Symbol.asyncDispose]();
      await carrier[Symbol.asyncDispose]();
      await running.catch(() => undefined);
      await broker[Symbol.asyncDispose]();
      grantsLog.close();
      store.close();
    },
  };
}

/** A broker that others run: it is told nothing, and it ends no connection for us. */
function outsideBroker(url: string): Broker {
  return { port: Number(new URL(url).port || 1883), disconnect() {}, async [Symbol.asyncDispose]() {} };
}

/** Loaded only where it is opened: the console brings a web server with it. */
async function openStaffConsole(
  ports: OfficePorts,
  office: { store: Store; lookupKey: Uint8Array; onChange: Central['onChange'] },
) {
  const { consolePort: port, clock, random, host } = ports;
  if (port === null) return null;
  const { openConsole } = await import('./console/console.ts');
  return openConsole({ ...office, clock, random, host, port, page: join(import.meta.dirname, 'console/page/dist') });
}

function speakerOf(store: Store, secrets: Secrets, name: string, password: string) {
  if (name === 'central') return password === secrets.brokerPassword ? ({ side: 'central' } as const) : null;
  const row = store.read((db) => kioskRow(db, name));
  return row && row.passwordHash === passwordHash(password) ? ({ side: 'kiosk', kiosk: name } as const) : null;
}
