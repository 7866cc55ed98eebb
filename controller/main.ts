import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ProblemCode } from '#contract/problems/codes.ts';
import { systemBoardBoot } from '#kit/board-boot.ts';
import { systemClock } from '#kit/clock.ts';
import { serveControl } from '#kit/control-socket.ts';
import { systemDiskSpace } from '#kit/disk-space.ts';
import { exitWith, keepToOwner, sayReady, untilStopped } from '#kit/lifetime.ts';
import { openLog } from '#kit/log.ts';
import { openMqttCarrier } from '#kit/mqtt-carrier.ts';
import { ProblemError } from '#kit/problem-error.ts';
import { newId, systemRandom } from '#kit/random.ts';
import { joseSealer } from '#kit/sealer.ts';
import { StoreBroken, StoreInUse } from '#kit/store.ts';
import { fontSelfTest } from './card-face/font-self-test.ts';
import { lazyRenderer } from './card-face/lazy-renderer.ts';
import { controllerMigrations, openController } from './controller.ts';
import { readCabinetFile } from './devices/cabinet-file.ts';
import { openDevices } from './devices/devices.ts';
import { openDiskBudget } from './disk-budget.ts';
import { ChainBroken } from './journal/chain.ts';
import { openOldJournals } from './journal/old-journals.ts';
import { faultCodes, setAsideIfPossible } from './journal-file.ts';
import { openKioskFiles } from './kiosk-files.ts';
import { newerEnrolment, type Opened, openAll } from './opening.ts';
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
  --disk-budget-mb N  what the journals may take (default 4096); when it is used up no card is printed
  --log FILE       (default kiosk.log in the state folder)
Prints one line of JSON when the page can be opened: {ready, page, request, enrolment}. Ends with exit code 74 when the
disk fails: whoever supervises it starts it again.`;

const options = {
  cabinet: { type: 'string' },
  state: { type: 'string', default: 'var/kiosk' },
  kiosk: { type: 'string', default: 'SU1-A' },
  port: { type: 'string', default: '8080' },
  'framed-by': { type: 'string' },
  'day-limit': { type: 'string', default: '100' },
  'disk-budget-mb': { type: 'string', default: '4096' },
  log: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** After an I/O error of the store this life must send and move nothing more; the next one reads the file again. */
const brokenStoreExit = 74;
/** More than all entries of one card and its visit take in the log. */
const jobBytes = 2 ** 20;
const mebibyte = 2 ** 20;

const readArguments = () => parseArgs({ options }).values;
type Screen = ReturnType<typeof preparingScreen>;
type Fail = (error: unknown) => void;

async function main(): Promise<void> {
  const values = readArguments();
  if (values.help) return void process.stdout.write(`${usage}\n`);
  if (!values.cabinet) throw new ProblemError('kiosk/cabinet-file', 'say where the devices are: --cabinet FILE');
  keepToOwner();
  const signal = untilStopped();
  const cabinet = readCabinetFile(values.cabinet);
  const screen = preparingScreen();
  const framedBy = values['framed-by'];
  await using server = await openScreenServer({
    ...screen,
    page: join(import.meta.dirname, '../kiosk-ui/dist'),
    host: '127.0.0.1',
    port: Number(values.port),
    ...(framedBy && { framedBy }),
  });
  let atFault: Fail = () => undefined; // while it is opened, whoever opens it hears of it
  const ready = readyOnce(values.state, server.url);
  const opened = await openAll(
    {
      clock: systemClock,
      options: { migrations: controllerMigrations, onBroken: (error) => atFault(error) },
      async openFiles() {
        const files = await openKioskFiles(values.state, values.kiosk, joseSealer);
        ready();
        return files;
      },
      show(code, detail) {
        ready();
        showInstead(screen, code);
        if (code) process.stderr.write(`${detail} (${code})\n`);
      },
    },
    signal,
  );
  const fault = Promise.withResolvers<never>();
  atFault = fault.reject;
  process.on('uncaughtException', (error) => (isDiskFault(error) ? atFault(error) : dieOf(error)));
  const served = serve(opened, { values, cabinet, screen, signal, fail: atFault });
  await Promise.race([served, fault.promise]).catch((error: unknown) => {
    if (isDiskFault(error)) return endAtOnce(opened, screen, error);
    throw error;
  });
}

interface Around {
  values: ReturnType<typeof readArguments>;
  cabinet: ReturnType<typeof readCabinetFile>;
  screen: Screen;
  signal: AbortSignal;
  fail: Fail;
}

/** One life as a kiosk; ends in good order when it is asked to, or when central has opened another epoch for it. */
async function serve({ files, enrolment, password, store }: Opened, around: Around): Promise<void> {
  const { values, cabinet, screen, fail } = around;
  using _journal = store;
  const moving = new AbortController();
  const signal = AbortSignal.any([around.signal, moving.signal]);
  const boot = newId(systemRandom);
  const log = openLog({ level: 'info', path: values.log ?? join(files.folder, 'kiosk.log') });
  await using carrier = openMqttCarrier({
    url: enrolment.brokerUrl,
    clientId: enrolment.kiosk,
    username: enrolment.kiosk,
    password,
    will: lastWill(enrolment, enrolment.epoch, boot, systemClock.wallMs()),
  });
  const budgetBytes = Number(values['disk-budget-mb']) * mebibyte;
  const ports = { clock: systemClock, random: systemRandom, log };
  using old = openOldJournals(files.folder, enrolment.epoch, controllerMigrations);
  const ownState = {
    disk: openDiskBudget({ folder: files.folder, budgetBytes, disk: systemDiskSpace, clock: systemClock }),
    reserveSpace: () => store.reserve(jobBytes),
    oldJournals: old.journals,
    keys: files.keys,
  };
  const devices = openDevices({ ...ports, cabinet });
  const fonts = { workFolder: join(files.folder, 'fonts') };
  const controller = openController({
    ...ports,
    ...ownState,
    store,
    carrier,
    sealer: joseSealer,
    renderer: lazyRenderer(fonts),
    devices,
    enrolment,
    keys: files.keys,
    secondsPerCard: cabinet.cardPrinter.secondsPerCard,
    boot,
    boardBoot: systemBoardBoot(),
    dayLimit: Number(values['day-limit']),
    selfTest: (stop) => fontSelfTest(fonts, { signal: stop }),
  });
  screen.follow(controller.kiosk);
  await using _control = await serveControl(
    join(files.folder, 'control.sock'),
    operatorCommands({
      ...controller,
      printOwed: controller.kiosk.printOwed,
      vouching: controller.kiosk.vouching,
      health: () => ({ ...ownState.disk.usage(), chain: controller.chainWalk }),
    }),
  );
  void betweenVisits(newerEnrolment(files, enrolment.epoch, systemClock, signal), screen, signal, () => moving.abort());
  const running = controller.run(signal).catch((error: unknown) => {
    fail(error); // before anything is closed in order: that would still speak
    throw error;
  });
  await Promise.race([running, endOfCarrier(signal, carrier)]);
}

/** The next life stands on another journal: this one ends where nobody is served. */
async function betweenVisits(news: Promise<void>, screen: Screen, signal: AbortSignal, end: () => void): Promise<void> {
  await news
    .then(() => screen.screen.until((state) => ['welcome', 'preparing'].includes(state.screen.at), signal))
    .then(end, () => undefined); // asked to stop meanwhile
}

/** A carrier whose iteration nobody ends would hold the program open. */
async function endOfCarrier(signal: AbortSignal, carrier: AsyncDisposable): Promise<never> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await carrier[Symbol.asyncDispose]();
  return new Promise(() => undefined);
}

function readyOnce(folder: string, page: string): () => void {
  let said = false;
  return () => {
    if (!said)
      sayReady({
        page,
        request: join(folder, 'enrolment-request.json'),
        enrolment: join(folder, 'enrolment.json'),
      });
    said = true;
  };
}

/** What the page shows while there is no kiosk behind it. */
function showInstead({ screen }: Screen, code: ProblemCode | null): void {
  const { value } = screen;
  screen.set({ ...value, rev: value.rev + 1, screen: { at: 'preparing', code } });
}

const isDiskFault = (error: unknown) => error instanceof StoreBroken || error instanceof ChainBroken;

function diskFaultCode(error: unknown): ProblemCode {
  return faultCodes[error instanceof StoreBroken ? error.fault : 'damaged'];
}

/** Tells the screen, lets go of the file and ends: nothing is closed in order, since that would still send and move. */
async function endAtOnce({ files, enrolment, store }: Opened, screen: Screen, error: unknown): Promise<never> {
  const code = diskFaultCode(error);
  showInstead(screen, code);
  await systemClock.sleep(0); // one turn, in which the page is told
  try {
    store.close();
  } catch {} // the file is read anew by the next life
  if (code === 'kiosk/journal-damaged') setAsideIfPossible(files.journalPath(enrolment.epoch), systemClock.wallMs());
  exitWith(inWords(error), brokenStoreExit);
  process.exit();
}

function dieOf(error: Error): never {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}

main().catch((error: unknown) => {
  if ((error as Error | undefined)?.name === 'AbortError') return;
  exitWith(inWords(error));
  process.exit(); // drivers and sockets of a life that must not go on
});

function inWords(error: unknown): unknown {
  if (error instanceof StoreInUse) return new ProblemError('kiosk/store-in-use', error.message);
  if (!isDiskFault(error)) return error;
  return new ProblemError(diskFaultCode(error), `${(error as Error).message}; nothing is sent or moved any more`);
}
