import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { systemClock } from '#kit/clock.ts';

export const repo = join(import.meta.dirname, '../..');

/** A child program that has said that it is ready. */
export interface Program extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The line of JSON in which it said so. */
  readonly ready: Record<string, unknown>;
  /** Asks it to end, and resolves when it has; whoever has not within 5 s is killed. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  /** What stands before the script on Node's command line. */
  nodeOptions?: string[];
  /** What runs Node, with its arguments: strace, for instance. */
  under?: string[];
  env?: Record<string, string>;
}

/** The children find their compiled code where `npm start` keeps it. */
const compileCache = () => ({ NODE_COMPILE_CACHE: join(repo, 'var/compile-cache') });

export function spawnNode(args: string[], { nodeOptions = [], under = [], env = {} }: ProgramOptions = {}) {
  const [command = '', ...rest] = [...under, process.execPath, ...nodeOptions, ...args];
  return spawn(command, rest, {
    cwd: repo,
    env: { ...process.env, ...compileCache(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts a script and waits for its first line of JSON; rejects with what it said on stderr where it ends before. */
export async function startProgram(script: string, args: string[], options: ProgramOptions = {}): Promise<Program> {
  const child = spawnNode([join(repo, script), ...args], options);
  const errors: string[] = [];
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`${script}: ${errors.join('').trim() || `ended with ${code}`}`);
  });
  failed.catch(() => undefined);
  const line = once(createInterface({ input: child.stdout }), 'line').then(([text]) => JSON.parse(String(text)));
  const ready = (await Promise.race([line, failed])) as Record<string, unknown>;
  const stop = () => end(child);
  return { child, pid: child.pid as number, ready, stop, [Symbol.asyncDispose]: stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const waiting = new AbortController();
  const impatient = systemClock.sleep(5_000, waiting.signal).then(
    () => child.kill('SIGKILL'),
    () => undefined,
  );
  await gone;
  waiting.abort();
  await impatient;
}

/** Runs a child to its end and gives what it wrote to stdout; rejects with its stderr where it fails. */
export async function outputOf(args: string[], options: ProgramOptions = {}): Promise<string> {
  const child = spawnNode(args, options);
  const [out, errors]: [string[], string[]] = [[], []];
  child.stdout.on('data', (chunk) => out.push(String(chunk)));
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(errors.join('').trim() || `a child ended with ${code}`);
  return out.join('');
}
