import type { Screen, ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import type { Remembered } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';
import type { Diary } from './diary.ts';
import { act, tap, viewOf } from './page.ts';

/** Somebody with a letter from the office. */
export interface Person {
  name: string;
  number: string;
  pin: string;
}

/** How somebody behaves: when they take the card, and at which screen they walk away, if at any. */
export interface Habit {
  takes: 'first' | 'second' | 'never' | 'grabs';
  leavesAt: Screen['at'] | null;
}

/** One machine as the people before it know it. */
export interface Machine {
  name: string;
  kioskUrl: string;
  cabinetUrl: string;
  screen: Remembered<ScreenState | null>;
  /** Cards that hands have taken here so far, as last seen. */
  takenCount: number;
}

export interface VisitPorts {
  clock: Clock;
  diary: Diary;
  signal: AbortSignal;
}

/** Nobody waits longer than this before a screen that does not change. */
const patienceMs = 25_000;

export interface VisitEnd {
  why: 'done' | 'went-home' | 'tired' | 'machine-gone';
  last: Screen | null;
}

/** Walks through one visit by what the screen says, takes the card or not, and goes home. */
export async function visit(machine: Machine, person: Person, habit: Habit, ports: VisitPorts): Promise<VisitEnd> {
  const { diary } = ports;
  let visitNo: string | null = null;
  let begun = false;
  let last: Screen | null = null;
  const end = async (why: VisitEnd['why']): Promise<VisitEnd> => {
    if (habit.takes === 'grabs' || why !== 'done') await grabs(machine, person, habit, visitNo, ports);
    return { why, last };
  };
  for (let seen = ''; ; ) {
    const state = await nextScreen(machine, seen, ports);
    if (state === 'late') return end('tired');
    if (state === null) return end('machine-gone');
    const { screen, rev } = state;
    if (begun && (screen.at === 'welcome' || screen.at === 'preparing')) return { why: 'done', last };
    seen = lookOf(state);
    if (state.visitNo) {
      visitNo = state.visitNo;
      diary.visits.set(visitNo, person.name);
    }
    if (screen.at === 'goodbye' && screen.reported && visitNo) diary.reported.add(visitNo);
    if (screen.at !== 'welcome') last = screen;
    if (screen.at === habit.leavesAt) return end('went-home');
    if (screen.at === 'welcome' && screen.service.mode === 'closed') return { why: 'machine-gone', last: screen };
    if (screen.at === 'take-card') await takes(machine, person, habit, screen.offer, visitNo, ports);
    const next = answerTo(screen, person, habit);
    if (next && (await tap(machine.kioskUrl, rev, next))) begun = true;
  }
}

/** What a person can see of it; some of it changes without making a touch stale. */
const lookOf = ({ rev, screen }: ScreenState): string => JSON.stringify([rev, screen]);

/** The next screen that has not been answered yet; null when the machine is gone, `late` when nothing changes any more. */
async function nextScreen({ screen }: Machine, seen: string, { clock, signal }: VisitPorts) {
  const enough = new AbortController();
  const late = clock.sleep(patienceMs, enough.signal).then(
    () => 'late' as const,
    () => null,
  );
  const changed = screen.until(
    (state) => state === null || lookOf(state) !== seen,
    AbortSignal.any([signal, enough.signal]),
  );
  changed.catch(() => undefined);
  try {
    return await Promise.race([changed.catch(() => null), late]);
  } finally {
    enough.abort();
  }
}

function answerTo(screen: Screen, { number, pin }: Person, { takes: when }: Habit): Tap | null {
  switch (screen.at) {
    case 'welcome':
      return { tap: 'start' };
    case 'how':
      return { tap: 'number', digits: number };
    case 'number':
      return { tap: 'leave' };
    case 'pin':
      return screen.problem ? { tap: 'leave' } : { tap: 'pin', digits: pin };
    case 'review':
      return { tap: 'answer', answer: 'yes' };
    case 'offer-again':
      if (when !== 'second' || screen.step === 'storing') return null;
      return screen.step === 'still-here' ? { tap: 'still-here' } : { tap: 'pin', digits: pin };
    case 'answer':
    case 'trouble':
      return screen.slip === 'printing' ? null : { tap: 'done' };
    case 'goodbye':
    case 'officer':
      return { tap: 'done' };
    default:
      return null;
  }
}

async function takes(
  machine: Machine,
  person: Person,
  { takes: when }: Habit,
  offer: 1 | 2,
  visitNo: string | null,
  ports: VisitPorts,
): Promise<void> {
  if (when === 'never' || (when === 'second' && offer === 1)) return;
  await takeCard(machine, person, visitNo, ports);
}

/** Before the machine is left, or when it has died: whatever stands in the slot is taken, if somebody would. */
async function grabs(
  machine: Machine,
  person: Person,
  { takes: when }: Habit,
  visitNo: string | null,
  ports: VisitPorts,
): Promise<void> {
  if (when === 'never') return;
  for (let tries = 0; tries < 3; tries += 1) {
    const view = await viewOf(machine.cabinetUrl);
    if (view?.bezel) return takeCard(machine, person, visitNo, ports);
    await ports.clock.sleep(300);
  }
}

/** A hand takes what stands in the slot; whether it did is seen afterwards, because the cabinet may die in between. */
export async function takeCard(
  machine: Machine,
  person: Person,
  visitNo: string | null,
  ports: VisitPorts,
): Promise<void> {
  await act(machine.cabinetUrl, 'takeCard');
  for (;;) {
    const view = await viewOf(machine.cabinetUrl);
    if (view) {
      if (view.takenCount > machine.takenCount && view.taken)
        ports.diary.taken.push({ kiosk: machine.name, card: view.taken.id, who: person.name, visitNo });
      machine.takenCount = view.takenCount;
      return;
    }
    await ports.clock.sleep(100);
  }
}
