import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from '#kit/clock.ts';

/** A program of the run, as a command. */
export interface Program {
  name: string;
  command: readonly string[];
  env?: Record<string, string>;
  /** It says that it is ready in one line of JSON; where not, it counts as ready at once. */
  speaks: boolean;
}

/** Starts programs, starts each again that has ended, and ends them all. */
export interface Stage {
  /** Resolves with what it says when it is ready; rejects where its first life ends before. */
  start(program: Program): Promise<Record<string, unknown>>;
  /** SIGKILL; it comes back after a while. False where it is not running. */
  kill(name: string): boolean;
  /** Its next end in good order is no accident. */
  letEnd(name: string): void;
  /** Asks it to end; resolves when its next life is ready. */
  startAgain(name: string): Promise<void>;
  /** It runs and has said that it is ready. */
  isReady(name: string): boolean;
  /** SIGKILL; resolves when it is dead, and it stays so until `up`. */
  down(name: string): Promise<void>;
  up(name: string): void;
  /** Asks all of these to end and does not start them again. */
  stop(names: readonly string[]): Promise<void>;
  /** Ends that nobody asked for, in the programs' own words. */
  readonly accidents: string[];
  names(): string[];
}

const repo = join(import.meta.dirname, '../..');
const withParent = join(repo, 'tools/start/with-parent.ts');
const askedToEndMs = 60_000; // on a loaded machine, with a compile cache still to be written

/** One of ours: ends in order when whoever started it is gone. */
export function ours(script: string, ...args: string[]): string[] {
  return [process.execPath, '--import', withParent, join(repo, script), ...args];
}

interface Actor {
  program: Program;
  child: ChildProcess | null;
  ready: boolean;
  /** Our own doing, so that its end is no accident. */
  killed: boolean;
  mayEnd: boolean;
  held: boolean;
  wanted: boolean;
}

export interface StageOptions {
  clock: Clock;
  /** What the programs say on stderr is kept here, a file each. */
  folder: string;
  /** How long a program that ended stays away. */
  awayMs: () => number;
  tell: (what: string) => void;
}

const stages = new Set<ReadonlyMap<string, Actor>>();
process.once('exit', () => {
  for (const actors of stages) for (const { child } of actors.values()) child?.kill('SIGKILL'); // nobody is left behind, whatever ends us
});

export function openStage({ clock, folder, awayMs, tell }: StageOptions): Stage {
  const actors = new Map<string, Actor>();
  const accidents: string[] = [];
  stages.add(actors);

  function live(actor: Actor): { ready: Promise<Record<string, unknown>>; ended: Promise<string> } {
    const { program } = actor;
    const child = begin(program, join(folder, `${program.name}.err`));
    Object.assign(actor, { child, killed: false, ready: false });
    const words = lastWords(child);
    const ended = once(child, 'exit').then(([code, signal]) => `${signal ?? `exit ${code}`} ${words()}`.trim());
    const ready = program.speaks ? firstLine(child, ended) : Promise.resolve({});
    void ready.then(
      () => {
        actor.ready = actor.child === child;
      },
      () => undefined,
    );
    return { ready, ended };
  }

  async function keep(actor: Actor, first: Promise<string>): Promise<void> {
    const { name } = actor.program;
    for (let ended = first; ; ) {
      const why = await ended;
      Object.assign(actor, { child: null, ready: false });
      if (!actor.wanted) return;
      if (!actor.killed && !(actor.mayEnd && why.startsWith('exit 0'))) accident(name, why);
      actor.mayEnd = false;
      await clock.sleep(awayMs());
      while (actor.held) await clock.sleep(20);
      if (!actor.wanted) return;
      const life = live(actor);
      void life.ready.then(() => tell(`${name} is back`)).catch(() => undefined);
      ended = life.ended;
    }
  }

  function accident(name: string, why: string): void {
    tell(`${name} ENDED BY ITSELF: ${why}`);
    accidents.push(`${name} ended by itself: ${why}`);
  }

  function kill(name: string): boolean {
    const actor = actors.get(name);
    if (!actor?.child) return false;
    actor.killed = true;
    return actor.child.kill('SIGKILL');
  }

  function letEnd(name: string): void {
    const actor = actors.get(name);
    if (actor) actor.mayEnd = true;
  }

  async function stopOne(actor: Actor): Promise<void> {
    const { child, program } = actor;
    actor.wanted = false;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const late = new AbortController();
    const tooLong = clock.sleep(askedToEndMs, late.signal).then(
      () => {
        accidents.push(`${program.name} did not end within ${askedToEndMs} ms of being asked to`);
        child.kill('SIGKILL');
      },
      () => undefined,
    );
    await gone;
    late.abort();
    await tooLong;
  }

  return {
    accidents,
    kill,
    isReady: (name) => actors.get(name)?.ready === true,
    letEnd,
    async startAgain(name) {
      const before = actors.get(name)?.child;
      letEnd(name);
      before?.kill('SIGTERM');
      while (actors.get(name)?.child === before || !actors.get(name)?.ready) await clock.sleep(50);
    },
    names: () => [...actors.keys()],
    async start(program) {
      const actor: Actor = {
        program,
        child: null,
        ready: false,
        killed: false,
        mayEnd: false,
        held: false,
        wanted: true,
      };
      actors.set(program.name, actor);
      const life = live(actor);
      const ready = await life.ready;
      void keep(actor, life.ended);
      return ready;
    },
    async down(name) {
      const actor = actors.get(name);
      if (!actor) return;
      actor.held = true;
      while (kill(name) || actor.child) await clock.sleep(20);
    },
    up(name) {
      const actor = actors.get(name);
      if (actor) actor.held = false;
    },
    async stop(names) {
      const all = names.flatMap((name) => actors.get(name) ?? []);
      await Promise.all(all.map(stopOne));
    },
  };
}

function begin({ command, env }: Program, errors: string): ChildProcess {
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    cwd: repo,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true, // a Ctrl-C reaches it through us
    env: { NODE_COMPILE_CACHE: join(repo, 'var/compile-cache'), ...process.env, ...env },
  });
  child.on('error', () => undefined);
  child.stderr?.pipe(createWriteStream(errors, { flags: 'a' }));
  return child;
}

async function firstLine(child: ChildProcess, ended: Promise<string>): Promise<Record<string, unknown>> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const never = ended.then((why) => Promise.reject(new Error(why)));
  const [text] = await Promise.race([once(lines, 'line'), never]);
  return JSON.parse(String(text)) as Record<string, unknown>;
}

function lastWords(child: ChildProcess): () => string {
  let last = '';
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    last = line.trim() || last;
  });
  return () => last;
}
