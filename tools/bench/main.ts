import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '#kit/clock.ts';
import { systemRandom } from '#kit/random.ts';
import { buildPages } from '#tools/build-pages.ts';
import { type FigureName, figureNames, figures } from './figures.ts';
import { load, machineOf, measureDiskSync } from './machine.ts';
import { repo } from './processes.ts';
import { asJson, asText, type Report } from './report.ts';

const usage = `Measures what the product costs, side by side and in one run: medians over interleaved runs.

  npm run bench -- [options]
  --only NAME    one figure, or several with commas: ${figureNames.join(', ')}
  --json         the report for machines, on stdout
  --folder DIR   where the measured programs keep their state; on the disk whose speed counts (default var/bench)

What is being done now is told on stderr. All figures together take about six minutes; a busy machine makes all of
them worse, so the load is printed with them. Exit codes: 0 measured, whether good or not; 1 something could not be
measured; 64 wrong use.`;

const options = {
  only: { type: 'string' },
  json: { type: 'boolean', default: false },
  folder: { type: 'string', default: join(repo, 'var/bench') },
  help: { type: 'boolean', default: false },
} as const;

class UsageError extends Error {}

function readArguments() {
  try {
    return parseArgs({ options }).values;
  } catch (cause) {
    throw new UsageError((cause as Error).message);
  }
}

function wanted(only: string | undefined): FigureName[] {
  if (only === undefined) return [...figureNames];
  return only.split(',').map((name) => {
    const found = figureNames.find((one) => one === name);
    if (!found) throw new UsageError(`--only ${name} is none of ${figureNames.join(', ')}`);
    return found;
  });
}

const progress = (line: string) => void process.stderr.write(`bench: ${line} ...\n`);

async function measureAll(names: FigureName[], parent: string): Promise<Report> {
  const loadBefore = load();
  const results: Report['figures'] = [];
  const failed: Report['failed'] = [];
  const diskSyncMs = measureDiskSync(parent, systemClock);
  for (const name of names) {
    const { title, measure } = figures[name];
    const folder = join(parent, name);
    mkdirSync(folder);
    progress(`${name}: ${title}`);
    try {
      const found = await measure({ clock: systemClock, random: systemRandom, folder, progress });
      results.push({ name, title, ...found });
    } catch (error) {
      failed.push({ name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { machine: machineOf(loadBefore, diskSyncMs), figures: results, failed };
}

async function main(): Promise<number> {
  const { help, only, json, folder } = readArguments();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const names = wanted(only);
  await buildPages({ quiet: true });
  const parent = join(folder, String(process.pid)); // a bench beside this one has its own
  mkdirSync(parent, { recursive: true });
  try {
    const report = await measureAll(names, parent);
    process.stdout.write(json ? `${asJson(report)}\n` : asText(report));
    return report.failed.length > 0 ? 1 : 0;
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

const code = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return error instanceof UsageError ? 64 : 1;
});
process.exit(code);
