import type { Cabinet } from '#cabinet/cabinet.ts';
import type { ProblemCode } from '#contract/problems/codes.ts';
import { isProblemCode } from '#contract/problems/codes.ts';
import type { FingerPosition, Screen, ScreenState } from '#contract/screen/screen-state.ts';
import type { VisitOutcome } from '#contract/uplink/entries.ts';
import type { Controller } from '#controller/controller.ts';
import type { Clock } from '#kit/clock.ts';

/** The citizen of one pickup: what they carry and what they answer. */
export interface Walker {
  who: string;
  /** Whose fingers are put on the glass: the cabinet knows people by their pick-up numbers. */
  fingersOf: string;
  number: string;
  pin: string;
  says: 'yes' | 'data-wrong';
}

export interface Phase {
  name: string;
  ms: number;
}

export interface Walked {
  visitNo: string | null;
  outcome: VisitOutcome;
  code: ProblemCode | null;
  acknowledged: boolean;
  phases: Phase[];
}

const acknowledgeWithinMs = 15_000;
/** Between two touches the scanner has to see a bare glass. */
const bareGlassMs = 300;
/** Who is on duty beside the machine, and comes where a finger does not do. */
export const officerOnDuty = 'OP-DEMO';

/** Walks one citizen through the kiosk by what the screen says, as a person does; every step is told to `onPhase`. */
export async function walk(
  controller: Controller,
  cabinet: Cabinet,
  walker: Walker,
  clock: Clock,
  onPhase: (phase: Phase) => void,
  signal: AbortSignal,
): Promise<Walked> {
  const { kiosk } = controller;
  const phases: Phase[] = [];
  let name = '';
  let sinceMs = clock.monotonicMs();
  let visitNo: string | null = null;
  let pinGiven = false;
  let code: ProblemCode | null = null;

  function enter(next: string): void {
    const nowMs = clock.monotonicMs();
    if (name && name !== next) {
      const phase = { name, ms: Math.round(nowMs - sinceMs) };
      phases.push(phase);
      onPhase(phase);
    }
    if (name !== next) sinceMs = nowMs;
    name = next;
  }

  async function touch(finger: FingerPosition): Promise<void> {
    cabinet.world.liftFinger();
    await clock.sleep(bareGlassMs, signal);
    cabinet.world.putFinger(walker.fingersOf, finger);
  }

  /** What the person does at this screen; true when the walk is over. */
  function react({ screen }: ScreenState): boolean {
    if (screen.at !== 'finger') cabinet.world.liftFinger();
    switch (screen.at) {
      case 'welcome':
        if (visitNo) return true;
        if (screen.service.mode !== 'closed') kiosk.tap({ tap: 'start' });
        else code = screen.service.reason;
        return screen.service.mode === 'closed';
      case 'how':
        kiosk.tap({ tap: 'number', digits: walker.number });
        return false;
      case 'number':
        code = screen.problem;
        kiosk.tap({ tap: 'leave' });
        return false;
      case 'pin':
        code = screen.problem;
        kiosk.tap(pinGiven ? { tap: 'leave' } : { tap: 'pin', digits: walker.pin });
        pinGiven = true;
        return false;
      case 'finger':
        if (screen.say !== 'hold') void touch(screen.finger);
        return false;
      case 'officer-proof':
        officerComes(controller, visitNo ?? '', screen.why);
        return false;
      case 'review':
        kiosk.tap({ tap: 'answer', answer: walker.says });
        return false;
      case 'take-card':
        cabinet.world.takeCard(walker.who);
        return false;
      case 'answer':
      case 'trouble':
        if (screen.slip === 'printing') return false;
        code = screen.effect.code;
        kiosk.tap({ tap: 'done' });
        return false;
      default:
        return screen.at === 'goodbye';
    }
  }

  for await (const state of kiosk.screen.changes(signal)) {
    visitNo = state.visitNo ?? visitNo;
    enter(nameOf(state.screen));
    if (react(state)) break;
  }
  const ended = visitNo ? endOf(controller, visitNo) : null;
  const acknowledged = await acknowledgedEnd(controller, clock, signal);
  enter('reported');
  return {
    visitNo,
    outcome: ended?.outcome ?? 'abandoned',
    code: isProblemCode(ended?.code) ? ended.code : code,
    acknowledged,
    phases,
  };
}

/** With the family card in hand, whatever became of the fingers. */
function officerComes({ kiosk }: Controller, visitNo: string, why: ProblemCode | null): void {
  const reason = why === 'fingerprint/none-enrolled' ? 'none-enrolled' : 'worn';
  kiosk.vouching.identify({ visitNo, operatorId: officerOnDuty, document: 'KK', reason });
}

function nameOf(screen: Screen): string {
  if (screen.at === 'printing') return `printing: ${screen.phase}`;
  return screen.at === 'asking' ? `asking: ${screen.what}` : screen.at;
}

function endOf({ journal }: Controller, visitNo: string): { outcome: VisitOutcome; code: string | null } | null {
  const entries = journal
    .entries(1, journal.head().seq)
    .filter((entry) => entry.type === 'visit.ended' && entry.visitNo === visitNo);
  const [entry] = entries;
  return entry?.type === 'visit.ended' ? { outcome: entry.data.outcome as VisitOutcome, code: entry.data.code } : null;
}

/** Central has committed everything this kiosk has written, with the kiosk's own hash. */
async function acknowledgedEnd({ journal, uplink }: Controller, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const untilMs = clock.monotonicMs() + acknowledgeWithinMs;
  while (uplink.ackedSeq.value < journal.head().seq && clock.monotonicMs() < untilMs) await clock.sleep(5, signal);
  return uplink.ackedSeq.value >= journal.head().seq;
}
