import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Mark } from './boundaries.ts';
import { known } from './open-findings.ts';
import { type Plant, plants } from './plant-rows.ts';
import { seedOf, type Violation } from './seed.ts';
import { type Job, openWorker } from './work.ts';

const REPO = join(import.meta.dirname, '../..');
const TABLE = join(REPO, 'docs/explore/plants.md');

export interface Found {
  plant: Plant;
  /** The violation with the fewest events, at the earliest boundary of the story; null where nobody noticed. */
  violation: Violation | null;
}

/** Lets the explorer of the broken copy look for it. */
async function findPlant(plant: Plant, folder: string): Promise<Found> {
  const worker = openWorker(folder);
  try {
    const look = async (what: 'deaths' | 'mishaps', before?: Mark) => {
      const own = { scenario: plant.scenario, what, ...(before && { before }) };
      const job: Job = { ...own, part: [0, 1], pairs: false, depth: 'usual', first: true };
      const { violations } = await worker.do(job, () => undefined);
      return violations.find((one) => !known(one)) ?? null;
    };
    const byDeath = await look('deaths');
    if (byDeath?.steps.length === 0) return { plant, violation: byDeath };
    return { plant, violation: (await look('mishaps', byDeath?.steps[0])) ?? byDeath };
  } finally {
    worker.close();
  }
}

/** What the oracle of the broken copy says of the one world that once showed the plant; empty where it does not show any more. */
export async function seenAgain(seed: string, folder: string): Promise<string[]> {
  const child = spawn(process.execPath, ['tests/explore/main.ts', '--replay', seed], { cwd: folder });
  const words: string[] = [];
  child.stdout.on('data', (data: Buffer) => words.push(data.toString()));
  await new Promise((resolve) => child.on('close', resolve));
  return words
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('BROKEN '));
}

/** Does `work` with each plant in a copy that is broken in its way, so many at once; results in the order they come. */
export async function withEachPlant<T>(
  wanted: readonly Plant[],
  work: (plant: Plant, folder: string) => Promise<T>,
  done: (result: T, plant: Plant) => void,
): Promise<void> {
  const queue = wanted.values();
  const hand = async () => {
    const folder = copyOfTheHouse();
    try {
      for (const plant of queue) {
        const mend = breakRule(folder, plant);
        done(await work(plant, folder), plant);
        mend();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  await Promise.all([hand(), hand()]);
}

/** The tracked files as they are now, with the same dependencies. */
function copyOfTheHouse(): string {
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-plant-'));
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: REPO, encoding: 'utf8', maxBuffer: 1 << 26 }).split(
    '\0',
  );
  const wanted = /^(package\.json|tsconfig\.json|(contract|kit|drivers|controller|central|cabinet|tools|tests)\/)/;
  for (const file of files.filter((name) => wanted.test(name))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(REPO, file), join(folder, file));
  }
  symlinkSync(join(REPO, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Gives back the way to mend it. Throws where the text to break does not stand there once. */
function breakRule(folder: string, plant: Plant): () => void {
  const texts = new Map<string, string>();
  for (const { file, find, replace } of editsOf(plant)) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    if (!texts.has(path)) texts.set(path, text);
    if (timesIn(text, find) !== 1) throw new Error(`${plant.name}: the text to break does not stand in ${file} once`);
    writeFileSync(
      path,
      text.replace(find, () => replace),
    );
  }
  return () => {
    for (const [path, text] of texts) writeFileSync(path, text);
  };
}

const editsOf = (plant: Plant) => [plant, ...(plant.also ?? [])];
const timesIn = (text: string, find: string) => text.split(find).length - 1;

/** The texts to break that do not stand in the product exactly once. */
export function lostTexts(plant: Plant): string[] {
  return editsOf(plant)
    .filter(({ file, find }) => timesIn(readFileSync(join(REPO, file), 'utf8'), find) !== 1)
    .map(({ file, find }) => `${file}: ${find}`);
}

/** Finds them all, and writes the table. */
export async function writePlantsTable(
  only: readonly string[] | undefined,
  say: (line: string) => void,
): Promise<{ found: number; of: number }> {
  const wanted = plants.filter(({ name }) => !only || only.includes(name));
  const results: Found[] = [];
  await withEachPlant(wanted, findPlant, (result, plant) => {
    results.push(result);
    say(`plant ${plant.name}: ${result.violation ? traceOf(result.violation) : 'NOT FOUND'}`);
  });
  if (!only) writeFileSync(TABLE, tableOf(results.sort((a, b) => plants.indexOf(a.plant) - plants.indexOf(b.plant))));
  return { found: results.filter(({ violation }) => violation).length, of: wanted.length };
}

/** What the table says of each plant, by its name. */
export function recordedRows(): Map<string, { rule: string; seed: string; says: string }> {
  const rows = readFileSync(TABLE, 'utf8').matchAll(/^\| (\S+) \| (.*?) \| `(.*?)` \| (.*) \|$/gm);
  return new Map([...rows].map(([, rule = '', name = '', seed = '', says = '']) => [name, { rule, seed, says }]));
}

/** A fault without the numbers in it, which change with everything that is said or written before. */
export const withoutNumbers = (fault: string): string => fault.replace(/\d+/g, 'N');

function traceOf(violation: Violation): string {
  return `${seedOf(violation)}: ${violation.faults[0]}`;
}

export function tableOf(results: readonly Found[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = results.map(({ plant, violation }) => {
    const trace = violation ? `\`${seedOf(violation)}\`` : '**not found**';
    return `| ${plant.rule} | ${cell(plant.name)} | ${cell(trace)} | ${cell(violation?.faults[0] ?? '')} |`;
  });
  return [
    '# Each rule, broken once',
    '',
    'Generated by `npm run explore -- --plants`. A rule of the promises is broken in a copy of the product by changing one text',
    '(`tests/explore/plant-rows.ts`); the explorer must notice. The trace is the shortest world of one story that shows it: with the',
    'fewest events, at the earliest boundary (its name, and the how manieth of that name). `npm test` tells each of them again in a',
    'copy that is broken in the same way; `npm run explore -- --replay SEED` does so by hand.',
    '',
    '| Rule | Broken | Trace | What the oracle says |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
