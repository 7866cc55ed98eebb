import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '#contract/problems/codes.ts';
import { dayAt } from '#kit/civil-date.ts';
import type { Clock } from '#kit/clock.ts';
import { askControl } from '#kit/control-socket.ts';
import { writeWhole } from '#kit/state-folder.ts';
import { writeDemoDrop } from '#tools/population/population.ts';

const repo = join(import.meta.dirname, '../..');
export const firstLoad = { count: 50, document: 'BA-0001', by: 'OP-DEWI', certificate: 'CERT-0001' };

/** The demo citizens, as a file drop of the registry; dates are relative to today, so each start takes it in again. */
export async function importDemo(state: string, clock: Clock): Promise<void> {
  const folder = join(state, 'demo-drop');
  await writeDemoDrop(folder, dayAt(clock.wallMs()));
  await askControl(join(state, 'central/control.sock'), 'import', { folder });
}

/** What the kiosk keeps of its registration. */
export const enrolmentFiles = (state: string) => ({
  request: join(state, 'kiosk/enrolment-request.json'),
  enrolment: join(state, 'kiosk/enrolment.json'),
});

/** Registered with this office; with `broker`, at the address where its broker is today. */
export function isEnrolled(enrolment: string, broker?: unknown): boolean {
  if (!existsSync(enrolment)) return false;
  const { brokerUrl } = JSON.parse(readFileSync(enrolment, 'utf8')) as { brokerUrl?: unknown };
  return broker === undefined || brokerUrl === broker;
}

/** As any kiosk is registered: by the office's command, from the request file that the controller wrote. */
export async function enrol(state: string): Promise<void> {
  const { request, enrolment } = enrolmentFiles(state);
  const aside = `${enrolment}.new`; // the kiosk waits for the file, and must never read half of it
  const command = [
    join(repo, 'central/main.ts'),
    'register-kiosk',
    request,
    '--out',
    aside,
    '--state',
    join(state, 'central'),
  ];
  const child = spawn(process.execPath, command, { cwd: repo, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('the kiosk could not be registered');
  renameSync(aside, enrolment);
}

/**
 * Hopper and books start at 0: the first load is a named operator with a document number. Each part is noted when it is
 * done, so that a start that was cut short goes on with the next. Resolves with true on the day itself.
 */
export async function loadFirstHopper(state: string, cabinetPage: string, clock: Clock): Promise<boolean> {
  const note = join(state, 'first-load.json');
  const done: string[] = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as { done: string[] }).done : [];
  const { count, document, by, certificate } = firstLoad;
  const control = join(state, 'kiosk/control.sock');
  const parts: Record<string, () => Promise<unknown>> = {
    'cards in the feeder': () => actInCabinet(cabinetPage, { verb: 'loadHopper', count }),
    'booked by the operator': () => askWhenThere(control, 'load', { count, document, by }, clock),
    'duty opened': () => askWhenThere(control, 'open-duty', { by, certificate }, clock),
  };
  const open = Object.entries(parts).filter(([name]) => !done.includes(name));
  for (const [name, act] of open) {
    await act();
    done.push(name);
    writeWhole(note, JSON.stringify({ ...firstLoad, done }));
  }
  return open.length > 0;
}

async function actInCabinet(page: string, action: object): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: new URL(page).origin };
  const reply = await fetch(new URL('/do', page), { method: 'POST', headers, body: JSON.stringify(action) });
  if (!reply.ok) throw new Error(`the cabinet did not do ${JSON.stringify(action)}`);
}

/** The kiosk opens its socket once it is registered; until then nobody answers there. */
async function askWhenThere(path: string, command: string, args: Record<string, unknown>, clock: Clock): Promise<void> {
  for (;;) {
    try {
      await askControl(path, command, args);
      return;
    } catch (error) {
      if (codeOf(error, 'link/lost') !== 'link/unreachable') throw error;
      await clock.sleep(50);
    }
  }
}
