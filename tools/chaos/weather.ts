import type { Clock } from '#kit/clock.ts';
import { fraction, pick, type Random, whole } from '#kit/random.ts';
import { badLine, goodLine } from './proxy.ts';
import type { Stage } from './stage.ts';
import type { Town } from './town.ts';

/** What was done to the town, counted. */
export interface Deeds {
  kills: number;
  cuts: number;
  pauses: number;
  jumps: number;
}

export interface WeatherPorts {
  clock: Clock;
  random: Random;
  stage: Stage;
  tell: (what: string) => void;
}

type Deed = () => string | null;

/** Does something to the town again and again, a kill about every second, until `signal`. */
export async function badWeather(town: Town, ports: WeatherPorts, signal: AbortSignal): Promise<Deeds> {
  const { clock, random, tell } = ports;
  const deeds: Deeds = { kills: 0, cuts: 0, pauses: 0, jumps: 0 };
  const choose = deedsOf(town, ports, deeds);
  for (const { proxy } of town.lines.values()) proxy.badness = badLine;
  while (!signal.aborted) {
    await clock.sleep(gapMs(random), signal).catch(() => undefined);
    if (signal.aborted) break;
    const what = choose()();
    if (what) tell(what);
  }
  for (const { proxy } of town.lines.values()) proxy.badness = goodLine;
  for (const name of clockNames(town)) town.clocks.set(name, 0);
  return deeds;
}

/** In gusts: several things at once, then a while in which somebody may get somewhere. 0.7 s in the mean. */
function gapMs(random: Random): number {
  return fraction(random) < 0.25 ? 1_500 + whole(random, 1_500) : 50 + whole(random, 250);
}

const clockNames = ({ machines }: Town) => ['central', ...machines.map(({ name }) => name)];

/** A die with a face for each deed. */
function deedsOf(town: Town, { random, stage }: WeatherPorts, deeds: Deeds): () => Deed {
  const { central, brokers, kiosks, cabinets } = town.programs;
  const lines = [...town.lines];
  const kill = (names: readonly string[]) => () => {
    const name = victim(town, stage, random, names);
    if (!stage.kill(name)) return null;
    deeds.kills += 1;
    return `kill ${name}`;
  };
  const cut = () => {
    const [name, { proxy }] = pick(random, lines);
    if (!proxy.cut()) return null;
    deeds.cuts += 1;
    return `cut the line of ${name}`;
  };
  const pause = () => {
    const [name, { proxy }] = pick(random, lines);
    const forMs = 200 + whole(random, 4_000);
    proxy.pause(forMs);
    deeds.pauses += 1;
    return `hold the line of ${name} for ${forMs} ms`;
  };
  const jump = () => {
    if (!town.clocks.movable) return null;
    const name = pick(random, clockNames(town));
    const days = pick(random, [-1, 0, 1] as const);
    town.clocks.set(name, days);
    deeds.jumps += 1;
    return `the wall clock of ${name} is ${days} days off`;
  };
  const faces: [share: number, deed: Deed][] = [
    [8, kill(kiosks)],
    [3, kill([central, ...brokers])],
    [3, kill(cabinets)],
    [3, cut],
    [2, pause],
    [2, jump],
  ];
  return () => byShare(random, faces);
}

/** Mostly somebody who is up, and of those often one with a card on the way: there a kill can do the most harm. */
function victim({ machines }: Town, stage: Stage, random: Random, names: readonly string[]): string {
  const up = names.filter(stage.isReady);
  const busy = machines.filter(({ screen }) => cardOnTheWay.has(screen.value?.screen.at ?? ''));
  const worst = up.filter((name) => busy.some((machine) => name.endsWith(machine.name)));
  if (worst.length > 0 && fraction(random) < 0.6) return pick(random, worst);
  return pick(random, up.length > 0 && fraction(random) < 0.75 ? up : names);
}

const cardOnTheWay: ReadonlySet<string> = new Set(['asking', 'review', 'printing', 'take-card', 'offer-again']);

function byShare<T>(random: Random, faces: readonly (readonly [number, T])[]): T {
  let left = fraction(random) * faces.reduce((sum, [share]) => sum + share, 0);
  for (const [share, face] of faces) {
    left -= share;
    if (left < 0) return face;
  }
  return faces[0]?.[1] as T;
}
