import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pacing } from '#cabinet/pacing.ts';
import { dayAt } from '#kit/civil-date.ts';
import type { Clock } from '#kit/clock.ts';
import { askControl } from '#kit/control-socket.ts';
import { demoKiosk, demoSite } from '#tools/place/place.ts';
import { writeDemoDrop } from '#tools/population/population.ts';
import { screenStates } from './page-client.ts';
import { type Program, type ProgramOptions, startProgram } from './processes.ts';

/** Office and cabinet as processes of their own, and a kiosk's state folder that has been enrolled and started once. */
export interface ThreePrograms extends AsyncDisposable {
  readonly cabinetUrl: string;
  /** Starts the controller once more over its folder. */
  startKiosk(options?: ProgramOptions): Promise<Program>;
}

export async function openThreePrograms(folder: string, clock: Clock, pacing: Pacing): Promise<ThreePrograms> {
  mkdirSync(join(folder, 'cabinet'), { recursive: true });
  const office = await startProgram('tools/bench/office.ts', [join(folder, 'central')]);
  const cabinetArgs = ['--state', join(folder, 'cabinet'), '--port', '0', '--pacing', pacing];
  const cabinet = await startProgram('cabinet/cabinet.main.ts', cabinetArgs);
  const cabinetFile = join(folder, 'cabinet-file.json');
  writeFileSync(cabinetFile, JSON.stringify(cabinet.ready.cabinetFile));
  const state = join(folder, 'kiosk');
  const place: ThreePrograms = {
    cabinetUrl: String(cabinet.ready.page),
    startKiosk: (options) =>
      startProgram('controller/main.ts', ['--state', state, '--cabinet', cabinetFile, '--port', '0'], options),
    async [Symbol.asyncDispose]() {
      await office.stop();
      await cabinet.stop();
    },
  };
  const control = String(office.ready.controlPath);
  await importDemo(join(folder, 'demo-drop'), control, clock);
  await firstStart(place, control, join(state, 'control.sock'), clock);
  return place;
}

async function importDemo(drop: string, control: string, clock: Clock): Promise<void> {
  await writeDemoDrop(drop, dayAt(clock.wallMs()));
  await askControl(control, 'import', { folder: drop });
}

/** Enrols the kiosk, loads the hopper and the books, opens duty, waits until it serves, and ends it in good order. */
async function firstStart(place: ThreePrograms, office: string, kiosk: string, clock: Clock): Promise<void> {
  await using program = await place.startKiosk();
  const { request, enrolment, page } = program.ready as Record<'request' | 'enrolment' | 'page', string>;
  const asked = { request: JSON.parse(await readFile(request, 'utf8')), shard: 'plg', site: demoSite };
  if (asked.request.kiosk !== demoKiosk) throw new Error(`the kiosk calls itself ${asked.request.kiosk}`);
  writeFileSync(enrolment, JSON.stringify(await askControl(office, 'register-kiosk', asked)), { mode: 0o600 });
  while (!existsSync(kiosk)) await clock.sleep(20);
  await atCabinet(place.cabinetUrl, { verb: 'loadHopper', count: 50 });
  await askControl(kiosk, 'load', { count: 50, document: 'BA-BENCH', by: 'OP-BENCH' });
  await askControl(kiosk, 'open-duty', { by: 'OP-BENCH', certificate: 'CERT-BENCH' });
  await untilServing(page, clock);
}

/** Resolves when the page says that this kiosk prints cards; rejects where it does not within 30 s. */
export async function untilServing(page: string, clock: Clock): Promise<void> {
  const stop = new AbortController();
  const untilMs = clock.monotonicMs() + 30_000;
  let last = '';
  for await (const { screen } of screenStates(page, stop.signal)) {
    last = screen.at === 'welcome' ? `${screen.at} ${screen.service.mode} ${screen.service.reason}` : screen.at;
    if (screen.at === 'welcome' && screen.service.mode === 'full') return stop.abort();
    if (clock.monotonicMs() > untilMs) break;
  }
  stop.abort();
  throw new Error(`the kiosk does not serve: ${last}`);
}

/** What a hand does at the machine. */
export async function atCabinet(url: string, deed: { verb: string; count?: number }): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(new URL('/do', url), { method: 'POST', headers, body: JSON.stringify(deed) });
  if (!response.ok) throw new Error(`${deed.verb}: ${await response.text()}`);
}
