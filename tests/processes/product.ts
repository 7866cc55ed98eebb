import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { CabinetView } from '#cabinet/view.ts';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import { Remembered } from '#kit/async.ts';
import { systemClock } from '#kit/clock.ts';
import { followEvents, until } from './events.ts';

export type Process = 'kiosk' | 'central' | 'cabinet';

interface Addresses {
  kiosk: string;
  console: string;
  cabinet: string;
  firstPassword: string | null;
  pids: Record<Process, number>;
}

/** The product as it was started by one command, seen from outside. */
export interface Product extends Addresses, AsyncDisposable {
  readonly state: string;
  /** What the citizen sees; null while nobody answers. */
  readonly screen: Remembered<ScreenState | null>;
  /** The physical world, as the cabinet's page draws it. */
  readonly world: Remembered<CabinetView | null>;
  /** SIGKILL; resolves when another process has taken its place. */
  killed(who: Process): Promise<void>;
  /** SIGKILL of what `npm start` itself is; resolves when nobody holds a port any more. */
  starterKilled(): Promise<void>;
  /** Ctrl-C as a terminal sends it: to the whole group. Resolves with the exit code. */
  interrupt(): Promise<number | null>;
}

const repo = join(import.meta.dirname, '../..');

export function temporaryFolder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'anjungan-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

const anyPorts = ['kiosk', 'console', 'cabinet', 'broker'].flatMap((name) => [`--${name}-port`, '0']);

/** `node tools/start.ts`, or the command as a person types it. */
export const byScript = [process.execPath, 'tools/start.ts'];
export const byNpm = ['npm', 'start', '--silent', '--'];

function run([command = '', ...first]: string[], words: string[]): ChildProcess {
  return spawn(command, [...first, ...words], { cwd: repo, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
}

/** Starts the product over a state folder and waits for its addresses. Rejects with its words where it ends instead. */
export async function startProduct(state: string, more: string[] = [], command = byScript): Promise<Product> {
  const child = run(command, ['--json', '--state', state, ...anyPorts, '--pacing', 'zero', ...more]);
  const news = new Remembered<Record<string, unknown>[]>([]);
  const words = text(child.stderr as NodeJS.ReadableStream);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  lines.on('line', (line) => news.set([...news.value, JSON.parse(line) as Record<string, unknown>]));
  const ended = once(child, 'close') as Promise<[number | null]>;
  const failed = ended.then(async () => Promise.reject(new Error(`it ended: ${await words}`)));
  failed.catch(() => undefined);
  const [first] = await Promise.race([until(news, 'the addresses', (all) => all.length > 0), failed]);
  const addresses = first as unknown as Addresses;
  const life = new AbortController();
  const followed = <T>(url: string) => followEvents<T>(url, life.signal);

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    life.abort();
    if (child.exitCode === null && child.signalCode === null) process.kill(-Number(child.pid), signal);
    const [code] = await ended;
    return code;
  }

  const screen = followed<ScreenState>(new URL('/state', addresses.kiosk).href);
  const world = followed<CabinetView>(new URL('/view', addresses.cabinet).href);
  const answers = (url: string) =>
    fetch(url).then(
      () => true,
      () => false,
    );

  return {
    ...addresses,
    ...{ state, screen, world },
    async killed(who) {
      const before = news.value.length;
      const isBack = (all: Record<string, unknown>[]) =>
        all.slice(before).find((one) => one.name === who && one.what === 'back');
      process.kill(addresses.pids[who], 'SIGKILL');
      const all = await Promise.race([until(news, `${who} to be back`, (seen) => isBack(seen) !== undefined), failed]);
      addresses.pids[who] = Number(isBack(all)?.pid);
    },
    async starterKilled() {
      child.kill('SIGKILL');
      for (const url of [addresses.kiosk, addresses.cabinet, addresses.console])
        while (await answers(url)) await systemClock.sleep(20);
      life.abort();
    },
    interrupt: () => end('SIGINT'),
    [Symbol.asyncDispose]: async () => void (await end('SIGTERM')),
  };
}

/** What becomes of a program that cannot run: its exit code and the lines it says about it. */
export async function lastWords(command: string[], words: string[]): Promise<{ code: number | null; said: string[] }> {
  const child = run(command, words);
  const said = Promise.all([child.stdout, child.stderr].map((stream) => text(stream as NodeJS.ReadableStream)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: (await said).join('').split('\n').filter(Boolean) };
}
