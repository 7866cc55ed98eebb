import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '#kit/clock.ts';
import { serveControl } from '#kit/control-socket.ts';
import { exitWith, keepToOwner, sayReady, untilStopped } from '#kit/lifetime.ts';
import { openLog } from '#kit/log.ts';
import { openMqttCarrier } from '#kit/mqtt-carrier.ts';
import { ProblemError } from '#kit/problem-error.ts';
import { newId, systemRandom } from '#kit/random.ts';
import { joseSealer } from '#kit/sealer.ts';
import { openFileStore, StoreBroken, StoreInUse } from '#kit/store.ts';
import { fontSelfTest } from './card-face/font-self-test.ts';
import { lazyRenderer } from './card-face/lazy-renderer.ts';
import { controllerMigrations, openController } from './controller.ts';
import { readCabinetFile } from './devices/cabinet-file.ts';
import { openDevices } from './devices/devices.ts';
import { type KioskFiles, openKioskFiles } from './kiosk-files.ts';
import { operatorCommands } from './operators/commands.ts';
import { preparingScreen } from './screen-server/preparing.ts';
import { openScreenServer } from './screen-server/screen-server.ts';
import { lastWill } from './uplink/uplink.ts';

const usage = `The kiosk controller.
  --cabinet FILE   which devices stand where (required)
  --state DIR      keys, enrolment and journal (default var/kiosk)
  --kiosk NAME     the name this kiosk asks to be registered under (default SU1-A)
  --port N         of the page, on the loopback; 0 = any (default 8080)
  --framed-by URL  an address that may show the page in a frame; never in the field
  --day-limit N    cards a day at most (default 100): printers that run too hot melt cards
  --log FILE       (default kiosk.log in the state folder)
Prints one line of JSON when the page can be opened: {ready, page, request, enrolment}.`;

const options = {
  cabinet: { type: 'string' },
  state: { type: 'string', default: 'var/kiosk' },
  kiosk: { type: 'string', default: 'SU1-A' },
  port: { type: 'string', default: '8080' },
  'framed-by': { type: 'string' },
  'day-limit': { type: 'string', default: '100' },
  log: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** After an I/O error of the store this life must send and move nothing more; the next one reads the file again. */
const brokenStoreExit = 74;

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  if (!values.cabinet) throw new ProblemError('kiosk/cabinet-file', 'say where the devices are: --cabinet FILE');
  keepToOwner();
  const signal = untilStopped();
  const cabinet = readCabinetFile(values.cabinet);
  const files = await openKioskFiles(values.state, values.kiosk, joseSealer);
  const screen = preparingScreen();
  const page = join(import.meta.dirname, '../kiosk-ui/dist');
  const framedBy = values['framed-by'];
  await using server = await openScreenServer({
    ...screen,
    page,
    host: '127.0.0.1',
    port: Number(values.port),
    ...(framedBy && { framedBy }),
  });
  sayReady({ page: server.url, request: files.requestPath, enrolment: files.enrolmentPath });
  const { enrolment, password } = await enrolmentOf(files, signal);
  const boot = newId(systemRandom);
  const log = openLog({ level: 'info', path: values.log ?? join(files.folder, 'kiosk.log') });
  using store = openFileStore(files.journalPath(enrolment.epoch), { migrations: controllerMigrations });
  await using carrier = openMqttCarrier({
    url: enrolment.brokerUrl,
    clientId: enrolment.kiosk,
    username: enrolment.kiosk,
    password,
    will: lastWill(enrolment, enrolment.epoch, boot, systemClock.wallMs()),
  });
  const ports = { clock: systemClock, random: systemRandom, log };
  const devices = openDevices({ ...ports, cabinet });
  const fonts = { workFolder: join(files.folder, 'fonts') };
  const renderer = lazyRenderer(fonts);
  const { secondsPerCard } = cabinet.cardPrinter;
  const controller = openController({
    ...ports,
    store,
    carrier,
    sealer: joseSealer,
    renderer,
    devices,
    enrolment,
    secondsPerCard,
    boot,
    dayLimit: Number(values['day-limit']),
    selfTest: (stop) => fontSelfTest(fonts, { signal: stop }),
  });
  screen.follow(controller.kiosk);
  await using _control = await serveControl(
    join(files.folder, 'control.sock'),
    operatorCommands({ ...controller, printOwed: controller.kiosk.printOwed }),
  );
  await Promise.race([controller.run(signal), endOfCarrier(signal, carrier)]);
}

/** A carrier whose iteration nobody ends would hold the program open. */
async function endOfCarrier(signal: AbortSignal, carrier: AsyncDisposable): Promise<never> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await carrier[Symbol.asyncDispose]();
  return new Promise(() => undefined);
}

/** Waits for central's answer: the file appears beside the request. */
async function enrolmentOf(files: KioskFiles, signal: AbortSignal) {
  while (!existsSync(files.enrolmentPath)) await systemClock.sleep(200, signal);
  const known = await files.enrolment();
  if (!known) throw new ProblemError('kiosk/not-enrolled', `${files.enrolmentPath} is missing`);
  return known;
}

main().catch((error: unknown) => {
  if ((error as Error | undefined)?.name === 'AbortError') return;
  exitWith(inWords(error), error instanceof StoreBroken ? brokenStoreExit : 1);
  process.exit(); // drivers and sockets of a life that must not go on
});

function inWords(error: unknown): unknown {
  if (error instanceof StoreInUse) return new ProblemError('kiosk/store-in-use', error.message);
  if (!(error instanceof StoreBroken)) return error;
  return new ProblemError('kiosk/store-failed', `${error.message}; nothing is sent or moved until the next start`);
}
