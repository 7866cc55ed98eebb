import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import { askControl } from '#kit/control-socket.ts';
import { worldIn } from './disks.ts';
import { admit } from './mosquitto.ts';
import { bodiesByKind, type OfficerPorts } from './officers.ts';
import { act } from './page.ts';
import { ours, type Stage } from './stage.ts';
import { giveEnrolment, type KioskName, places, type Town } from './town.ts';

/** What befalls a town once in a run, beside the weather. */
export const disasters = ['none', 'reimaged', 'restored'] as const;
export type Disaster = (typeof disasters)[number];

export interface DisasterPorts extends OfficerPorts {
  stage: Stage;
  seconds: number;
  signal: AbortSignal;
}

/** What has to be put right afterwards, and what went wrong already. */
export interface Aftermath {
  reimaged: { name: KioskName; fed: number } | null;
  faults: string[];
}

const people = ['OP-RATNA', 'OP-AGUS'];

export async function befall(disaster: Disaster, town: Town, ports: DisasterPorts): Promise<Aftermath> {
  const nothing: Aftermath = { reimaged: null, faults: [] };
  try {
    if (disaster === 'reimaged') return { ...nothing, reimaged: await reimage(town, ports) };
    if (disaster === 'restored') return { ...nothing, faults: await restore(town, ports) };
  } catch (error) {
    if (!ports.signal.aborted) throw error;
  }
  return nothing;
}

/** The second kiosk loses its journal and keeps all else; what was on that disk and had not been sent is gone. */
async function reimage(town: Town, { clock, stage, seconds, signal, folder, tell }: DisasterPorts) {
  const name = 'K2';
  await clock.sleep(seconds * 600, signal);
  await stage.down(`kiosk-${name}`);
  const state = places(folder).kiosk(name);
  for (const file of readdirSync(state)) if (/^journal-1\.db/.test(file)) rmSync(join(state, file));
  const fed = cardsFed(town.folder, name);
  tell(`--- the journal of ${name} is gone`);
  stage.up(`kiosk-${name}`);
  return { name, fed } as const;
}

const cardsFed = (folder: string, name: KioskName) => worldIn(places(folder).cabinet(name)).cardsFed;

/** The office goes back to a database of a while ago; what it has granted since stands in the log on the second medium. */
async function restore(town: Town, { clock, stage, seconds, signal, folder, tell }: DisasterPorts): Promise<string[]> {
  const at = places(folder);
  await clock.sleep(seconds * 300, signal);
  const backup = await backUp(folder, clock, signal);
  tell('--- a backup of the office is made');
  await clock.sleep(seconds * 300, signal);
  await stage.down(town.programs.central);
  const [command = '', ...args] = ours(
    'central/main.ts',
    ...['restore', backup, '--state', at.central, '--grants', at.grants],
    ...['--by', 'OP-RATNA', '--by', 'OP-AGUS', '--reason', 'the disk of the office was lost'],
  );
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const words = Promise.all([text(child.stdout as NodeJS.ReadableStream), text(child.stderr as NodeJS.ReadableStream)]);
  const [code] = (await once(child, 'close')) as [number | null];
  const said = (await words).join(' ').trim();
  tell(`--- the office is restored: ${said}`);
  stage.up(town.programs.central);
  return code === 0 ? [] : [`the office could not be restored: ${said}`];
}

/** A backup that was cut short is not there, and is simply made again. */
async function backUp(folder: string, clock: DisasterPorts['clock'], signal: AbortSignal): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = join(folder, `backup-${number}.db`);
    const done = await askControl(join(places(folder).central, 'control.sock'), 'backup', { path }).then(
      () => true,
      () => false,
    );
    if (done && existsSync(path)) return path;
    await clock.sleep(300, signal);
  }
}

/** After the weather: a kiosk without its journal must have stopped; two people open its next epoch, two count what is in it. */
export async function putRight(
  town: Town,
  { reimaged }: Aftermath,
  ports: OfficerPorts,
  stage: Stage,
): Promise<string[]> {
  if (!reimaged) return [];
  const { name, fed } = reimaged;
  const { folder, clock, tell } = ports;
  const stopped = await hasStopped(town, name, ports);
  const faults = stopped ? [] : [`${name} lost its journal and was not stopped by the office`];
  if (cardsFed(folder, name) !== fed) faults.push(`${name} lost its journal and fed a card all the same`);
  const opened = await openedEpoch(folder, clock, name);
  if (typeof opened === 'string') return [...faults, `the next epoch of ${name} could not be opened: ${opened}`];
  stage.letEnd(`kiosk-${name}`); // its next life stands on the journal of the new epoch
  const password = await giveEnrolment(folder, name, opened.enrolment, town.lines.get(name)?.proxy.port ?? 0);
  for (const broker of town.programs.brokers) {
    admit(folder, { [name]: password });
    stage.kill(broker); // reads its passwords at its start
  }
  tell(`--- epoch ${opened.enrolment.epoch} of ${name} is open, ${opened.unexplained} blanks unexplained`);
  const { cards } = worldIn(places(folder).cabinet(name));
  const hopper = cards.filter(({ place }) => place === 'hopper').length;
  const counts = { hopper: String(hopper), ...bodiesByKind(cards) };
  const cabinet = town.machines.find((one) => one.name === name)?.cabinetUrl ?? '';
  for (const verb of ['openDoor', 'emptyRejectBox', 'closeDoor']) await act(cabinet, verb);
  const counted = await untilDone(clock, () =>
    askControl(join(places(folder).kiosk(name), 'control.sock'), 'opening-count', { ...counts, by: people }),
  );
  tell(`--- two people count ${JSON.stringify(counts)} in ${name}${counted ? `: ${counted}` : ''}`);
  return counted ? [...faults, `the beginning of ${name} could not be counted: ${counted}`] : faults;
}

/** The office has only just started again, and may not hear anybody yet. In words where it never does. */
async function openedEpoch(folder: string, clock: OfficerPorts['clock'], kiosk: KioskName) {
  const socket = join(places(folder).central, 'control.sock');
  const order = { kiosk, by: people, reason: 'the disk of the kiosk was lost' };
  const opened: { enrolment: Enrolment; unexplained: number }[] = [];
  const refused = await untilDone(clock, async () => {
    opened.push((await askControl(socket, 'open-epoch', order)) as (typeof opened)[number]);
  });
  return opened[0] ?? refused ?? 'no answer';
}

async function hasStopped({ machines }: Town, name: KioskName, { clock }: OfficerPorts): Promise<boolean> {
  const machine = machines.find((one) => one.name === name);
  for (let tries = 0; tries < 300; tries += 1) {
    const shown = machine?.screen.value?.screen;
    if (shown?.at === 'welcome' && shown.service.reason === 'kiosk/journal-fork') return true;
    await clock.sleep(100);
  }
  return false;
}

/** Null when it was done; otherwise why it could not be, after a minute of trying. */
async function untilDone(clock: OfficerPorts['clock'], work: () => Promise<unknown>): Promise<string | null> {
  let why = '';
  for (let tries = 0; tries < 120; tries += 1) {
    try {
      await work();
      return null;
    } catch (error) {
      why = (error as Error).message;
      await clock.sleep(500);
    }
  }
  return why;
}
