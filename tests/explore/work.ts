import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Clock } from '#kit/clock.ts';
import type { PerKind } from './count.ts';
import { countedPlainly } from './count.ts';
import { faultsAtRest } from './oracle.ts';
import { readyTown, record } from './record.ts';
import { scenarios } from './scenarios/all.ts';
import { type Depth, expectations, judge, newSearch, searchDeaths, searchMishaps, type Violation } from './search.ts';

/** What one process does by itself. A search shares nothing but the plain data it begins with. */
export interface Job {
  scenario: string;
  what: 'deaths' | 'mishaps' | 'both';
  part: readonly [number, number];
  pairs: boolean;
  depth: Depth;
  first: boolean;
}

export interface Result {
  job: Job;
  boundaries: PerKind;
  plain: PerKind;
  worlds: number;
  skipped: number;
  violations: Violation[];
}

/** What all jobs of a process begin with. */
export type Ready = Awaited<ReturnType<typeof readyTown>>;

/** How far a job is: worlds searched, and moments that wait. */
export interface Progress {
  worlds: number;
  left: number;
}

/** Does one job here. The story itself, with nothing going wrong, is judged with its first part. */
export async function workHere({ town, from }: Ready, job: Job, progress: (now: Progress) => void): Promise<Result> {
  const scenario = scenarios.find(({ name }) => name === job.scenario);
  if (!scenario)
    throw new Error(`there is no scenario ${job.scenario}; there are ${scenarios.map(({ name }) => name).join(', ')}`);
  const recording = await record(town, from, scenario);
  const plain = await countedPlainly(town, from, scenario);
  const search = newSearch();
  const options = { ...job, tell: () => progress({ worlds: search.worlds, left: search.left }) };
  if (job.what !== 'mishaps' && job.part[0] === 0) {
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

/** One story searched by this process alone, for a bench: how many worlds, in how many milliseconds. */
export async function searchOnce(
  name: string,
  clock: Pick<Clock, 'monotonicMs'>,
): Promise<{ worlds: number; ms: number }> {
  const ready = await readyTown();
  const startedMs = clock.monotonicMs();
  const job: Job = { scenario: name, what: 'both', part: [0, 1], pairs: false, depth: 'part', first: false };
  const { worlds } = await workHere(ready, job, () => undefined);
  return { worlds, ms: clock.monotonicMs() - startedMs };
}

/** A process that does one job after the other, in `folder`. */
export interface Worker {
  /** Rejects where the process ends without a result. */
  do(job: Job, progress: (now: Progress) => void): Promise<Result>;
  close(): void;
}

const withoutTraces = '--stack-trace-limit=0'; // an abort per question to a machine: their traces cost a tenth of the time

export function openWorker(folder: string): Worker {
  const child = spawn(process.execPath, [withoutTraces, 'tests/explore/main.ts', '--work'], { cwd: folder });
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

/** So many at a time, in the order given; results in the order they come. */
export async function workAll(
  jobs: readonly Job[],
  atOnce: number,
  done: (result: Result) => void,
  progress: (more: number, left: number) => void,
): Promise<void> {
  const queue = jobs.values();
  const hand = async () => {
    const worker = openWorker(`${import.meta.dirname}/../..`);
    try {
      for (const job of queue) {
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
  await Promise.all(Array.from({ length: Math.min(atOnce, jobs.length) }, hand));
}
