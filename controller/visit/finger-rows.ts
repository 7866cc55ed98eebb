import type { ProblemCode } from '#contract/problems/codes.ts';
import type { FingerSay } from '#contract/screen/screen-state.ts';
import type { Proof } from '#contract/uplink/entries.ts';
import { showAnswer } from './endings.ts';
import type { Effect, FingerHint } from './happenings.ts';
import {
  ignore,
  noCamera,
  noCardHere,
  noFaceHere,
  noIdentifyAsked,
  noPaper,
  noRightAsked,
  noStatusAsked,
  type Row,
  type Step,
  serviceLater,
} from './rows.ts';
import type { FingerTries, Identified, Visit, VisitIn } from './visit.ts';

/** Four comparisons over all enrolled fingers; a poor picture is none of them. */
const allTries: FingerTries = { which: 0, comparisonsLeft: 4, capturesLeft: 12 };
/** After so many pictures the other finger may be the better one, whatever became of the tries. */
const picturesOfOneFinger = 3;

interface Proving {
  person: Identified;
  given: readonly Proof[];
}

const ofNoUse = {
  ...noCamera,
  ...noStatusAsked,
  ...noIdentifyAsked,
  ...noRightAsked,
  ...noFaceHere,
  ...noCardHere,
  ...noPaper,
  ...serviceLater,
  ...ignore('a proof is awaited', 'start', 'choose', 'number', 'number-wrong', 'pin', 'answer', 'retry', 'still-here'),
  ...ignore('nothing was printed yet', 'not-received'),
};

export const finger: Row<'finger'> = {
  ...ofNoUse,
  ...ignore('a finger is awaited', 'done'),
  'finger-news': (visit, { say, part }) => [{ ...visit, say, part }],
  'finger-poor': poor,
  'finger-compared': (visit, { matched }) => (matched ? proved(visit, 'finger') : notMatched(visit)),
  'finger-failed': (visit, { code }) => toOfficer(visit, code, visit.tries),
  'other-finger': (visit) => (visit.person.fingers.length > 1 ? read(visit, nextFinger(visit), 'other') : [visit]),
  'officer-vouched': (visit) => vouched(visit),
  'call-officer': (visit) => toOfficer(visit, null, visit.tries),
  'time-up': (visit) => toOfficer(visit, 'fingerprint/not-recognised', visit.tries),
  back: () => endWithout(showAnswer('identify/cancelled', {})),
  leave: () => endWithout(showAnswer('identify/cancelled', {})),
};

export const officerProof: Row<'officer-proof'> = {
  ...ofNoUse,
  ...ignore('the reading was stopped', 'finger-news', 'finger-poor', 'finger-compared', 'finger-failed'),
  ...ignore('no finger is awaited here', 'other-finger'),
  'officer-vouched': (visit) => vouched(visit),
  'call-officer': (visit) => [visit, { do: 'call-officer' }],
  back: (visit) => (visit.back ? read(visit, visit.back, 'place') : [visit]),
  leave: withoutOfficer,
  done: withoutOfficer,
  'time-up': withoutOfficer,
};

/** The first finger, or at once the officer where there is none that could be compared. */
export function askFinger(proving: Proving, unusable: ProblemCode | null): Step {
  if (proving.person.fingers.length > 0) return read(proving, allTries, 'place');
  return toOfficer(proving, unusable ?? 'fingerprint/none-enrolled', null);
}

/** Nothing more has to be proved. */
export function beginReview({ person, given }: Proving): Step {
  return [{ at: 'review', person, given, face: 'rendering' }, { do: 'render-face' }];
}

function read({ person, given }: Proving, tries: FingerTries, say: FingerSay): Step {
  const visit: Visit = { at: 'finger', person, given, tries, say, part: 0 };
  return [visit, { do: 'read-finger', finger: person.fingers[tries.which] ?? 'unknown' }];
}

function nextFinger({ person, tries }: VisitIn<'finger'>): FingerTries {
  return { ...tries, which: (tries.which + 1) % person.fingers.length };
}

/** A picture that is no use is never a try. Every third one asks for the other finger, where there is one. */
function poor(visit: VisitIn<'finger'>, { hint }: { hint: FingerHint }): Step {
  const tries = { ...visit.tries, capturesLeft: visit.tries.capturesLeft - 1 };
  const changes = tries.capturesLeft % picturesOfOneFinger === 0 && visit.person.fingers.length > 1;
  return changes ? readOn(visit, nextFinger({ ...visit, tries }), 'other') : readOn(visit, tries, hint);
}

/** Not this finger, as far as a machine can see: the other one, or the same once more. */
function notMatched(visit: VisitIn<'finger'>): Step {
  const { comparisonsLeft, capturesLeft } = visit.tries;
  const tries = { ...nextFinger(visit), comparisonsLeft: comparisonsLeft - 1, capturesLeft: capturesLeft - 1 };
  return readOn(visit, tries, visit.person.fingers.length > 1 ? 'other' : 'again');
}

function readOn(visit: VisitIn<'finger'>, tries: FingerTries, say: FingerSay): Step {
  return isLeft(tries) ? read(visit, tries, say) : toOfficer(visit, 'fingerprint/not-recognised', tries);
}

const isLeft = ({ comparisonsLeft, capturesLeft }: FingerTries) => comparisonsLeft > 0 && capturesLeft > 0;

/** A person helps, and the glass stays a way while tries are left. */
function toOfficer({ person, given }: Proving, why: ProblemCode | null, tries: FingerTries | null): Step {
  const back = tries && isLeft(tries) ? tries : null;
  return [{ at: 'officer-proof', person, given, why, back }, { do: 'stop-finger' }, { do: 'call-officer' }];
}

const vouched = (proving: Proving): Step => [...proved(proving, 'officer'), { do: 'officer-done' }];

function proved({ person, given }: Proving, by: Proof): Step {
  return [...beginReview({ person, given: [...given, by] }), { do: 'forget-fingers' }];
}

const endWithout = ([visit, ...effects]: Step): Step => [visit, { do: 'forget-fingers' }, ...(effects as Effect[])];

/** Nobody came, or the person goes: the PIN is kept, and the visit says why it ended. */
function withoutOfficer({ why }: VisitIn<'officer-proof'>): Step {
  const [visit, ...effects] = endWithout(showAnswer(why ?? 'identify/cancelled', {}));
  return [visit, { do: 'officer-done' }, ...effects];
}
