import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#kit/clock.ts';
import { seededRandom, whole } from '#kit/random.ts';
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
export async function run({ folder, seconds, seed, broker, disaster, clock }: RunOptions): Promise<RunResult> {
  mkdirSync(folder, { recursive: true });
  const startedMs = clock.monotonicMs();
  const tell = (what: string) => {
    const at = ((clock.monotonicMs() - startedMs) / 1_000).toFixed(2).padStart(8);
    appendFileSync(timelineOf(folder), `${at}  ${what}\n`);
  };
  const random = (part: string) => seededRandom(`${seed}|${part}`);
  const away = random('away');
  const stage = openStage({ clock, folder, tell, awayMs: () => 50 + whole(away, 900) });
  const diary = newDiary();
  try {
    await using town = await openTown({ folder, stage, clock, seed, broker, peopleCount: peopleFor(seconds) });
    const officers: OfficerPorts = { folder, clock, diary, tell };
    const faults = await allServing(town, officers);
    faults.push(...(await handOut(town, tell)));
    tell('--- bad weather');
    const end = new AbortController();
    const crowds = town.machines.map((machine) =>
      keepsComing(machine, town.people, { clock, diary, tell, random: random(`crowd ${machine.name}`) }, end.signal),
    );
    const fate = befall(disaster, town, { ...officers, stage, seconds, signal: end.signal });
    const weather = badWeather(town, { clock, stage, tell, random: random('weather') }, end.signal);
    await clock.sleep(seconds * 1_000);
    end.abort();
    const deeds = await weather;
    await Promise.all(crowds);
    const aftermath = await fate;
    faults.push(...aftermath.faults);
    tell('--- the weather is over; everything is started once more');
    faults.push(...(await epilogue(town, stage, officers, random('epilogue'), aftermath)));
    tell('--- all are asked to end');
    await stopAll(town, stage);
    tell('--- all have ended');
    const verdict = judge({
      ...places(folder),
      kiosks: town.machines.map(({ name }) => name),
      scratch: join(folder, 'oracle'),
      ...diary,
      reimaged: aftermath.reimaged?.name ?? null,
    });
    for (const fault of [...faults, ...stage.accidents]) verdict.faults.push(fault);
    for (const fault of verdict.faults) tell(`BROKEN ${fault}`);
    return { ...verdict, deeds, visits: diary.visits.size, clocksMoved: town.clocks.movable };
  } finally {
    await stage.stop(stage.names());
  }
}

/** Enough that somebody is always without a card, few enough that all of them can return to every machine. */
const peopleFor = (seconds: number): number => Math.max(6, Math.round(seconds / 2));

async function allServing(town: Town, officers: OfficerPorts): Promise<string[]> {
  const reasons = await Promise.all(town.machines.map((machine) => untilServing(machine, officers)));
  return reasons.flatMap((reason, index) => (reason ? [`${town.machines[index]?.name} serves nobody: ${reason}`] : []));
}

const longestEpilogueMs = 240_000;

/** Everybody returns to every machine, officers settle what is left, and everybody returns once more. */
async function epilogue(
  town: Town,
  stage: Stage,
  officers: OfficerPorts,
  random: ReturnType<typeof seededRandom>,
  aftermath: Aftermath,
): Promise<string[]> {
  const { clock, diary, tell } = officers;
  const { central, brokers, kiosks, cabinets } = town.programs;
  for (const name of [central, ...brokers, ...kiosks, ...cabinets]) stage.kill(name);
  await clock.sleep(2_000);
  const faults = await putRight(town, aftermath, officers, stage);
  faults.push(...(await allServing(town, officers)));
  const over = new AbortController();
  void clock.sleep(longestEpilogueMs, over.signal).then(
    () => over.abort(),
    () => undefined,
  );
  for (const round of [1, 2]) {
    tell(`--- everybody returns (${round})`);
    const from = startAt(random, town.people);
    await Promise.all(
      town.machines.map((machine, index) =>
        everybodyReturns(machine, town.people, from + 2 * index, { clock, diary, tell, random }, over.signal),
      ),
    );
    faults.push(...(await allServing(town, officers)));
    await Promise.all(town.machines.map((machine) => settleDesk(machine, officers)));
    faults.push(...(await allServing(town, officers)));
  }
  if (over.signal.aborted) faults.push(`the epilogue did not end within ${longestEpilogueMs} ms`);
  over.abort();
  return [...faults, ...(await untilReported(town, clock))];
}

/** Everything that the kiosks have sent is acknowledged, and nothing more comes. */
async function untilReported(town: Town, clock: Clock): Promise<string[]> {
  const untilMs = clock.monotonicMs() + 30_000;
  const waits = () => town.machines.filter(({ name }) => !town.lines.get(name)?.isQuietFor(1_500));
  while (waits().length > 0 && clock.monotonicMs() < untilMs) await clock.sleep(100);
  return waits().map(({ name }) => `${name} is never acknowledged whole`);
}

/** As people end them: the kiosks first, then what they need. */
async function stopAll(town: Town, stage: Stage): Promise<void> {
  const { central, brokers, kiosks, cabinets } = town.programs;
  for (const names of [kiosks, cabinets, [central], brokers]) await stage.stop(names);
}
