import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '#kit/clock.ts';
import { newId, systemRandom } from '#kit/random.ts';
import { buildPages } from '#tools/build-pages.ts';
import { type Disaster, disasters } from './disasters.ts';
import { mosquittoPath } from './mosquitto.ts';
import { type RunResult, run, timelineOf } from './run.ts';
import type { BrokerKind } from './town.ts';

const usage = `Three kiosks with their cabinets, the office and a broker as real processes, in bad weather.

  npm run chaos -- [options]
  --runs N         how many runs (default 1)
  --seconds S      bad weather in each of them (default 60)
  --seed X         of the first run; the others follow from it (default: any)
  --broker WORD    aedes, inside the office (default), or Debian's mosquitto
  --disaster WORD  what else befalls it: none, reimaged (a kiosk loses its journal), restored (the office goes back to a
                   backup); default: one after the other
  --keep           keeps the folder of every run, not only of those that failed
  --json           one line at the end: {runs, kills, made, issued, lost, doubled, unaccounted}

About once a second one of them is killed; lines are cut and held, messages are doubled and overtake each other, and wall
clocks jump a day. Citizens keep coming. In the end everybody returns to every machine, and the disks are judged:
  made         entries in the kiosks' journals        lost         of them, not at central with the same hash
  issued       cards in people's hands                doubled      at central more than once
  unaccounted  blanks that lie elsewhere than the books allow
Exit codes: 0 every promise was kept, 1 one was not (its folder is kept), 64 wrong use.`;

const options = {
  runs: { type: 'string', default: '1' },
  seconds: { type: 'string', default: '60' },
  seed: { type: 'string' },
  broker: { type: 'string', default: 'aedes' },
  disaster: { type: 'string' },
  keep: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

class UsageError extends Error {}

function readArguments() {
  const { values } = parseArgs({ options });
  const [runs, seconds] = [Number(values.runs), Number(values.seconds)];
  const { broker, seed = newId(systemRandom).slice(0, 8) } = values;
  if (!Number.isInteger(runs) || runs < 1) throw new UsageError(`--runs ${values.runs} is no number of runs`);
  if (!(seconds >= 1)) throw new UsageError(`--seconds ${values.seconds} is no number of seconds`);
  if (broker !== 'aedes' && broker !== 'mosquitto')
    throw new UsageError(`--broker ${broker} is neither aedes nor mosquitto`);
  if (broker === 'mosquitto' && !existsSync(mosquittoPath))
    throw new UsageError(`there is no ${mosquittoPath}: apt-get install mosquitto`);
  if (values.disaster !== undefined && !disasters.some((one) => one === values.disaster))
    throw new UsageError(`--disaster ${values.disaster} is none of ${disasters.join(', ')}`);
  return { ...values, runs, seconds, broker: broker as BrokerKind, seed };
}

type Values = ReturnType<typeof readArguments>;

const sumUp = (results: readonly RunResult[]) => {
  const sum = (of: (result: RunResult) => number) => results.reduce((total, result) => total + of(result), 0);
  return {
    runs: results.length,
    kills: sum(({ deeds }) => deeds.kills),
    made: sum(({ made }) => made),
    issued: sum(({ issued }) => issued),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    unaccounted: sum(({ unaccounted }) => unaccounted),
  };
};

async function main(): Promise<void> {
  const values = readArguments();
  if (values.help) return void process.stdout.write(`${usage}\n`);
  await buildPages({ quiet: true });
  const results: RunResult[] = [];
  for (let number = 1; number <= values.runs; number += 1) results.push(await oneRun(values, number));
  const line = sumUp(results);
  if (values.json) process.stdout.write(`${JSON.stringify(line)}\n`);
  else
    process.stdout.write(
      `${Object.entries(line)
        .map(([name, count]) => `${name.padEnd(12)} ${count}`)
        .join('\n')}\n`,
    );
  if (results.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
}

async function oneRun({ runs, seconds, seed, broker, keep, ...more }: Values, number: number): Promise<RunResult> {
  const own = number === 1 ? seed : `${seed}.${number}`;
  const disaster = (more.disaster ?? disasters[(number - 1) % disasters.length]) as Disaster;
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-chaos-'));
  try {
    const result = await run({ folder, seconds, seed: own, broker, disaster, clock: systemClock });
    tellRun(`run ${number} of ${runs}, seed ${own}, ${disaster === 'none' ? 'no disaster' : disaster}`, result);
    if (result.faults.length > 0)
      tellFailure(
        folder,
        `--seed ${own} --seconds ${seconds} --broker ${broker} --disaster ${disaster}`,
        result.faults,
      );
    else if (!keep) rmSync(folder, { recursive: true, force: true });
    return result;
  } catch (error) {
    tellFailure(folder, `--seed ${own} --seconds ${seconds} --broker ${broker} --disaster ${disaster}`, [
      String(error),
    ]);
    throw error;
  }
}

const say = (text: string) => void process.stderr.write(`${text}\n`);

function tellRun(
  name: string,
  { deeds, made, issued, visits, lost, doubled, unaccounted, twice, clocksMoved }: RunResult,
): void {
  const weather = `${deeds.kills} kills, ${deeds.cuts} cuts, ${deeds.pauses} holds, ${deeds.jumps} jumps`;
  const wrong = `${lost} lost, ${doubled} doubled, ${unaccounted} unaccounted, ${twice} twice`;
  const clocks = clocksMoved ? '' : '; no clock jumped: apt-get install libfaketime';
  say(`${name}: ${weather}; ${visits} visits, ${made} entries, ${issued} cards; ${wrong}${clocks}`);
}

function tellFailure(folder: string, words: string, faults: readonly string[]): void {
  for (const fault of faults) say(`  BROKEN ${fault}`);
  say(`  look at ${timelineOf(folder)}; journals, worlds and the office's database lie beside it`);
  say(`  again: npm run chaos -- ${words}`);
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.on(signal, () => process.exit(code));

main()
  .catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode =
      error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ? 64 : 1;
  })
  .finally(() => process.exit());
