import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { isAt, type Mark } from './boundaries.ts';
import type { PerKind } from './count.ts';
import { countedPlainly } from './count.ts';
import { expectations } from './expectations.ts';
import { answerFrom, type Memory, newMemory } from './memory.ts';
import { faultsAtRest } from './oracle.ts';
import { firstOwn, type Place, placeOf, type Recorded, type Recording, readyTown, record } from './record.ts';
import { storyCalled } from './scenarios/all.ts';
import { type Depth, judge, newSearch } from './search.ts';
import { searchDeaths } from './search-deaths.ts';
import { searchMishaps } from './search-mishaps.ts';
import type { Violation } from './seed.ts';

/** What one process does by itself. A search shares nothing but the plain data it begins with. */
export interface Job {
  scenario: string;
  what: 'deaths' | 'mishaps' | 'both';
  part: readonly [number, number];
  pairs: boolean;
  second?: 'deaths' | 'mishaps';
  depth: Depth;
  first: boolean;
  /** Only moments of the story that come before this one. */
  before?: Mark;
}

export interface Result {
  job: Job;
  boundaries: PerKind;
  /** The same, counted elsewhere; by the first part of a story only. */
  plain: PerKind | null;
  worlds: number;
  skipped: number;
  violations: Violation[];
}

/** What all jobs of a process begin with, and what one leaves to the next. */
export type Ready = Awaited<ReturnType<typeof readyTown>> & {
  memory: Memory;
  /** Where stories went, for those that begin like them. */
  told: Map<string, readonly Place[]>;
};

export const ready = async (memory: Memory): Promise<Ready> => ({ ...(await readyTown()), memory, told: new Map() });

/** How far a job is: worlds searched, and moments that wait. */
export interface Progress {
  worlds: number;
  left: number;
}

/** The moments of a story that are its own: until then it is another one, which is searched there. */
async function ownMoments(ready: Ready, { scenario, moments }: Recording): Promise<Recorded[]> {
  ready.told.set(scenario.name, moments.map(placeOf));
  const { beginsLike } = scenario;
  return beginsLike ? moments.slice(firstOwn(moments, await toldMoments(ready, beginsLike))) : moments;
}

function earlier(moments: Recorded[], mark?: Mark): Recorded[] {
  const end = mark ? moments.findIndex(({ boundary }) => isAt(boundary, mark)) : -1;
  return end < 0 ? moments : moments.slice(0, end);
}

async function toldMoments({ town, from, told }: Ready, name: string): Promise<readonly Place[]> {
  const known = told.get(name);
  if (known) return known;
  const { moments, end } = await record(town, from, storyCalled(name));
  end.end();
  const places = moments.map(placeOf);
  told.set(name, places);
  return places;
}

/** Does one job here. The story itself, with nothing going wrong, is judged with its first part. */
export async function workHere(ready: Ready, job: Job, progress: (now: Progress) => void): Promise<Result> {
  const { town, from, memory } = ready;
  const scenario = storyCalled(job.scenario);
  const whole = await record(town, from, scenario);
  const isWhole = job.depth === 'everything';
  const moments = earlier(isWhole ? whole.moments : await ownMoments(ready, whole), job.before);
  const recording = { ...whole, moments };
  const isFirst = job.part[0] === 0;
  const plain = isFirst ? await countedPlainly(town, from, scenario) : null;
  const search = newSearch(memory);
  const options = { ...job, tell: () => progress({ worlds: search.worlds, left: search.left }) };
  if (job.what !== 'mishaps' && isFirst) {
    const expect = expectations(scenario);
    const own = [...faultsAtRest(recording.end, recording.isQuiet, expect), ...(await judge(recording.end, expect))];
    search.worlds += 1;
    if (own.length > 0) search.violations.push({ scenario: scenario.name, steps: [], faults: [...new Set(own)] });
  }
  recording.end.end();
  const isSearched = job.depth !== 'story';
  if (isSearched && job.what !== 'mishaps') await searchDeaths(town, recording, search, options);
  if (isSearched && job.what !== 'deaths' && !scenario.oldDisks && scenario.events !== 'epochs')
    await searchMishaps(town, from, recording, search, options);
  const { worlds, skipped, violations } = search;
  return { job, boundaries: recording.boundaries, plain, worlds, skipped, violations };
}

/** The open file by which a worker asks what is known. */
export const askingFd = 3;

/** A process that does one job after the other, in `folder`. */
export interface Worker {
  /** Rejects where the process ends without a result. */
  do(job: Job, progress: (now: Progress) => void): Promise<Result>;
  close(): void;
}

const withoutTraces = '--stack-trace-limit=0'; // an abort per question to a machine: their traces cost a tenth of the time

export function openWorker(folder: string, memory: Memory = newMemory()): Worker {
  const args = [withoutTraces, 'tests/explore/main.ts', '--work'];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  answerFrom(memory, child.stdio[askingFd] as Duplex);
  const words: string[] = [];
  child.stderr.on('data', (data: Buffer) => words.push(data.toString()));
  child.stdin.on('error', () => undefined); // told by its end
  let heard = (_: Progress | Result): void => undefined;
  createInterface({ input: child.stdout }).on('line', (line) => heard(JSON.parse(line)));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    do(job, progress) {
      child.stdin.write(`${JSON.stringify(job)}\n`);
      return new Promise((resolve, reject) => {
        heard = (said) => ('job' in said ? resolve(said) : progress(said));
        void ended.then((code) =>
          reject(new Error(`${job.scenario}: ended with ${code}: ${words.join('').slice(-600)}`)),
        );
      });
    },
    close: () => void child.stdin.end(),
  };
}

/** Each part by a process of its own, and one memory for all; results in the order they come. */
export async function workAll(
  jobs: readonly Job[],
  done: (result: Result) => void,
  progress: (more: number, left: number) => void,
): Promise<void> {
  const memory = newMemory();
  const hand = async (part: number) => {
    const worker = openWorker(`${import.meta.dirname}/../..`, memory);
    try {
      for (const job of jobs.filter((one) => one.part[0] === part)) {
        let last = 0;
        const result = await worker.do(job, ({ worlds, left }) => {
          progress(worlds - last, left);
          last = worlds;
        });
        progress(result.worlds - last, 0);
        done(result);
      }
    } finally {
      worker.close();
    }
  };
  await Promise.all([...new Set(jobs.map(({ part }) => part[0]))].map(hand));
}
