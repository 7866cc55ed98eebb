import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure, Findings, Ground } from './figure.ts';
import { importCosts } from './import-costs.ts';
import { loadedModules } from './loaded-modules.ts';
import { screenStates } from './page-client.ts';
import { spawnNode } from './processes.ts';
import { openThreePrograms, type ThreePrograms, untilServing } from './three-programs.ts';

const idleMs = 20_000;

interface Memory {
  rssMb: number;
  pssMb: number;
}

/** What the board's memory holds of a kiosk that waits for its first citizen of the day. */
export const idleMemory: Figure = {
  title: `memory of the controller at a later start, ${idleMs / 1_000} s after the welcome, with its page open`,
  async measure(ground) {
    const { folder, clock, progress } = ground;
    await using programs = await openThreePrograms(join(folder, 'programs'), clock, 'zero');
    const idle = await idleController(programs, ground);
    const empty = await emptyNode(ground);
    progress('memory: what the idle controller has loaded');
    const loaded = await loadedModules(programs, clock, join(folder, 'loaded.json'));
    const costs = await importCosts(loaded.packages, progress);
    return {
      measures: measuresOf(idle, empty),
      details: [costs, loaded.detail],
      notes: [
        'MB are 2^20 bytes. PSS counts what is shared with other Node programs in parts; RSS is what a board without others holds.',
        'The children of the drivers (the camera program) are not in it.',
        'A cost is measured alone, in a fresh process: what two packages share is counted with both.',
      ],
    };
  },
};

async function idleController(programs: ThreePrograms, { clock, progress }: Ground): Promise<Memory> {
  await using kiosk = await programs.startKiosk();
  const page = String(kiosk.ready.page);
  await untilServing(page, clock);
  const stop = new AbortController();
  const watching = watch(page, stop.signal);
  progress(`memory: ${idleMs / 1_000} s of idling`);
  await clock.sleep(idleMs);
  const memory = memoryOf(kiosk.pid);
  stop.abort();
  await watching;
  return memory;
}

async function watch(page: string, signal: AbortSignal): Promise<void> {
  for await (const _ of screenStates(page, signal));
}

async function emptyNode({ clock }: Ground): Promise<Memory> {
  const child = spawnNode(['-e', 'process.stdin.resume(); require("node:net").createServer().listen(0)']);
  await clock.sleep(2_000);
  const memory = memoryOf(child.pid as number);
  child.kill('SIGKILL');
  return memory;
}

function memoryOf(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const mb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN) / 1_024;
  return { rssMb: mb('Rss'), pssMb: mb('Pss') };
}

function measuresOf(idle: Memory, empty: Memory): Findings['measures'] {
  const measure = (what: string, value: number) => ({ aim: null, what, value, unit: 'MB', runs: 1 });
  return [
    { ...measure('idle controller, RSS', idle.rssMb), aim: 'memory' },
    measure('idle controller, PSS', idle.pssMb),
    measure('an empty Node program, RSS', empty.rssMb),
    measure('an empty Node program, PSS', empty.pssMb),
  ];
}
