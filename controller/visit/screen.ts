import { problemRow } from '#contract/problems/codes.ts';
import type { LimitedStep } from '#contract/screen/limits.ts';
import type { Effect, Screen } from '#contract/screen/screen-state.ts';
import type { Answer, Visit, VisitAt } from './visit.ts';

/** What the page shows that the visit itself does not know. */
export interface Surroundings {
  cameraPresent: boolean;
  /** Central has been asked for longer than a person waits in silence. */
  slow: boolean;
  /** The outcome's entry has been acknowledged with its hash: the only ground for the word "reported". */
  reported: boolean;
  nextAt: string | null;
  officerPresent: boolean;
}

/** The screen of a visit: codes and parameters, never text. */
export function screenOf(visit: Visit, around: Surroundings): Screen {
  switch (visit.at) {
    case 'welcome':
      return { at: 'welcome', service: visit.service };
    case 'how':
      return { at: 'how', camera: around.cameraPresent };
    case 'scan-qr':
      return { at: 'scan-qr', ...qrHint(visit.seen) };
    case 'number':
      return { at: 'number', problem: visit.problem, params: visit.params };
    case 'asking-status':
      return { at: 'asking', what: 'status', slow: around.slow };
    case 'proving':
      return { at: 'pin', problem: visit.problem, params: visit.params };
    case 'asking-identify':
      return { at: 'asking', what: 'identify', slow: around.slow };
    case 'finger':
      return fingerScreen(visit);
    case 'officer-proof': {
      const step = around.officerPresent ? 'called' : 'none-on-duty';
      return { at: 'officer-proof', why: visit.why, back: visit.back !== null, step, nextAt: around.nextAt };
    }
    case 'review':
      return { at: 'review', fields: visit.person.fields };
    case 'asking-right':
      return { at: 'asking', what: 'right', slow: around.slow };
    case 'printing':
      return { at: 'printing', phase: visit.phase, fraction: visit.fraction, minutesLeft: visit.minutesLeft };
    case 'take-card':
      return { at: 'take-card', offer: visit.offer };
    case 'offer-again':
      return visit.step === 'coming-out'
        ? { at: 'printing', phase: 'presenting', fraction: 1, minutesLeft: 1 }
        : { at: 'offer-again', step: visit.step, problem: visit.problem };
    case 'storing':
      return { at: 'offer-again', step: 'storing', problem: null };
    case 'receipt':
      return { at: 'receipt' };
    case 'answer':
      return answerScreen(visit, around);
    case 'officer':
      return { at: 'officer', step: visit.officerPresent ? 'called' : 'none-on-duty', nextAt: around.nextAt };
    case 'goodbye':
      return {
        at: 'goodbye',
        outcome: visit.outcome,
        firstCard: visit.firstCard,
        paper: visit.paper,
        reported: around.reported,
      };
    default:
      return visit satisfies never;
  }
}

function fingerScreen({ person, tries, say, part }: Extract<Visit, { at: 'finger' }>): Screen {
  const finger = person.fingers[tries.which] ?? 'unknown';
  return { at: 'finger', finger, say, part, triesLeft: tries.comparisonsLeft, hasOther: person.fingers.length > 1 };
}

type Seen = Extract<Visit, { at: 'scan-qr' }>['seen'];

function qrHint(seen: Seen): Pick<Extract<Screen, { at: 'scan-qr' }>, 'hint' | 'foreign'> {
  if (seen === 'nothing') return { hint: 'hold', foreign: null };
  if (seen === 'dark') return { hint: 'brighter', foreign: null };
  if (seen === 'glare' || seen === 'damaged') return { hint: seen, foreign: null };
  return { hint: 'foreign', foreign: seen };
}

function answerScreen(
  { answer, paper, mayRetry, mayDispute }: Extract<Visit, { at: 'answer' }>,
  around: Surroundings,
): Screen {
  const shared = { effect: effectOf(answer, around), slip: paper, retry: mayRetry };
  const trouble =
    answer.outcome === 'machine-trouble' || answer.outcome === 'network-trouble' || answer.outcome === 'in-doubt';
  return trouble ? { at: 'trouble', ...shared } : { at: 'answer', ...shared, mayDispute };
}

/** The officer is a next step only where one is on duty. */
export function effectOf(
  { code, params }: Pick<Answer, 'code' | 'params'> & Partial<Answer>,
  around: Pick<Surroundings, 'officerPresent' | 'nextAt'>,
): Effect {
  const { right, pin, next } = problemRow(code);
  const comeBack = next === 'officer' && !around.officerPresent;
  const known = comeBack && around.nextAt ? { until: around.nextAt, ...params } : params;
  return { code, params: known, right, pin, next: comeBack ? 'come-back' : next };
}

/** Which row of the limits table a visit waits by. */
export function limitedStep(at: VisitAt): LimitedStep {
  const same: Partial<Record<VisitAt, LimitedStep>> = {
    'asking-status': 'asking',
    'asking-identify': 'asking',
    'asking-right': 'asking',
    proving: 'pin',
    storing: 'printing',
  };
  return same[at] ?? (at as LimitedStep);
}
