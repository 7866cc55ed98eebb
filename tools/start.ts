import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { dayAt } from '#kit/civil-date.ts';
import { systemClock } from '#kit/clock.ts';
import { askControl } from '#kit/control-socket.ts';
import { exitWith, untilStopped } from '#kit/lifetime.ts';
import { stateFolder, writeWhole } from '#kit/state-folder.ts';
import { buildPages } from './build-pages.ts';
import { demoCitizens } from './population/demo-citizens.ts';
import { writeDemoDrop } from './population/population.ts';

const usage = `Starts office, kiosk and simulated cabinet as three processes, and keeps them until Ctrl-C.

  npm start -- [options]
  --state DIR          where everything lives on (default var)
  --kiosk-port N       of the kiosk page (default 8080)
  --console-port N     of the office's console (default 8081)
  --cabinet-port N     of the cabinet page (default 8083)
  --broker-port N      of the MQTT broker (default 1883)
  --pacing WORD        how fast the machines work: real (default), fast, zero
  --json               one line of JSON with the addresses instead of words

A second start continues where the first was stopped. Ports may be 0 = any.`;

const options = {
  state: { type: 'string', default: 'var' },
  'kiosk-port': { type: 'string', default: '8080' },
  'console-port': { type: 'string', default: '8081' },
  'cabinet-port': { type: 'string', default: '8083' },
  'broker-port': { type: 'string', default: '1883' },
  pacing: { type: 'string', default: 'real' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const repo = join(import.meta.dirname, '..');
const firstLoad = { count: 50, document: 'BA-0001', by: 'OP-DEWI' };

interface Program {
  name: string;
  child: ChildProcess;
  ready: Record<string, unknown>;
}

/** Starts one of the three and waits for the line in which it says that it is ready. */
async function start(name: string, script: string, args: string[]): Promise<Program> {
  const child = spawn(process.execPath, [join(repo, script), ...args], { cwd: repo, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const errors: string[] = [];
  child.stderr?.on('data', (chunk) => errors.push(String(chunk)));
  const failed = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${name}: ${errors.join('').trim() || `ended with ${code}`}`)));
  const line = once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line').then(([text]) => JSON.parse(String(text)) as Record<string, unknown>);
  failed.catch(() => undefined);
  return { name, child, ready: await Promise.race([line, failed]) };
}

/** Asks each to end; whoever has not within the time is ended. */
async function stop(programs: Program[]): Promise<void> {
  const running = programs.filter(({ child }) => child.exitCode === null && child.signalCode === null);
  const gone = Promise.all(running.map(({ child }) => once(child, 'exit')));
  for (const { child } of running) child.kill('SIGTERM');
  await Promise.race([gone, systemClock.sleep(1_500)]);
  for (const { child } of running) if (child.exitCode === null) child.kill('SIGKILL');
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const stopped = untilStopped();
  const state = stateFolder(values.state);
  const say = (text: string) => void (values.json || process.stdout.write(`${text}\n`));
  await buildPages({ quiet: values.json });
  const programs: Program[] = [];
  try {
    await run(values, state, say, programs, stopped);
  } finally {
    await stop(programs);
    say('\nEverything has stopped; the next start goes on from here.');
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

async function run(values: Values, state: string, say: (text: string) => void, programs: Program[], stopped: AbortSignal): Promise<void> {
  const kioskPage = `http://127.0.0.1:${values['kiosk-port']}`;
  const people = join(state, 'demo-citizens.json');
  mkdirSync(join(state, 'cabinet'), { recursive: true });
  writeWhole(people, JSON.stringify(demoCitizens.map(({ code, pin, name, expect, pickupCode, about }) => ({ code, pin, name, expect, pickupCode, about }))));

  say('Central office ...');
  const central = await start('central', 'central/main.ts', ['serve', '--state', join(state, 'central'), '--port', values['broker-port'], '--console-port', values['console-port']]);
  programs.push(central);
  await importDemo(state);

  say('Cabinet ...');
  const cabinet = await start('cabinet', 'cabinet/cabinet.main.ts', ['--state', join(state, 'cabinet'), '--port', values['cabinet-port'], '--pacing', values.pacing, '--kiosk', kioskPage, '--citizens', people]);
  programs.push(cabinet);
  const cabinetFile = join(state, 'cabinet-file.json');
  writeWhole(cabinetFile, JSON.stringify(cabinet.ready.cabinetFile, null, 2));

  say('Kiosk ...');
  const cabinetPage = String(cabinet.ready.page);
  const kiosk = await start('kiosk', 'controller/main.ts', ['--state', join(state, 'kiosk'), '--cabinet', cabinetFile, '--port', values['kiosk-port'], '--framed-by', new URL(cabinetPage).origin]);
  programs.push(kiosk);
  await enrol(state, String(kiosk.ready.request), String(kiosk.ready.enrolment));
  await firstHopper(state, cabinetPage, say);

  announce(values.json, { kiosk, central, cabinet }, say);
  const ended = programs.map(({ name, child }) => once(child, 'exit').then(([code, signal]) => (stopped.aborted ? undefined : Promise.reject(new Error(`${name} ended (${signal ?? code})`)))));
  await Promise.race([...ended, new Promise<void>((resolve) => stopped.addEventListener('abort', () => resolve(), { once: true }))]);
}

/** The demo citizens, as a file drop of the registry; dates are relative to today. */
async function importDemo(state: string): Promise<void> {
  const folder = join(state, 'demo-drop');
  await writeDemoDrop(folder, dayAt(systemClock.wallMs()));
  await askControl(join(state, 'central/control.sock'), 'import', { folder });
}

/** As any kiosk is registered: by the office's command, from the request file that the controller wrote. */
async function enrol(state: string, request: string, enrolment: string): Promise<void> {
  if (existsSync(enrolment)) return;
  const child = spawn(process.execPath, [join(repo, 'central/main.ts'), 'register-kiosk', request, '--out', enrolment, '--state', join(state, 'central')], { cwd: repo, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('the kiosk could not be registered');
}

/** Hopper and books start at 0: the first load is a named operator with a document number. */
async function firstHopper(state: string, cabinetPage: string, say: (text: string) => void): Promise<void> {
  const done = join(state, 'first-load.json');
  const control = join(state, 'kiosk/control.sock');
  while (!existsSync(control)) await systemClock.sleep(50);
  if (existsSync(done)) return;
  const { count, document, by } = firstLoad;
  await fetch(new URL('/do', cabinetPage), { method: 'POST', headers: { 'content-type': 'application/json', origin: new URL(cabinetPage).origin }, body: JSON.stringify({ verb: 'loadHopper', count }) });
  await askControl(control, 'load', { count, document, by });
  await askControl(control, 'open-duty', { by, certificate: 'CERT-0001' });
  writeWhole(done, JSON.stringify(firstLoad));
  say(`Operator Dewi (${by}) opened duty and loaded ${count} blanko with document ${document}.`);
}

function announce(json: boolean, { kiosk, central, cabinet }: Record<'kiosk' | 'central' | 'cabinet', Program>, say: (text: string) => void): void {
  const { console: staff, firstPassword } = central.ready;
  const pids = { kiosk: kiosk.child.pid, central: central.child.pid, cabinet: cabinet.child.pid };
  const addresses = { kiosk: kiosk.ready.page, console: staff, cabinet: cabinet.ready.page, firstPassword, pids };
  if (json) return void process.stdout.write(`${JSON.stringify(addresses)}\n`);
  say(`
  Cabinet    ${cabinet.ready.page}    the machine and its kiosk page: start here
  Kiosk      ${kiosk.ready.page}    what the citizen touches
  Console    ${staff}    the central office${firstPassword ? ` (user admin, password ${firstPassword}: shown once)` : ''}

  Some citizens to try (all of them: npm run pickup -- --list)`);
  for (const code of ['FIRST-01', 'FIRST-02', 'WRONG-01', 'LOST-01', 'YOUNG-01', 'COUNTER-01']) {
    const one = demoCitizens.find((citizen) => citizen.code === code);
    if (one) say(`    ${one.pickupCode.replace(/(...)(...)(....)/, '$1 $2 $3')}   PIN ${one.pin}   ${one.about}`);
  }
  say('\n  Ctrl-C stops everything; nothing is lost.');
}

main().catch((error: unknown) => exitWith(error)).finally(() => process.exit());
