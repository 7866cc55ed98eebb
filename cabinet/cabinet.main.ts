import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '#kit/clock.ts';
import { openLog } from '#kit/log.ts';
import { systemRandom } from '#kit/random.ts';
import { openCabinet } from './cabinet.ts';
import { drawnFingers } from './fingers/drawn-fingers.ts';
import { isPacing } from './pacing.ts';
import { type DemoCitizen, servePage } from './page-server.ts';

const USAGE = `The simulated cabinet: its world, its machines, and a page to play in.
  --state DIR      where the world is saved and continued from (default var/cabinet)
  --sockets DIR    where each device is plugged in (default: sockets in the state folder)
  --port N         of the page on the loopback; 0 = any (default 8083)
  --pacing WORD    real, fast or zero (default real)
  --scanner        a fingerprint scanner stands in it; whoever touches it has fingers that nobody has
  --kiosk URL      the kiosk's page, framed beside the drawing
  --citizens FILE  demo citizens as JSON: [{code, pin, name, expect}]
Prints one line of JSON when it is ready: {ready, page, devices, cabinetFile}.`;

const options = {
  state: { type: 'string', default: 'var/cabinet' },
  sockets: { type: 'string' },
  port: { type: 'string', default: '8083' },
  pacing: { type: 'string', default: 'real' },
  scanner: { type: 'boolean', default: false },
  kiosk: { type: 'string' },
  citizens: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

class UsageError extends Error {}

function readArguments() {
  const { values } = parseArgs({ options });
  const { state, sockets = join(state, 'sockets'), pacing, scanner, kiosk, citizens, help } = values;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`--port ${values.port} is no port`);
  if (!isPacing(pacing)) throw new UsageError(`--pacing ${pacing} is none of real, fast, zero`);
  if (kiosk !== undefined && !URL.canParse(kiosk)) throw new UsageError(`--kiosk ${kiosk} is no address`);
  return { state, sockets, port, pacing, scanner, kiosk, citizens, help };
}

function readCitizens(path: string | undefined): DemoCitizen[] {
  if (path === undefined) return [];
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DemoCitizen[];
  } catch (cause) {
    throw new UsageError(`--citizens ${path} cannot be read: ${(cause as Error).message}`);
  }
}

async function main(): Promise<void> {
  const { state, sockets, port, pacing, scanner, kiosk, citizens, help } = readArguments();
  if (help) return void process.stdout.write(`${USAGE}\n`);
  const people = readCitizens(citizens);
  const log = openLog({ level: 'info', path: join(state, 'cabinet.log') });
  const ports = { clock: systemClock, random: systemRandom, log };
  const cabinet = await openCabinet({
    ...{ ...ports, links: { socketsIn: sockets }, pacing, folder: state },
    ...(scanner && { fingerPicture: drawnFingers() }),
  });
  const page = fileURLToPath(new URL('./page/dist', import.meta.url));
  const seen = { cabinet, page, port, citizens: people, log, ...(kiosk !== undefined && { kioskUrl: kiosk }) };
  const { url } = await servePage(seen);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      cabinet.save();
      process.exit(0);
    });
  }
  const ready = { ready: true, page: url, devices: cabinet.addresses(), cabinetFile: cabinet.devicesFile() };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

/** What a person can act on, in one line; a stack would only hide it. */
function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `the port is taken by another program (${message})`;
  if (['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST'].includes(code ?? '')) {
    return `a folder cannot be written to (${message})`;
  }
  return message;
}

main().catch((error) => {
  process.stderr.write(`cabinet: ${explain(error)}\n`);
  process.exit(1);
});
