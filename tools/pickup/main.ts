import { parseArgs } from 'node:util';
import { drawnFingers } from '#cabinet/fingers/drawn-fingers.ts';
import { isPacing } from '#cabinet/pacing.ts';
import { systemClock } from '#kit/clock.ts';
import { keepToOwner } from '#kit/lifetime.ts';
import { openLog } from '#kit/log.ts';
import { systemRandom } from '#kit/random.ts';
import { openPlace, type Place } from '#tools/place/place.ts';
import { type DemoCitizen, demoCitizens } from '#tools/population/demo-citizens.ts';
import { prepareOut, writeFiles } from './files.ts';
import { exitCodeOf, exitCodes, resultOf } from './result.ts';
import { officerOnDuty, type Phase, walk } from './walk.ts';

const usage = `One complete pickup without a screen: office, kiosk and simulated cabinet, over the real wires.

  npm run pickup -- --citizen CODE [options]
  npm run pickup -- --list [--json]

  --citizen CODE   who comes (--list shows them)
  --pin PIN        another PIN than the citizen's own
  --nik            types the NIK instead of the pick-up number
  --out DIR        where card.png, receipt.png, receipt.txt, journal.jsonl and central.json go (default var/pickup/out)
  --state DIR      where the place lives on between pickups (default var/pickup/state)
  --pacing WORD    how fast the machines work: zero (default), fast, real
  --json           prints {visitNo, result, outcome, phases, files} instead of words

Exit codes
   0  issued, and acknowledged by central      5  held: the card was not taken and is kept for its owner
   2  issued, but not acknowledged yet         6  in doubt: a person must look
   3  refused                                  7  a device is at fault
   4  referred to another office               8  central could not be reached
  64  wrong use                               70  failed for another reason`;

const options = {
  citizen: { type: 'string' },
  pin: { type: 'string' },
  nik: { type: 'boolean', default: false },
  out: { type: 'string', default: 'var/pickup/out' },
  state: { type: 'string', default: 'var/pickup/state' },
  pacing: { type: 'string', default: 'zero' },
  list: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

class UsageError extends Error {}

type Values = ReturnType<typeof readArguments>;

function readArguments() {
  try {
    return parseArgs({ options }).values;
  } catch (cause) {
    throw new UsageError((cause as Error).message);
  }
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

function list(json: boolean): void {
  const rows = demoCitizens.map(({ code, pin, name, expect }) => ({ code, pin, name, expect }));
  if (json) say(JSON.stringify(rows));
  else
    for (const { code, pin, name, expect } of rows) say(`${code.padEnd(14)} PIN ${pin}  ${expect.padEnd(34)} ${name}`);
}

function citizenOf(code: string | undefined): DemoCitizen {
  const found = demoCitizens.find((one) => one.code === code?.toUpperCase());
  if (!found)
    throw new UsageError(
      code ? `no demo citizen ${code}; --list shows them` : 'say who comes: --citizen CODE, or --list',
    );
  return found;
}

async function pickup(values: Values): Promise<number> {
  const citizen = citizenOf(values.citizen);
  const { pacing, state, out, json } = values;
  if (values.pin !== undefined && !/^[0-9]{5}$/.test(values.pin))
    throw new UsageError(`--pin ${values.pin} is not five digits`);
  if (!isPacing(pacing)) throw new UsageError(`--pacing ${pacing} is none of zero, fast, real`);
  prepareOut(out);
  if (!json) say(`${citizen.code}: ${citizen.about}`);
  keepToOwner();
  const log = openLog({ level: 'info', path: `${state}/pickup.log` });
  await using place = await openPlace({
    folder: state,
    clock: systemClock,
    random: systemRandom,
    log,
    pacing,
    links: 'sockets',
    fingerPicture: drawnFingers(),
  });
  await prepare(place);
  const papersBefore = place.cabinet.world.now.receipt.cuts;
  const walker = {
    who: citizen.code,
    fingersOf: citizen.pickupCode,
    number: values.nik ? citizen.nik : citizen.pickupCode,
    pin: values.pin ?? citizen.pin,
    says: citizen.says,
  };
  const show = (phase: Phase) => void (json || say(`${String(phase.ms).padStart(7)} ms  ${phase.name}`));
  const signal = new AbortController().signal;
  const ended = Promise.race([place.kiosk.running, place.office.running]).then(() =>
    Promise.reject(new Error('a program ended')),
  );
  const walked = await Promise.race([
    walk(place.kiosk.controller, place.cabinet, walker, systemClock, show, signal),
    ended,
  ]);
  const result = resultOf(walked.outcome, walked.code);
  const files = await writeFiles(place, out, { who: citizen.code, papersBefore, issued: result === 'issued' });
  if (json)
    say(JSON.stringify({ visitNo: walked.visitNo, result, outcome: walked.outcome, phases: walked.phases, files }));
  else {
    say(
      `${result}${walked.acknowledged ? ', acknowledged by central' : ', not acknowledged yet'} · visit ${walked.visitNo ?? 'none'}`,
    );
    for (const file of files) say(`  ${file}`);
  }
  return exitCodeOf(result, walked.acknowledged);
}

/** Cards in the feeder and in the books, an officer on duty, and a machine that has said it is ready. */
async function prepare({ cabinet, kiosk }: Place): Promise<void> {
  const { operators, kiosk: shown } = kiosk.controller;
  if (cabinet.world.now.cards.every((card) => card.place !== 'hopper')) {
    cabinet.world.loadHopper(20, officerOnDuty);
    operators.load({ count: 20, document: 'BA-DEMO', operatorId: officerOnDuty });
  }
  if (!operators.officerPresent()) operators.openDuty({ operatorId: officerOnDuty, certificateId: 'CERT-DEMO' });
  const ready = () => Object.values(kiosk.devices.health()).every(({ state }) => state === 'ready');
  const full = () => shown.screen.value.screen.at === 'welcome' && shown.service().mode === 'full';
  const untilMs = systemClock.monotonicMs() + 15_000; // then the walk shows what the machine says instead
  while (!(ready() && full()) && systemClock.monotonicMs() < untilMs) await systemClock.sleep(10);
}

async function main(): Promise<number> {
  const values = readArguments();
  if (values.help) say(usage);
  else if (values.list) list(values.json);
  else return pickup(values);
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failed;
});
