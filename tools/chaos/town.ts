import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import type { Clock } from '#kit/clock.ts';
import { askControl } from '#kit/control-socket.ts';
import { joseSealer } from '#kit/sealer.ts';
import { writeWhole } from '#kit/state-folder.ts';
import { choosePorts } from '#tools/start/ports.ts';
import type { Machine, Person } from './citizen.ts';
import { type Clocks, openClocks } from './clocks.ts';
import { openMosquitto } from './mosquitto.ts';
import { act, followScreen } from './page.ts';
import { writePeople } from './people.ts';
import { ours, type Program, type Stage } from './stage.ts';
import { openWatchedLine, type WatchedLine } from './watched-line.ts';

export const kiosks = ['K1', 'K2', 'K3'] as const;
export type KioskName = (typeof kiosks)[number];
export type BrokerKind = 'aedes' | 'mosquitto';

/** What stands in the kiosk's state folder and in the office's, for whoever reads it when all have ended. */
export const places = (folder: string) => ({
  central: join(folder, 'central'),
  grants: join(folder, 'grants.jsonl'),
  kiosk: (name: string) => join(folder, name, 'kiosk'),
  cabinet: (name: string) => join(folder, name, 'cabinet'),
});

/** Three kiosks that are registered and have cards in the feeder, with people who may come. */
export interface Town extends AsyncDisposable {
  folder: string;
  machines: Machine[];
  people: Person[];
  /** By kiosk; with an outside broker also `central`. */
  lines: Map<string, WatchedLine>;
  clocks: Clocks;
  /** What may be killed. */
  programs: { central: string; brokers: string[]; kiosks: string[]; cabinets: string[] };
}

export interface TownOptions {
  folder: string;
  stage: Stage;
  clock: Clock;
  seed: string;
  broker: BrokerKind;
  peopleCount: number;
}

const firstLoad = { count: 100, document: 'BA-CHAOS-1', by: 'OP-DEWI', certificate: 'CERT-CHAOS' };
const sites = { K1: 'SU1', K2: 'SU2', K3: 'IT1' };

/** The first day: everything is started, made known and filled, and nothing is in its way yet. */
export async function openTown(options: TownOptions): Promise<Town> {
  const { folder, stage, clock, seed, broker, peopleCount } = options;
  const clocks = openClocks(join(folder, 'clocks'));
  const at = places(folder);
  const ports = await choosePorts(Object.fromEntries(portNames.map((name) => [name, '0'])) as Record<PortName, string>);
  const lines = new Map<string, WatchedLine>();
  const life = new AbortController();
  for (const name of [...kiosks, ...(broker === 'mosquitto' ? ['central'] : [])])
    lines.set(name, await openWatchedLine({ clock, seed: `${seed}|${name}`, targetPort: ports.broker }));
  const outside = broker === 'mosquitto' ? ['--broker', `mqtt://127.0.0.1:${lines.get('central')?.proxy.port}`] : [];

  const people = await writePeople(join(folder, 'drop'), peopleCount, seed, clock.wallMs());
  await stage.start({
    name: 'central',
    command: ours(
      'central/main.ts',
      ...['serve', '--state', at.central, '--grants', at.grants],
      ...['--port', String(ports.broker), '--console-port', String(ports.console), ...outside],
    ),
    env: clocks.envOf('central'),
    speaks: true,
  });
  await askControl(join(at.central, 'control.sock'), 'import', { folder: join(folder, 'drop') });
  const passwords: Record<string, string> = {};
  const machines: Machine[] = [];
  for (const name of kiosks) {
    const [machine, password] = await openMachine(options, clocks, name, {
      kiosk: ports[name],
      cabinet: ports[`${name}-cabinet`],
      broker: lines.get(name)?.proxy.port ?? 0,
    });
    machines.push({ ...machine, screen: followScreen(machine.kioskUrl, clock, life.signal), takenCount: 0 });
    passwords[name] = password;
  }
  if (broker === 'mosquitto') {
    const { brokerPassword } = readJson(join(at.central, 'keys.json')) as { brokerPassword: string };
    await stage.start(openMosquitto(folder, ports.broker, { ...passwords, central: brokerPassword }));
  }
  for (const machine of machines) await fill(folder, machine, clock);
  // Node keeps what it has compiled when a program ends in good order: every later start is twice as quick.
  await Promise.all(['central', 'kiosk-K1', 'cabinet-K1'].map(stage.startAgain));
  return {
    ...{ folder, machines, people, lines, clocks },
    programs: {
      central: 'central',
      brokers: broker === 'mosquitto' ? ['mosquitto'] : [],
      kiosks: kiosks.map((name) => `kiosk-${name}`),
      cabinets: kiosks.map((name) => `cabinet-${name}`),
    },
    async [Symbol.asyncDispose]() {
      life.abort();
      for (const { proxy } of lines.values()) await proxy[Symbol.asyncDispose]();
    },
  };
}

const portNames = ['broker', 'console', ...kiosks.flatMap((name) => [name, `${name}-cabinet`] as const)] as const;
type PortName = 'broker' | 'console' | KioskName | `${KioskName}-cabinet`;

/** One kiosk and its cabinet; registered like any other, only that its way to the broker leads through our line. */
async function openMachine(
  { folder, stage, clock }: TownOptions,
  clocks: Clocks,
  name: KioskName,
  ports: { kiosk: number; cabinet: number; broker: number },
): Promise<[Omit<Machine, 'screen' | 'takenCount'>, password: string]> {
  const at = places(folder);
  const cabinet = await stage.start(cabinetProgram(folder, name, ports.cabinet));
  await act(String(cabinet.page), 'loadHopper', { count: firstLoad.count });
  const cabinetFile = join(folder, name, 'cabinet-file.json');
  writeWhole(cabinetFile, `${JSON.stringify(cabinet.cabinetFile, null, 2)}\n`);
  const kiosk = await stage.start({
    name: `kiosk-${name}`,
    command: ours(
      'controller/main.ts',
      ...['--state', at.kiosk(name), '--cabinet', cabinetFile, '--kiosk', name, '--port', String(ports.kiosk)],
    ),
    env: clocks.envOf(name),
    speaks: true,
  });
  const password = await enrol(folder, name, ports.broker);
  while (!existsSync(join(at.kiosk(name), 'control.sock'))) await clock.sleep(50);
  return [{ name, kioskUrl: String(kiosk.page), cabinetUrl: String(cabinet.page) }, password];
}

function cabinetProgram(folder: string, name: KioskName, port: number): Program {
  mkdirSync(places(folder).cabinet(name), { recursive: true });
  const pacing = name === 'K1' ? 'fast' : 'zero'; // slow enough to be hit in the middle of a card, and quick enough to make many
  return {
    name: `cabinet-${name}`,
    command: ours(
      'cabinet/cabinet.main.ts',
      ...['--state', places(folder).cabinet(name), '--port', String(port), '--pacing', pacing],
    ),
    speaks: true,
  };
}

/** As the office registers any kiosk; gives the password, which an outside broker has to know too. */
export async function enrol(folder: string, name: KioskName, brokerPort: number): Promise<string> {
  const at = places(folder);
  const request = readJson(join(at.kiosk(name), 'enrolment-request.json'));
  const site = {
    ...{ code: sites[name], name: `Tempat ${name}`, kind: 'KECAMATAN', kecamatanCode: '16.71.02' },
    ...{ cityCode: '16.71', city: 'Kota Palembang', province: 'Sumatera Selatan' },
  };
  const args = { request, shard: 'plg', site };
  const enrolment = (await askControl(join(at.central, 'control.sock'), 'register-kiosk', args)) as Enrolment;
  return giveEnrolment(folder, name, enrolment, brokerPort);
}

/** Puts an enrolment into the kiosk's folder, with our line as its way to the broker. Gives the password in it. */
export async function giveEnrolment(
  folder: string,
  name: KioskName,
  enrolment: Enrolment,
  brokerPort: number,
): Promise<string> {
  const state = places(folder).kiosk(name);
  const ours = { ...enrolment, brokerUrl: `mqtt://127.0.0.1:${brokerPort}` };
  writeWhole(join(state, 'enrolment.json'), `${JSON.stringify(ours, null, 2)}\n`);
  const { privateKey } = readJson(join(state, 'kiosk-key.json')) as {
    privateKey: Parameters<typeof joseSealer.open>[1];
  };
  return joseSealer.open(enrolment.sealedPassword, privateKey);
}

/** The books start at 0: a named operator writes down the cards that were put in. */
async function fill(folder: string, { name }: Machine, clock: Clock): Promise<void> {
  const { count, document, by, certificate } = firstLoad;
  const control = join(places(folder).kiosk(name), 'control.sock');
  await untilThere(() => askControl(control, 'load', { count: String(count), document, by }), clock);
  await askControl(control, 'open-duty', { by, certificate });
}

/** The socket may be a moment older than whoever answers on it. */
async function untilThere(ask: () => Promise<unknown>, clock: Clock): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await ask();
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await clock.sleep(100);
    }
  }
}

export const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
