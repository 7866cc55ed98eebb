import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** One of the three, as a command. */
export interface Program {
  name: string;
  script: string;
  args: string[];
}

/** One life of a program: from its start to its end. */
export interface Life {
  readonly child: ChildProcess;
  /** What it says of itself in its first line; rejects with its own words where it ends before. */
  readonly ready: Promise<Record<string, unknown>>;
  /** Why it ended, in a few words, and its exit code; null where a signal ended it. Never rejects. */
  readonly ended: Promise<End>;
}

export interface End {
  why: string;
  code: number | null;
}

const repo = join(import.meta.dirname, '../..');
const withParent = join(import.meta.dirname, 'with-parent.ts');

/** A process group of its own: a Ctrl-C reaches it through us, so that it is asked once and in order. */
export function begin({ name, script, args }: Program): Life {
  const command = ['--import', withParent, join(repo, script), ...args];
  const child = spawn(process.execPath, command, {
    cwd: repo,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const words = lastWords(child);
  const ended = once(child, 'close').then(([code, signal]) => ({
    why: words().replace(`${name}: `, '') || String(signal ?? `exit code ${code}`),
    code: code as number | null,
  }));
  const line = once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line');
  const never = ended.then(({ why }) => Promise.reject(new Error(`${name}: ${why}`)));
  const ready = Promise.race([line.then(([text]) => JSON.parse(String(text)) as Record<string, unknown>), never]);
  ready.catch(() => undefined); // whoever waits for it hears of it
  return { child, ready, ended };
}

/** A program that fails explains itself in one line, and that is its last. */
function lastWords(child: ChildProcess): () => string {
  let last = '';
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    last = line.trim() || last;
  });
  return () => last;
}
