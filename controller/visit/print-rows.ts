import { type ProblemCode, problemRow } from '#contract/problems/codes.ts';
import type { PrintOutcome } from '#contract/uplink/entries.ts';
import { callOfficer, showAnswer } from './endings.ts';
import {
  ignore,
  noCamera,
  noCardHere,
  noFaceHere,
  noFingerHere,
  noIdentifyAsked,
  noPaper,
  noRightAsked,
  noStatusAsked,
  type Row,
  type Step,
  serviceLater,
} from './rows.ts';
import type { Visit, VisitIn } from './visit.ts';

const long = ignore('answered long ago', 'start', 'choose', 'number', 'number-wrong');
const noTouch = ignore(
  'nobody may walk away from a card in process',
  'answer',
  'retry',
  'back',
  'leave',
  'done',
  'not-received',
);
const noAskingNow = { ...noCamera, ...noStatusAsked, ...noIdentifyAsked, ...noFingerHere };
/** The officer is called without leaving the step: the card comes first. */
const callBesides = <V extends Visit>(visit: V): Step => [visit, { do: 'call-officer' }];

export const review: Row<'review'> = {
  ...noAskingNow,
  ...noRightAsked,
  ...noCardHere,
  ...noPaper,
  ...serviceLater,
  ...long,
  ...ignore('not asked here', 'pin', 'still-here', 'not-received', 'done', 'retry'),
  'face-ready': (visit) => [{ ...visit, face: 'ready' }],
  'face-failed': (_, { code }) => showAnswer(code, {}),
  answer: (visit, { answer }) => reviewed(visit, answer),
  back: () => showAnswer('identify/cancelled', {}),
  leave: () => showAnswer('identify/cancelled', {}),
  'time-up': () => showAnswer('identify/cancelled', {}),
  'call-officer': callOfficer,
};

function reviewed({ person, given, face }: VisitIn<'review'>, answer: 'yes' | 'not-me' | 'data-wrong'): Step {
  if (answer === 'not-me') return showAnswer('identify/not-me', {});
  if (answer === 'data-wrong') return showAnswer('record/data-disputed', {});
  return [{ at: 'asking-right', person, given, face, granted: false }, { do: 'ask-right' }];
}

const giveUp = (reason: string, step: Step): Step => [
  step[0],
  { do: 'void-right', reason },
  ...(step.slice(1) as Effects),
];
type Effects = Step extends readonly [Visit, ...infer E] ? E : never;

export const askingRight: Row<'asking-right'> = {
  ...noAskingNow,
  ...noCardHere,
  ...noPaper,
  ...serviceLater,
  ...long,
  ...ignore('central is being asked', 'pin', 'still-here', 'not-received', 'done', 'retry', 'answer', 'back'),
  'face-ready': (visit) => (visit.granted ? print(visit) : [{ ...visit, face: 'ready' }]),
  'face-failed': (_, { code }) => giveUp(code, showAnswer(code, {})),
  'right-granted': (visit) => (visit.face === 'ready' ? print(visit) : [{ ...visit, granted: true }]),
  'right-refused': (_, { code, params }) => giveUp(code, showAnswer(code, params)),
  leave: () => giveUp('identify/cancelled', showAnswer('identify/cancelled', {})),
  'time-up': () => giveUp('central/unreachable', showAnswer('central/unreachable', {})),
  'call-officer': (visit, now) => giveUp('identify/cancelled', callOfficer(visit, now)),
};

function print({ person, given }: VisitIn<'asking-right'>): Step {
  return [{ at: 'printing', person, given, phase: 'preparing', fraction: 0, minutesLeft: 0 }, { do: 'print' }];
}

export const printing: Row<'printing'> = {
  ...noAskingNow,
  ...noRightAsked,
  ...noFaceHere,
  ...noPaper,
  ...serviceLater,
  ...long,
  ...noTouch,
  ...ignore('not asked here', 'pin', 'still-here', 'time-up', 'card-left', 'pin-checked'),
  'job-phase': (visit, { phase, fraction, minutesLeft }) => [{ ...visit, phase, fraction, minutesLeft }],
  'card-at-exit': ({ person, given }) => [{ at: 'take-card', person, given, offer: 1 }],
  'job-ended': ({ person }, { outcome, code }) => ended(person, outcome, code),
  'call-officer': callBesides,
};

export const takeCard: Row<'take-card'> = {
  ...noAskingNow,
  ...noRightAsked,
  ...noFaceHere,
  ...noPaper,
  ...serviceLater,
  ...long,
  ...noTouch,
  ...ignore(
    'the exit sensor tells, not a touch',
    'pin',
    'still-here',
    'time-up',
    'job-phase',
    'card-at-exit',
    'pin-checked',
  ),
  'card-left': ({ person, given, offer }) =>
    offer === 1
      ? [{ at: 'offer-again', person, given, step: 'still-here', problem: null, triesLeft: 3 }]
      : [{ at: 'storing', person, given }, { do: 'retain' }],
  'job-ended': ({ person }, { outcome, code }) => ended(person, outcome, code),
  'call-officer': callBesides,
};

const isComingOut = ({ step }: VisitIn<'offer-again'>) => step === 'coming-out';

/** Into the box, unless it is on its way out already: one card has one move at a time. */
function keep(visit: VisitIn<'offer-again'>): Step {
  const { person, given } = visit;
  return isComingOut(visit) ? [visit] : [{ at: 'storing', person, given }, { do: 'retain' }];
}

export const offerAgain: Row<'offer-again'> = {
  ...noAskingNow,
  ...noRightAsked,
  ...noFaceHere,
  ...noPaper,
  ...serviceLater,
  ...long,
  ...ignore('the card waits inside', 'job-phase', 'card-left', 'not-received', 'done', 'retry', 'answer', 'back'),
  'still-here': (visit) => (visit.step === 'still-here' ? [{ ...visit, step: 'pin' }] : [visit]),
  pin: (visit, { pin }) => (isComingOut(visit) ? [visit] : [visit, { do: 'check-pin', pin }]),
  'pin-checked': (visit, { fits }) => pinChecked(visit, fits),
  'card-at-exit': ({ person, given }) => [{ at: 'take-card', person, given, offer: 2 }],
  'job-ended': ({ person }, { outcome, code }) => ended(person, outcome, code),
  leave: keep,
  'time-up': keep,
  'call-officer': callBesides,
};

function pinChecked(visit: VisitIn<'offer-again'>, fits: boolean): Step {
  if (isComingOut(visit)) return [visit];
  if (fits) return [{ ...visit, step: 'coming-out', problem: null }, { do: 'present-again' }];
  const triesLeft = visit.triesLeft - 1;
  return triesLeft > 0 ? [{ ...visit, problem: 'identify/not-matched', triesLeft }] : keep(visit);
}

export const storing: Row<'storing'> = {
  ...noAskingNow,
  ...noRightAsked,
  ...noFaceHere,
  ...noPaper,
  ...serviceLater,
  ...long,
  ...noTouch,
  ...ignore(
    'the card is on its way to the box',
    'pin',
    'still-here',
    'time-up',
    'job-phase',
    'card-at-exit',
    'card-left',
    'pin-checked',
  ),
  'job-ended': ({ person }, { outcome, code }) => ended(person, outcome, code),
  'call-officer': callBesides,
};

/** Only `issued` ends with a receipt, and only `issued` uses the PIN. */
function ended(
  person: VisitIn<'printing'>['person'],
  outcome: PrintOutcome | 'not-started',
  code: ProblemCode | null,
): Step {
  if (outcome === 'issued') return [{ at: 'receipt', person }, { do: 'print-receipt' }];
  if (outcome === 'in-doubt') return showAnswer('card-printer/outcome-unknown', {});
  if (outcome === 'retained') return showAnswer('handover/not-taken', {});
  const said = asUsable(code);
  return giveUp(said, showAnswer(said, {}));
}

/** The right is free again here: a device's code that speaks of a held card would tell the person something untrue. */
function asUsable(code: ProblemCode | null): ProblemCode {
  const ofDevice = code === null || !code.startsWith('right/');
  return code === null || (ofDevice && problemRow(code).right === 'held') ? 'card-printer/hardware' : code;
}
