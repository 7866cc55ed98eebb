import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { readSaved, type Saved } from './saved.ts';

const MAIN = fileURLToPath(new URL('./cabinet.main.ts', import.meta.url));
const running: ChildProcess[] = [];
const folder = () => mkdtemp(join(tmpdir(), 'anjungan-cabinet-main-'));

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function start(...words: string[]) {
  const child = spawn(process.execPath, [MAIN, '--pacing', 'zero', ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  return child;
}

interface Ready {
  ready: boolean;
  page: string;
  devices: Record<string, { kind: string; path?: string; command?: string[] }>;
}

async function ready(child: ChildProcess): Promise<Ready> {
  const words = lastWords(child);
  for await (const line of createInterface({ input: child.stdout! })) return JSON.parse(line) as Ready;
  throw new Error(`it ended: ${JSON.stringify(await words)}`);
}

async function lastWords(child: ChildProcess): Promise<{ code: number | null; words: string }> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, words };
}

async function act(page: string, verb: string, more: object = {}) {
  const body = JSON.stringify({ verb, ...more });
  const reply = await fetch(`${page}do`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(reply.status).toBe(200);
}

/** The one file that an orderly end leaves for whoever looks into the folder. */
const whole = async (state: string) => JSON.parse(await readFile(join(state, 'world.json'), 'utf8')) as Saved;
const inFeeder = (saved: Saved | null) => saved?.world.cards.filter((card) => card.place === 'hopper').length;

test('it says where page and devices are, and survives SIGKILL and SIGTERM with every card in its place', async () => {
  const state = await folder();
  const first = start('--state', state, '--port', '0');
  const { page, devices } = await ready(first);
  expect(Object.keys(devices)).toEqual(['card-printer', 'receipt-printer', 'panel', 'camera', 'fingerprint-scanner']);
  expect(devices.camera?.command?.at(-1)).toMatch(/^unix:/);
  await act(page, 'loadHopper', { count: 7 });
  first.kill('SIGKILL');
  await once(first, 'close');
  expect(inFeeder(readSaved(state))).toBe(7);

  const second = start('--state', state, '--port', '0');
  await act((await ready(second)).page, 'loadHopper', { count: 3 });
  second.kill('SIGTERM');
  expect(await lastWords(second)).toEqual({ code: 0, words: '' });
  expect(inFeeder(await whole(state))).toBe(10);
});

test('a taken port, an unusable folder and a wrong word each get one clear line', async () => {
  const state = await folder();
  const { page } = await ready(start('--state', state, '--port', '0'));
  const taken = start('--state', await folder(), '--port', new URL(page).port);
  const file = join(await folder(), 'not-a-folder');
  await writeFile(file, '');
  const blocked = start('--state', file, '--port', '0');
  const wrong = start('--state', await folder(), '--port', '0', '--speed', 'warp');
  const ends = await Promise.all([taken, blocked, wrong].map(lastWords));
  expect(ends.map(({ code }) => code)).toEqual([1, 1, 1]);
  expect(ends[0]?.words).toMatch(/^cabinet: the port is taken by another program .*\n$/);
  expect(ends[1]?.words).toMatch(/^cabinet: a folder cannot be written to .*\n$/);
  expect(ends[2]?.words).toMatch(/^cabinet: .*--speed.*\n$/);
});
