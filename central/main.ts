import { join } from 'node:path';
import { systemClock } from '#kit/clock.ts';
import { exitWith, keepToOwner, sayReady, untilStopped } from '#kit/lifetime.ts';
import { openLog } from '#kit/log.ts';
import { ProblemError } from '#kit/problem-error.ts';
import { systemRandom } from '#kit/random.ts';
import { joseSealer } from '#kit/sealer.ts';
import { StoreInUse } from '#kit/store.ts';
import { runLine } from './command-line.ts';
import type { Values } from './commands/cli.ts';

async function serve(values: Values): Promise<void> {
  keepToOwner();
  const signal = untilStopped();
  const text = (name: string) => String(values[name]);
  const log = openLog({ level: 'info', path: join(text('state'), 'central.log') });
  const { openOffice } = await import('./office.ts'); // a command that only asks needs none of it
  await using office = await openOffice({
    clock: systemClock,
    random: systemRandom,
    sealer: joseSealer,
    log,
    folder: text('state'),
    host: text('host'),
    brokerPort: Number(values.port),
    consolePort: Number(values['console-port']),
    ...(values.broker && { brokerUrl: text('broker') }),
    ...(values.grants && { grantsLogPath: text('grants') }),
  });
  const { brokerUrl, console } = office;
  sayReady({
    broker: brokerUrl,
    console: console?.url,
    firstPassword: console?.firstPassword ?? null,
  });
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([office.running, stopped]);
}

runLine(process.argv.slice(2), {
  say: (line) => void process.stdout.write(`${line}\n`),
  exits: (code) => {
    process.exitCode = code;
  },
  serve,
}).catch((error: unknown) => {
  exitWith(error instanceof StoreInUse ? new ProblemError('kiosk/store-in-use', error.message) : error);
  process.exit();
});
