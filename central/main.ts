import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '#kit/clock.ts';
import { askControl } from '#kit/control-socket.ts';
import { exitWith, keepToOwner, sayReady, untilStopped } from '#kit/lifetime.ts';
import { openLog } from '#kit/log.ts';
import { ProblemError } from '#kit/problem-error.ts';
import { systemRandom } from '#kit/random.ts';
import { joseSealer } from '#kit/sealer.ts';
import { writeWhole } from '#kit/state-folder.ts';
import { StoreInUse } from '#kit/store.ts';
import type { ImportReport } from './gateway/land.ts';
import { controlSocketName, openOffice } from './office.ts';

const usage = `The central office.

  npm run central -- serve                      broker, intake, rights and console in one process
  npm run central -- register-kiosk REQUEST.json [--out FILE] [--shard S] [--site FILE]
                                                makes a kiosk known; writes its enrolment file
  npm run central -- import DIR [--json]        takes a file drop of print-ready records in

  npm run central -- unlock-pin --number PICKUP --by OPERATOR --reason TEXT
                                                opens a PIN that is locked for today, for an officer who saw a document

  --state DIR      where the office lives (default var/central)
  --host ADDRESS   where broker and console listen (default 127.0.0.1)
  --port N         of the broker; 0 = any (default 1883)
  --console-port N of the console; 0 = any (default 8081)
  --grants FILE    the log of grants, on a second medium (default grants.jsonl in the state folder)
  --site FILE      JSON {code, name, kind, kecamatanCode, cityCode, city, province} (default: Seberang Ulu I, Palembang)

The last three commands talk to a running office through a socket that only its owner may open.
Exit codes: 0 done, 1 not done (one line says why), 3 an import in which rows were refused.`;

const options = {
  state: { type: 'string', default: 'var/central' },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '1883' },
  'console-port': { type: 'string', default: '8081' },
  grants: { type: 'string' },
  out: { type: 'string' },
  shard: { type: 'string', default: 'plg' },
  site: { type: 'string' },
  number: { type: 'string' },
  by: { type: 'string' },
  reason: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const firstSite = {
  code: 'SU1',
  name: 'Seberang Ulu I',
  kind: 'KECAMATAN',
  kecamatanCode: '16.71.02',
  cityCode: '16.71',
  city: 'Kota Palembang',
  province: 'Sumatera Selatan',
};

type Values = ReturnType<typeof readArguments>['values'];
const readArguments = () => parseArgs({ options, allowPositionals: true });
const say = (line: string) => void process.stdout.write(`${line}\n`);
const readJson = (path: string): unknown => {
  if (!existsSync(path)) throw new Error(`${path} is not there`);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} cannot be read as JSON`, { cause });
  }
};

async function serve(values: Values): Promise<void> {
  keepToOwner();
  const signal = untilStopped();
  const log = openLog({ level: 'info', path: join(values.state, 'central.log') });
  await using office = await openOffice({
    clock: systemClock,
    random: systemRandom,
    sealer: joseSealer,
    log,
    folder: values.state,
    host: values.host,
    brokerPort: Number(values.port),
    consolePort: Number(values['console-port']),
    ...(values.grants && { grantsLogPath: values.grants }),
  });
  const { broker, console } = office;
  sayReady({
    broker: `mqtt://${values.host}:${broker.port}`,
    console: console?.url,
    firstPassword: console?.firstPassword ?? null,
  });
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([office.running, stopped]);
}

const ask = (values: Values, command: string, args: Record<string, unknown>) =>
  askControl(join(values.state, controlSocketName), command, args);

async function register(values: Values, requestPath: string | undefined): Promise<void> {
  if (!requestPath) throw new Error('register-kiosk needs the request file of the kiosk');
  const site = values.site ? readJson(values.site) : firstSite;
  const enrolment = await ask(values, 'register-kiosk', { request: readJson(requestPath), shard: values.shard, site });
  const out = values.out ?? join(dirname(requestPath), 'enrolment.json');
  writeWhole(out, `${JSON.stringify(enrolment, null, 2)}\n`); // the kiosk waits for it and must never read half of it
  say(`registered; give ${out} to the kiosk`);
}

async function importDrop(values: Values, folder: string | undefined): Promise<void> {
  if (!folder) throw new Error('import needs the folder of the file drop');
  const report = (await ask(values, 'import', { folder: resolve(folder) })) as ImportReport;
  if (values.json) say(JSON.stringify(report));
  else showReport(report);
  if (report.refused.length > 0) process.exitCode = 3;
}

function showReport({ dataset, rows, landed, updated, unchanged, codes, refused, warnings }: ImportReport): void {
  say(`${dataset ? `${dataset.name} ${dataset.version}, as of ${dataset.cutOff}` : 'no dataset'}: ${rows} rows`);
  say(`  ${landed} new, ${updated} changed, ${unchanged} as before, ${codes} pick-up numbers`);
  const show = (mark: string, rows: ImportReport['refused']) => {
    for (const { file, row, nikTail, code, detail } of rows)
      say(`  ${mark} ${file} row ${row} (NIK ...${nikTail}): ${detail} (${code})`);
  };
  show('refused', refused);
  show('warning', warnings);
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const [command = 'help', target] = positionals;
  if (values.help || command === 'help') return say(usage);
  if (command === 'serve') return serve(values);
  if (command === 'register-kiosk') return register(values, target);
  if (command === 'import') return importDrop(values, target);
  if (command === 'unlock-pin') {
    const { number, by, reason } = values;
    await ask(values, 'unlock-pin', { number, by, reason });
    return say('unlocked for today');
  }
  throw new Error(`no such command: ${command}; --help lists them`);
}

main().catch((error: unknown) => {
  exitWith(error instanceof StoreInUse ? new ProblemError('kiosk/store-in-use', error.message) : error);
  process.exit();
});
