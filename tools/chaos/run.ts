import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#kit/clock.ts';
import { type Random, seededRandom, whole } from '#kit/random.ts';
import { everybodyReturns, keepsComing, startAt } from './crowd.ts';
import { newDiary } from './diary.ts';
import { type Aftermath, befall, type Disaster, putRight } from './disasters.ts';
import { handOut } from './hand-out.ts';
import { type OfficerPorts, settleDesk, untilServing } from './officers.ts';
import { judge, type Verdict } from './oracle.ts';
import { openStage, type Stage } from './stage.ts';
import { type BrokerKind, openTown, places, type Town } from './town.ts';
import { badWeather, type Deeds } from './weather.ts';

export interface RunOptions {
  /** Everything of this run lives here, and is what is left to look at. */
  folder: string;
  seconds: number;
  seed: string;
  broker: BrokerKind;
  disaster: Disaster;
  clock: Clock;
}

export interface RunResult extends Verdict {
  deeds: Deeds;
  visits: number;
  clocksMoved: boolean;
}

export const timelineOf = (folder: string): string => join(folder, 'timeline.txt');

/** One run: a first day, bad weather for so long, an epilogue in which everybody returns, and the verdict. */
export async function run(options: RunOptions): Promise<RunResult> {
  const { folder, seconds, seed, broker, clock } = options;
  mkdirSync(folder, { recursive: true });
  const tell = openTimeline(folder, clock);
  const random = (part: string) => seededRandom(`${seed}|${part}`);
  const away = random('away');
  const stage = openStage({ clock, folder, tell, awayMs: () => 50 + whole(away, 900) });
  try {
    await using town = await openTown({ folder, stage, clock, seed, broker, peopleCount: peopleFor(seconds) });
    const ports: Ports = { folder, clock, diary: newDiary(), tell, stage, random };
    const faults = await beforehand(town, ports);
    const { deeds, aftermath } = await storm(town, ports, options);
    faults.push(...aftermath.faults, ...(await epilogue(town, ports, aftermath)));
    await stopAll(town, ports);
    const verdict = verdictOn(town, ports, aftermath);
    verdict.faults.push(...faults, ...stage.accidents);
    for (const fault of verdict.faults) tell(`BROKEN ${fault}`);
    return { ...verdict, deeds, visits: ports.diary.visits.size, clocksMoved: town.clocks.movable };
  } finally {
    await stage.stop(stage.names());
  }
}

interface Ports extends OfficerPorts {
  stage: Stage;
  random: (part: string) => Random;
}

function openTimeline(folder: string, clock: Clock): (what: string) => void {
  const startedMs = clock.monotonicMs();
  return (what) => {
    const at = ((clock.monotonicMs() - startedMs) / 1_000).toFixed(2).padStart(8);
    appendFileSync(timelineOf(folder), `${at}  ${what}\n`);
  };
}

/** Everybody is served, and the office knows of the blanks: it hands out no more rights than those. */
async function beforehand(town: Town, ports: Ports): Promise<string[]> {
  const faults = await allServing(town, ports);
  faults.push(...(await untilReported(town, ports.clock)));
  return [...faults, ...(await handOut(town, ports.tell))];
}

async function storm(
  town: Town,
  ports: Ports,
  { seconds, disaster }: RunOptions,
): Promise<{ deeds: Deeds; aftermath: Aftermath }> {
  const { clock, tell, random } = ports;
  tell('--- bad weather');
  const end = new AbortController();
  const crowds = town.machines.map((machine) =>
    keepsComing(machine, town.people, { ...ports, random: random(`crowd ${machine.name}`) }, end.signal),
  );
  const fate = befall(disaster, town, { ...ports, seconds, signal: end.signal });
  fate.catch(() => undefined); // heard of below
  const weather = badWeather(town, { ...ports, random: random('weather') }, end.signal);
  await clock.sleep(seconds * 1_000);
  end.abort();
  const deeds = await weather;
  await Promise.all(crowds);
  const aftermath = await fate;
  tell('--- the weather is over; everything is started once more');
  return { deeds, aftermath };
}

function verdictOn(town: Town, { folder, diary }: Ports, { reimaged }: Aftermath): Verdict {
  return judge({
    ...places(folder),
    ...diary,
    kiosks: town.machines.map(({ name }) => name),
    scratch: join(folder, 'oracle'),
    reimaged: reimaged?.name ?? null,
  });
}

/** Enough that somebody is always without a card, few enough that all of them can return to every machine. */
const peopleFor = (seconds: number): number => Math.max(6, Math.round(seconds / 2));

async function allServing(town: Town, officers: OfficerPorts): Promise<string[]> {
  const reasons = await Promise.all(town.machines.map((machine) => untilServing(machine, officers)));
  return reasons.flatMap((reason, index) => (reason ? [`${town.machines[index]?.name} serves nobody: ${reason}`] : []));
}

const longestEpilogueMs = 240_000;

/** Everybody returns to every machine, officers settle what is left, and everybody returns once more. */
async function epilogue(town: Town, ports: Ports, aftermath: Aftermath): Promise<string[]> {
  const { clock, stage } = ports;
  const { central, brokers, kiosks, cabinets } = town.programs;
  for (const name of [central, ...brokers, ...kiosks, ...cabinets]) stage.kill(name);
  await clock.sleep(2_000);
  const faults = await putRight(town, aftermath, ports, stage);
  faults.push(...(await allServing(town, ports)));
  const over = new AbortController();
  void clock.sleep(longestEpilogueMs, over.signal).then(
    () => over.abort(),
    () => undefined,
  );
  for (const round of [1, 2]) faults.push(...(await everybodyOnce(town, ports, round, over.signal)));
  if (over.signal.aborted) faults.push(`the epilogue did not end within ${longestEpilogueMs} ms`);
  over.abort();
  return [...faults, ...(await untilReported(town, clock))];
}

async function everybodyOnce(town: Town, ports: Ports, round: number, signal: AbortSignal): Promise<string[]> {
  ports.tell(`--- everybody returns (${round})`);
  const random = ports.random(`round ${round}`);
  const from = startAt(random, town.people);
  await Promise.all(
    town.machines.map((machine, index) =>
      everybodyReturns(machine, town.people, from + 2 * index, { ...ports, random }, signal),
    ),
  );
  const faults = await allServing(town, ports);
  await Promise.all(town.machines.map((machine) => settleDesk(machine, ports)));
  return [...faults, ...(await allServing(town, ports))];
}

/** Everything that the kiosks have sent is acknowledged, and nothing more comes. */
async function untilReported(town: Town, clock: Clock): Promise<string[]> {
  const untilMs = clock.monotonicMs() + 30_000;
  const waits = () => town.machines.filter(({ name }) => !town.lines.get(name)?.isQuietFor(1_500));
  while (waits().length > 0 && clock.monotonicMs() < untilMs) await clock.sleep(100);
  return waits().map(({ name }) => `${name} is never acknowledged whole`);
}

/** As people end them: the kiosks first, then what they need. */
async function stopAll(town: Town, { stage, tell }: Ports): Promise<void> {
  tell('--- all are asked to end');
  const { central, brokers, kiosks, cabinets } = town.programs;
  for (const names of [kiosks, cabinets, [central], brokers]) await stage.stop(names);
}
