import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { PerKind } from './count.ts';
import { countedPlainly } from './count.ts';
import { faultsAtRest } from './oracle.ts';
import { readyTown, record } from './record.ts';
import { scenarios } from './scenarios/all.ts';
import { expectations, judge, newSearch, searchDeaths, searchMishaps, type Violation } from './search.ts';

/** What one process does by itself. A search shares nothing but the plain data it begins with. */
export interface Job {
  scenario: string;
  what: 'deaths' | 'mishaps';
  part: readonly [number, number];
  pairs: boolean;
  everywhere: boolean;
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

/** Does one job here. The story itself, with nothing going wrong, is judged with its first part. */
export async function workHere(job: Job, progress: (worlds: number) => void): Promise<Result> {
  const scenario = scenarios.find(({ name }) => name === job.scenario);
  if (!scenario)
    throw new Error(`there is no scenario ${job.scenario}; there are ${scenarios.map(({ name }) => name).join(', ')}`);
  const { town, from } = await readyTown();
  const recording = await record(town, from, scenario);
  const plain = await countedPlainly(town, from, scenario);
  const search = newSearch();
  const options = { ...job, tell: () => progress(search.worlds) };
  if (job.what === 'deaths' && job.part[0] === 0) {
    const expect = expectations(scenario);
    const own = [...faultsAtRest(recording.end, recording.isQuiet, expect), ...(await judge(recording.end, expect))];
    search.worlds += 1;
    if (own.length > 0) search.violations.push({ scenario: scenario.name, steps: [], faults: [...new Set(own)] });
  }
  recording.end.end();
  if (job.what === 'deaths') await searchDeaths(town, recording, search, options);
  else await searchMishaps(town, from, recording, search, options);
  const { worlds, skipped, violations } = search;
  return { job, boundaries: recording.boundaries, plain, worlds, skipped, violations };
}

/** Does one job in a process of its own, in `folder`. Rejects where that process ends without a result. */
export function workThere(job: Job, folder: string, progress: (worlds: number) => void): Promise<Result> {
  return new Promise((resolve, reject) => {
    const args = ['tests/explore/main.ts', '--work', JSON.stringify(job)];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const words: string[] = [];
    child.stderr.on('data', (data: Buffer) => words.push(data.toString()));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { worlds: number } | Result;
      if ('job' in said) resolve(said);
      else progress(said.worlds);
    });
    child.on('close', (code) =>
      reject(new Error(`${job.scenario}: ended with ${code}: ${words.join('').slice(-600)}`)),
    );
  });
}

/** So many at a time, in the order given; results in the order they come. */
export async function workAll(
  jobs: readonly Job[],
  atOnce: number,
  done: (result: Result) => void,
  progress: (worlds: number) => void,
): Promise<void> {
  const queue = jobs.values();
  const hand = async () => {
    for (const job of queue) {
      let last = 0;
      const result = await workThere(job, `${import.meta.dirname}/../..`, (worlds) => {
        progress(worlds - last);
        last = worlds;
      });
      progress(result.worlds - last);
      done(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
}
