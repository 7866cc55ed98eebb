import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dayAt, isDay } from '#kit/civil-date.ts';
import { systemClock } from '#kit/clock.ts';
import { progressOf } from '#tools/fingerprint/work/progress.ts';
import { writePopulationDrop } from './population.ts';
import type { CityName } from './regions.ts';

const HELP = `Writes a synthetic population as a file drop that central imports. None of the people exist.

  npm run population -- --out DIR [--count N] [--seed S] [--city palembang|bengkulu|both] [--demo] [--fingers] [--today DAY] [--json]

  --out DIR     where to write dataset.json, records.csv, codes.csv, photos/, signatures/ and fingers/
  --count N     how many people, 1 to 10000 (1000)
  --seed S      the same seed makes the same people (1)
  --city NAME   where they live (palembang)
  --demo        the fixed demo citizens too
  --fingers     draws two index fingers for everybody who has any: two seconds of a core for each person; demo citizens have theirs
  --today DAY   count ages and dates back from YYYY-MM-DD (today)
  --json        print what was written as JSON

Exit codes: 0 written, 1 the folder cannot be written, 2 wrong arguments.
`;

const MAX_COUNT = 10_000; // what one drop may hold

type Wanted = {
  out: string;
  count: number;
  seed: string;
  city: CityName | 'both';
  demo: boolean;
  fingers: boolean;
  today: string;
  json: boolean;
};

process.exitCode = await run(process.argv.slice(2));

async function run(given: string[]): Promise<number> {
  const wanted = readArguments(given);
  if (wanted === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  if (typeof wanted === 'string') {
    process.stderr.write(`population: ${wanted} (see --help)\n`);
    return 2;
  }
  const startedMs = systemClock.monotonicMs();
  try {
    const { fingers, ...people } = wanted;
    const progress = (count: number) => progressOf('fingers', count);
    const summary = await writePopulationDrop(resolve(wanted.out), {
      ...people,
      ...(fingers && { fingers: { progress } }),
    });
    const seconds = ((systemClock.monotonicMs() - startedMs) / 1000).toFixed(1);
    const text = `${summary.records} records of ${summary.dataset.name} (${summary.dataset.version}) in ${summary.folder}, ${seconds} s\n`;
    process.stdout.write(wanted.json ? `${JSON.stringify(summary)}\n` : text);
    return 0;
  } catch (fault) {
    process.stderr.write(`population: cannot write to ${wanted.out}: ${(fault as Error).message}\n`);
    return 1;
  }
}

/** What is wanted, `help`, or what is wrong with the arguments. */
function readArguments(args: string[]): Wanted | 'help' | (string & {}) {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (fault) {
    return (fault as Error).message;
  }
  if (values.help) return 'help';
  const { out, seed, city, demo, fingers, json } = values;
  const [count, today] = [Number(values.count), values.today ?? dayAt(systemClock.wallMs())];
  if (!out) return '--out DIR is needed';
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) return `--count must be 1 to ${MAX_COUNT}`;
  if (city !== 'palembang' && city !== 'bengkulu' && city !== 'both')
    return '--city must be palembang, bengkulu or both';
  if (!isDay(today)) return '--today must be a day written YYYY-MM-DD';
  if (!/^[\w.-]{1,32}$/.test(seed)) return '--seed must be a short word or number';
  return { out, count, seed, city, demo, fingers, today, json };
}

function parse(args: string[]) {
  return parseArgs({
    args,
    options: {
      out: { type: 'string' },
      count: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      city: { type: 'string', default: 'palembang' },
      demo: { type: 'boolean', default: false },
      fingers: { type: 'boolean', default: false },
      today: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}
