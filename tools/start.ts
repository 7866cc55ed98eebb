import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isPacing } from '#cabinet/pacing.ts';
import { systemClock } from '#kit/clock.ts';
import { exitWith, untilStopped } from '#kit/lifetime.ts';
import { stateFolder, writeWhole } from '#kit/state-folder.ts';
import { buildPages } from './build-pages.ts';
import { demoCitizens } from './population/demo-citizens.ts';
import { enrol, enrolmentFiles, firstLoad, importDemo, isEnrolled, loadFirstHopper } from './start/first-day.ts';
import { type Keeper, type News, openKeeper } from './start/keep.ts';
import { choosePorts } from './start/ports.ts';

const usage = `Starts office, kiosk and simulated cabinet as three processes, and keeps them until Ctrl-C.

  npm start -- [options]
  --state DIR          where everything lives on (default var)
  --kiosk-port N       of the kiosk page (default 8080)
  --console-port N     of the office's console (default 8081)
  --cabinet-port N     of the cabinet page (default 8083)
  --broker-port N      of the MQTT broker (default 1883)
  --pacing WORD        how fast the machines work: real (default), fast, zero
  --no-scanner         no fingerprint scanner in the cabinet: the PIN is the only proof
  --json               lines of JSON instead of words: first the addresses, then each process that ended or is back

A port may be 0: any that is free. A process that ends by itself is started again.
A second start continues where the first was stopped.`;

const options = {
  state: { type: 'string', default: 'var' },
  'kiosk-port': { type: 'string', default: '8080' },
  'console-port': { type: 'string', default: '8081' },
  'cabinet-port': { type: 'string', default: '8083' },
  'broker-port': { type: 'string', default: '1883' },
  pacing: { type: 'string', default: 'real' },
  'no-scanner': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Words for a person, or lines of JSON for a machine. */
interface Voice {
  json: boolean;
  say(text: string): void;
  tell(facts: object): void;
}

function voice(json: boolean): Voice {
  const line = (text: string) => void process.stdout.write(`${text}\n`);
  return { json, say: (text) => json || line(text), tell: (facts) => json && line(JSON.stringify(facts)) };
}

function readArguments() {
  const { values } = parseArgs({ options });
  if (!isPacing(values.pacing)) throw new Error(`--pacing ${values.pacing} is none of real, fast, zero`);
  return values;
}

type Values = ReturnType<typeof readArguments>;

async function main(): Promise<void> {
  const values = readArguments();
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const stopped = untilStopped();
  process.on('SIGHUP', () => process.kill(process.pid, 'SIGTERM')); // the terminal was closed
  const { json, say, tell } = voice(values.json);
  const keeper = openKeeper(systemClock, (news) => {
    tell(news);
    say(inWords(news));
  });
  const asked = new Promise<void>((done) => stopped.addEventListener('abort', () => done(), { once: true }));
  try {
    await Promise.race([run(values, keeper, { json, say, tell }), keeper.lost, asked]);
  } finally {
    await keeper.stop();
  }
  say('\nEverything has stopped; the next start goes on from here.');
}

/** Opens all three and never resolves: they run until somebody ends them. */
async function run(values: Values, keeper: Keeper, { json, say, tell }: Voice): Promise<never> {
  const state = stateFolder(roomForSockets(resolve(values.state)));
  const ports = await portsOf(values);
  await buildPages({ quiet: json });

  say('Central office and cabinet ...');
  const kioskPage = `http://127.0.0.1:${ports.kiosk}`;
  const office = keeper.start({
    name: 'central',
    script: 'central/main.ts',
    args: ['serve', '--state', join(state, 'central'), '--port', ports.broker, '--console-port', ports.console],
  });
  const machine = keeper.start({
    name: 'cabinet',
    script: 'cabinet/cabinet.main.ts',
    args: [
      ...[...cabinetArgs(state), '--port', ports.cabinet, '--pacing', values.pacing, '--kiosk', kioskPage],
      ...(values['no-scanner'] ? [] : ['--scanner']),
    ],
  });
  const [central, cabinet] = await Promise.all([office, machine, office.then(() => importDemo(state, systemClock))]);
  const cabinetPage = String(cabinet.page);
  const cabinetFile = join(state, 'cabinet-file.json');
  writeWhole(cabinetFile, `${JSON.stringify(cabinet.cabinetFile, null, 2)}\n`);

  say('Kiosk ...');
  const { enrolment } = enrolmentFiles(state);
  const enrolled = isEnrolled(enrolment);
  if (enrolled && !isEnrolled(enrolment, central.broker)) await enrol(state); // the broker moved to another port
  const kiosk = await keeper.start({
    name: 'kiosk',
    script: 'controller/main.ts',
    args: [
      ...['--state', join(state, 'kiosk'), '--cabinet', cabinetFile],
      ...['--port', ports.kiosk, '--framed-by', new URL(cabinetPage).origin],
    ],
  });
  if (!enrolled) await enrol(state);
  const { by, count, document } = firstLoad;
  if (await loadFirstHopper(state, cabinetPage, systemClock))
    say(`Operator Dewi (${by}) opened duty and loaded ${count} blanko with document ${document}.`);

  const addresses = { kiosk: kiosk.page, console: central.console, cabinet: cabinetPage };
  tell({ ...addresses, firstPassword: central.firstPassword, pids: keeper.allUp() });
  say(welcome(addresses, central.firstPassword));
  return new Promise(() => undefined);
}

/** A unix socket's address has room for 107 bytes, and the longest of ours stands 37 below the folder. */
function roomForSockets(state: string): string {
  const most = 107 - Buffer.byteLength('/cabinet/sockets/receipt-printer.sock');
  if (Buffer.byteLength(state) <= most) return state;
  throw new Error(
    `the path ${state} is too long for the sockets in it (at most ${most} bytes); choose another with --state`,
  );
}

async function portsOf(values: Values): Promise<Record<'kiosk' | 'console' | 'cabinet' | 'broker', string>> {
  const ports = await choosePorts({
    'kiosk-port': values['kiosk-port'],
    'console-port': values['console-port'],
    'cabinet-port': values['cabinet-port'],
    'broker-port': values['broker-port'],
  });
  return {
    kiosk: String(ports['kiosk-port']),
    console: String(ports['console-port']),
    cabinet: String(ports['cabinet-port']),
    broker: String(ports['broker-port']),
  };
}

/** The people of the demo, with the number that each of them carries: for the cabinet's page. */
function cabinetArgs(state: string): string[] {
  const people = join(state, 'demo-citizens.json');
  const carried = demoCitizens.map(({ pickupCode, pin, name, expect }) => ({ code: pickupCode, pin, name, expect }));
  mkdirSync(join(state, 'cabinet'), { recursive: true });
  writeWhole(people, JSON.stringify(carried));
  return ['--state', join(state, 'cabinet'), '--citizens', people];
}

function inWords(news: News): string {
  if (news.what === 'back') return `The ${news.name} is back and goes on from what it had written down.`;
  return `The ${news.name} ended (${news.why}); starting it again ...`;
}

function welcome(addresses: { kiosk: unknown; console: unknown; cabinet: unknown }, firstPassword: unknown): string {
  const people = ['FIRST-01', 'FIRST-02', 'WRONG-01', 'LOST-01', 'YOUNG-01', 'COUNTER-01'].flatMap((code) => {
    const one = demoCitizens.find((citizen) => citizen.code === code);
    return one ? [`    ${one.pickupCode.replace(/(...)(...)(....)/, '$1 $2 $3')}   PIN ${one.pin}   ${one.about}`] : [];
  });
  return `
  Cabinet    ${addresses.cabinet}    the machine and its kiosk page: start here
  Kiosk      ${addresses.kiosk}    what the citizen touches
  Console    ${addresses.console}    the central office${firstPassword ? ` (user admin, password ${firstPassword}: shown once)` : ''}

  Some citizens to try (all of them: npm run pickup -- --list)
${people.join('\n')}

  Ctrl-C stops everything; nothing is lost.`;
}

main()
  .catch((error: unknown) => exitWith(error))
  .finally(() => process.exit());
