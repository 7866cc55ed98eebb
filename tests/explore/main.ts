import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { systemClock } from '#kit/clock.ts';
import { LifeOver } from './life.ts';
import { sharedMemory } from './memory.ts';
import { writePlantsTable } from './plants.ts';
import { grouped, replay, told } from './report.ts';
import { scenarios } from './scenarios/all.ts';
import { stubbornStories } from './scenarios/stubborn.ts';
import { askingFd, type Job, type Result, ready, workAll, workHere } from './work.ts';

const usage = `Searches for a crash, a hand or a stubborn printer that breaks a promise.
  --scenario NAME   only this story; may be given several times
  --deaths          only deaths of the kiosk, no mishaps of one that lives on
  --mishaps         only those mishaps
  --pairs           what comes after an event meets a second one, once at each of its steps with the same in hand and in the
                    machine, until no moment waits (hours); with --everywhere at each of its boundaries (days)
  --second KIND     with --pairs: only deaths, or only mishaps, as what comes after
  --everywhere      every event at each boundary of each story, also where it was met in another (an hour)
  --stubborn        only stories with a printer that differs from the usual one in one thing, as shortly as --part (five minutes);
                    without an option these are told after the others
  --part            a shorter part: the usual deaths at every boundary, one mishap at every act
  --jobs N          processes side by side (default 2)
  --plants          also breaks each rule in a copy of the product, and writes docs/explore/plants.md
  --plants-only     the same, without searching the product itself
  --plant NAME      only this plant, and no table
  --json            one line: {scenarios, boundaries, worlds, violations, planted: {found, of}}
  --replay SEED     tells one world again, step by step
Ends with 1 where a promise was broken, a boundary was overlooked or a plant was not found.`;

const options = {
  scenario: { type: 'string', multiple: true },
  deaths: { type: 'boolean', default: false },
  mishaps: { type: 'boolean', default: false },
  pairs: { type: 'boolean', default: false },
  second: { type: 'string' },
  everywhere: { type: 'boolean', default: false },
  stubborn: { type: 'boolean', default: false },
  part: { type: 'boolean', default: false },
  jobs: { type: 'string', default: '2' },
  plants: { type: 'boolean', default: false },
  'plants-only': { type: 'boolean', default: false },
  plant: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  replay: { type: 'string' },
  work: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** A program that was killed in the middle of a turn still ends that turn, and finds that it is dead, or that its disk is. */
const unlessOver = (error: unknown) => {
  if (!(error instanceof LifeOver)) throw error; // the real one ends by it, as it is about to here
};
process.on('unhandledRejection', unlessOver);
process.on('uncaughtException', unlessOver);

const { values } = parseArgs({ options });
if (values.second !== undefined && !/^(deaths|mishaps)$/.test(values.second))
  throw new Error(`--second deaths or mishaps, not ${values.second}`);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (values.help) say(usage);
else if (values.work) await workForOthers();
else if (values.replay) await tellAgain(values.replay);
else await explore();
await new Promise<void>((resolve) => process.stdout.write('', () => resolve())); // into a pipe not all of it may be out yet
process.exit(); // boards and timers of lives that were dropped

/** Jobs come line by line, until there are no more. */
async function workForOthers(): Promise<void> {
  const begin = await ready(sharedMemory(askingFd));
  for await (const line of createInterface({ input: process.stdin })) {
    const result = await workHere(begin, JSON.parse(line) as Job, (now) => {
      if (now.worlds % 20 === 0) say(JSON.stringify(now));
    });
    say(JSON.stringify(result));
  }
}

async function tellAgain(seed: string): Promise<void> {
  const faults = await replay(seed, say);
  for (const fault of faults) say(`BROKEN ${fault}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

async function explore(): Promise<void> {
  const startedMs = systemClock.monotonicMs();
  const seconds = () => (systemClock.monotonicMs() - startedMs) / 1_000;
  const isAllOfOne = values.pairs || values.everywhere || values.part || values.deaths || values.mishaps;
  const stories = values.stubborn ? stubbornStories : isAllOfOne ? scenarios : [...scenarios, ...stubbornStories];
  const names = values.scenario ?? stories.map(({ name }) => name);
  const results: Result[] = [];
  let worlds = 0;
  const progress = (more: number, left: number) => {
    worlds += more;
    const line = `${worlds} worlds, ${Math.round(seconds())} s${values.pairs ? `, ${left} moments wait` : ''}`;
    if (more === 0 || values.json) return;
    if (process.stderr.isTTY) process.stderr.write(`\r${line} `);
    else if (Math.floor(worlds / 500) > Math.floor((worlds - more) / 500)) process.stderr.write(`${line}\n`);
  };
  if (!values.plant && !values['plants-only']) {
    const done = (result: Result) => {
      results.push(result);
      tellDone(result, seconds());
    };
    await workAll(jobsFor(names), done, progress);
  }
  const planted =
    values.plants || values['plants-only'] || values.plant
      ? await writePlantsTable(values.plant, values.json ? () => undefined : say)
      : { found: 0, of: 0 };
  const violations = results.flatMap((result) => result.violations);
  const overlooked = results.filter(isOverlooked);
  if (values.json) sayJson(names.length, results, violations.length, planted);
  else sayAll(results, seconds(), planted);
  process.exitCode = violations.length + overlooked.length + planted.of - planted.found > 0 ? 1 : 0;
}

function isOverlooked({ boundaries, plain }: Pick<Result, 'boundaries' | 'plain'>): boolean {
  return plain !== null && JSON.stringify(boundaries) !== JSON.stringify(plain);
}

function tellDone({ job, worlds, violations }: Result, seconds: number): void {
  const { scenario, what, part } = job;
  const about = `${scenario} ${what} ${part[0] + 1}/${part[1]}`;
  process.stderr.write(`\r${about}: ${worlds} worlds, ${violations.length} violations, ${Math.round(seconds)} s\n`);
  for (const alike of grouped(violations)) process.stderr.write(`${told(alike)}\n`); // whoever waits for hours reads it now
}

function jobsFor(names: readonly string[]): Job[] {
  const { pairs, second } = values;
  const usual = values.everywhere ? 'everything' : values.part ? 'part' : 'usual';
  const what = values.deaths ? 'deaths' : values.mishaps ? 'mishaps' : 'both';
  const parts = Number(values.jobs);
  const isStubborn = (name: string) => stubbornStories.some((story) => story.name === name);
  return names.flatMap((scenario) => {
    const depth = isStubborn(scenario) ? 'part' : usual;
    return Array.from({ length: parts }, (_, part) => ({
      scenario,
      what,
      part: [part, parts],
      pairs,
      second,
      depth,
      first: false,
    }));
  }) as Job[];
}

/** Counted once per story: several processes play the same one. */
function boundariesOf(results: readonly Result[]): Record<string, number> {
  const stories = new Map(results.map(({ job, boundaries }) => [job.scenario, boundaries]));
  const sums: Record<string, number> = {};
  for (const perKind of stories.values())
    for (const [kind, count] of Object.entries(perKind)) sums[kind] = (sums[kind] ?? 0) + count;
  return sums;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
type Planted = { found: number; of: number };

function sayJson(stories: number, results: readonly Result[], violations: number, planted: Planted): void {
  const boundaries = sum(Object.values(boundariesOf(results)));
  say(
    JSON.stringify({
      scenarios: stories,
      boundaries,
      worlds: sum(results.map((result) => result.worlds)),
      violations,
      planted,
    }),
  );
}

function sayAll(results: readonly Result[], seconds: number, planted: Planted): void {
  for (const { job, boundaries, plain } of results)
    if (isOverlooked({ boundaries, plain }))
      say(`OVERLOOKED ${job.scenario}: ${JSON.stringify(boundaries)} announced, ${JSON.stringify(plain)} counted`);
  const violations = results.flatMap((result) => result.violations);
  for (const alike of grouped(violations)) say(told(alike));
  const worlds = sum(results.map((result) => result.worlds));
  say(`scenarios   ${new Set(results.map(({ job }) => job.scenario)).size}`);
  say(`boundaries  ${sum(Object.values(boundariesOf(results)))} ${JSON.stringify(boundariesOf(results))}`);
  say(
    `worlds      ${worlds} (${sum(results.map(({ skipped }) => skipped))} known ones skipped), ${Math.round(worlds / seconds)} a second`,
  );
  say(`violations  ${violations.length}`);
  if (planted.of > 0) say(`planted     ${planted.found} of ${planted.of} found`);
}
