import type { Clock } from '#kit/clock.ts';
import { fraction, pick, type Random, whole } from '#kit/random.ts';
import { type Habit, type Machine, type Person, type VisitPorts, visit } from './citizen.ts';
import type { Diary } from './diary.ts';

export interface CrowdPorts {
  clock: Clock;
  random: Random;
  diary: Diary;
  tell: (what: string) => void;
}

/** People come to this machine one after the other until `signal`, whether they have their card already or not. */
export async function keepsComing(
  machine: Machine,
  people: readonly Person[],
  ports: CrowdPorts,
  signal: AbortSignal,
): Promise<void> {
  const { clock, random } = ports;
  while (!signal.aborted) {
    if (!isOpen(machine)) {
      await clock.sleep(50, signal).catch(() => undefined);
      continue;
    }
    await comes(machine, whoComes(people, ports), habitOf(random), { ...ports, signal });
  }
}

function isOpen({ screen }: Machine): boolean {
  const shown = screen.value?.screen;
  return shown?.at === 'welcome' && shown.service.mode !== 'closed';
}

/** Those without a card come first; now and then somebody who has one tries again. Two machines may meet the same person. */
function whoComes(people: readonly Person[], { random, diary }: CrowdPorts): Person {
  const without = people.filter(({ name }) => !diary.taken.some(({ who }) => who === name));
  return pick(random, without.length > 0 && fraction(random) < 0.8 ? without : people);
}

function habitOf(random: Random): Habit {
  const takes = pick(random, ['first', 'first', 'first', 'grabs', 'grabs', 'second', 'never'] as const);
  const leavesAt = fraction(random) < 0.1 ? pick(random, ['pin', 'review', 'asking', 'printing'] as const) : null;
  return { takes, leavesAt };
}

/** Everybody, each starting elsewhere in the list, tries this machine and takes whatever can be taken. */
export async function everybodyReturns(
  machine: Machine,
  people: readonly Person[],
  from: number,
  ports: CrowdPorts,
  signal: AbortSignal,
): Promise<void> {
  for (const index of people.keys()) {
    const person = people[(index + from) % people.length] as Person;
    if (signal.aborted) return;
    await comes(machine, person, { takes: 'grabs', leavesAt: null }, { ...ports, signal });
    await backAtWelcome(machine, ports.clock, signal);
  }
}

async function comes(machine: Machine, person: Person, habit: Habit, ports: VisitPorts & CrowdPorts): Promise<void> {
  const before = ports.diary.taken.length;
  const { why, last } = await visit(machine, person, habit, ports);
  const mine = ports.diary.taken.slice(before).find(({ kiosk }) => kiosk === machine.name);
  const code = last && 'effect' in last ? ` (${last.effect.code})` : '';
  ports.tell(
    `${person.name} (${habit.takes}) at ${machine.name}: ${why}, last saw ${why === 'tired' ? JSON.stringify(last) : (last?.at ?? 'nothing')}${code}${mine ? `, took ${mine.card}` : ''}`,
  );
}

/** The next person waits until the one before has gone, and not for ever. */
async function backAtWelcome({ screen }: Machine, clock: Clock, signal: AbortSignal): Promise<void> {
  for (let waits = 0; waits < 600 && !signal.aborted; waits += 1) {
    if (screen.value?.screen.at === 'welcome') return;
    await clock.sleep(50, signal).catch(() => undefined);
  }
}

export const startAt = (random: Random, people: readonly Person[]): number => whole(random, people.length);
