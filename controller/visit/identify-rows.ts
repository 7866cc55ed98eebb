import type { ProblemCode } from '#contract/problems/codes.ts';
import { problemRow } from '#contract/problems/codes.ts';
import type { Params, ServiceLevel } from '#contract/screen/screen-state.ts';
import { callOfficer, leaveEarly, showAnswer } from './endings.ts';
import { askFinger, beginReview } from './finger-rows.ts';
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
import type { Lookup, VisitIn } from './visit.ts';

/** After five numbers that nobody knows the screen rests for a minute. */
const unknownNumbersPerVisit = 5;

const notYetProved = ignore('nobody is recognised yet', 'answer', 'still-here', 'not-received', 'done');
const noPinHere = ignore('no PIN is asked here', 'pin');
const noNumberHere = ignore('no number is asked here', 'number', 'number-wrong');

export const welcome: Row<'welcome'> = {
  ...noCamera,
  ...noStatusAsked,
  ...noIdentifyAsked,
  ...noRightAsked,
  ...noFaceHere,
  ...noFingerHere,
  ...noCardHere,
  ...noPaper,
  ...notYetProved,
  ...noPinHere,
  ...noNumberHere,
  ...ignore('nothing has begun', 'choose', 'retry', 'back', 'leave', 'time-up'),
  service: (_, { service }) => [{ at: 'welcome', service }],
  start: ({ service }) =>
    service.mode === 'closed'
      ? [{ at: 'welcome', service }]
      : [{ at: 'how', service, unknownTries: 0 }, { do: 'begin-visit' }],
  'call-officer': (_, { officerPresent }) => [
    { at: 'officer', paper: 'none', officerPresent, answer: null },
    { do: 'begin-visit' },
    { do: 'call-officer' },
  ],
};

export const how: Row<'how'> = {
  ...noCamera,
  ...noStatusAsked,
  ...noIdentifyAsked,
  ...noRightAsked,
  ...noFaceHere,
  ...noFingerHere,
  ...noCardHere,
  ...noPaper,
  ...notYetProved,
  ...noPinHere,
  ...serviceLater,
  ...ignore('already begun', 'start', 'retry'),
  choose: (visit, { how: way }) => (way === 'qr' ? scan(visit) : typeNumber(visit)),
  number: (visit, { lookup }) => take(visit, lookup), // a keyboard or a hand scanner needs no choice first
  'number-wrong': (visit, { problem, params }) => typeNumber(visit, problem, params),
  back: leaveEarly,
  leave: leaveEarly,
  'time-up': leaveEarly,
  'call-officer': callOfficer,
};

export const scanQr: Row<'scan-qr'> = {
  ...noStatusAsked,
  ...noIdentifyAsked,
  ...noRightAsked,
  ...noFaceHere,
  ...noFingerHere,
  ...noCardHere,
  ...noPaper,
  ...notYetProved,
  ...noPinHere,
  ...serviceLater,
  ...ignore('already scanning', 'start', 'retry'),
  choose: (visit, { how: way }) => (way === 'qr' ? [visit] : [...typeNumber(visit), { do: 'stop-camera' }]), // one look at a time
  qr: (visit, { seen }) =>
    seen.kind === 'pickup'
      ? [...take(visit, { kind: 'code', value: seen.digits }), { do: 'stop-camera' }]
      : [{ ...visit, seen: seen.seen }],
  'camera-failed': (visit, { code }) => [...typeNumber(visit, code), { do: 'stop-camera' }],
  number: (visit, { lookup }) => [...take(visit, lookup), { do: 'stop-camera' }],
  'number-wrong': (visit, { problem, params }) => [...typeNumber(visit, problem, params), { do: 'stop-camera' }],
  back: (visit) => [...backToHow(visit), { do: 'stop-camera' }],
  'time-up': (visit) => [...typeNumber(visit), { do: 'stop-camera' }],
  leave: (visit) => [...leaveEarly(visit), { do: 'stop-camera' }],
  'call-officer': (visit, now) => [...callOfficer(visit, now), { do: 'stop-camera' }],
};

export const number: Row<'number'> = {
  ...noCamera,
  ...noStatusAsked,
  ...noIdentifyAsked,
  ...noRightAsked,
  ...noFaceHere,
  ...noFingerHere,
  ...noCardHere,
  ...noPaper,
  ...notYetProved,
  ...noPinHere,
  ...serviceLater,
  ...ignore('already typing', 'start', 'retry'),
  choose: (visit, { how: way }) => (way === 'qr' ? scan(visit) : typeNumber(visit)),
  number: (visit, { lookup }) => take(visit, lookup),
  'number-wrong': (visit, { problem, params }) => [{ ...visit, problem, params }],
  back: backToHow,
  leave: leaveEarly,
  'time-up': leaveEarly,
  'call-officer': callOfficer,
};

export const askingStatus: Row<'asking-status'> = {
  ...noCamera,
  ...noIdentifyAsked,
  ...noRightAsked,
  ...noFaceHere,
  ...noFingerHere,
  ...noCardHere,
  ...noPaper,
  ...notYetProved,
  ...noPinHere,
  ...noNumberHere,
  ...serviceLater,
  ...ignore('central is being asked', 'start', 'retry', 'choose', 'back'),
  'status-ok': afterStatus,
  'status-refused': (visit, { code, params }) => statusRefused(visit, code, params),
  leave: leaveEarly,
  'time-up': () => showAnswer('central/unreachable', {}),
  'call-officer': callOfficer,
};

export const proving: Row<'proving'> = {
  ...noCamera,
  ...noStatusAsked,
  ...noIdentifyAsked,
  ...noRightAsked,
  ...noFaceHere,
  ...noFingerHere,
  ...noCardHere,
  ...noPaper,
  ...notYetProved,
  ...noNumberHere,
  ...serviceLater,
  ...ignore('a proof is awaited', 'start', 'retry', 'choose'),
  pin: ({ service, lookup, unknownTries, given }, { pin }) => [
    { at: 'asking-identify', service, lookup, unknownTries, given },
    { do: 'identify', lookup, pin },
  ],
  back: (visit) => typeNumber(visit),
  leave: leaveEarly,
  'time-up': leaveEarly, // a try that was not made is not counted
  'call-officer': callOfficer,
};

export const askingIdentify: Row<'asking-identify'> = {
  ...noCamera,
  ...noStatusAsked,
  ...noRightAsked,
  ...noFaceHere,
  ...noFingerHere,
  ...noCardHere,
  ...noPaper,
  ...notYetProved,
  ...noPinHere,
  ...noNumberHere,
  ...serviceLater,
  ...ignore('central is being asked', 'start', 'retry', 'choose', 'back'),
  identified: ({ service, given }, { person, required, unusable }) => {
    if (service.mode !== 'full') return showAnswer(service.reason ?? 'kiosk/closed', {});
    const proved = { person, given: [...given, 'pin' as const] };
    return required.includes('finger') ? askFinger(proved, unusable) : beginReview(proved);
  },
  'identify-refused': (visit, { code, params }) => identifyRefused(visit, code, params),
  leave: leaveEarly,
  'time-up': () => showAnswer('central/unreachable', {}),
  'call-officer': callOfficer,
};

/** What every step before the review carries on. */
interface Searching {
  service: ServiceLevel;
  unknownTries: number;
}

function backToHow({ service, unknownTries }: Searching): Step {
  return [{ at: 'how', service, unknownTries }];
}

function scan({ service, unknownTries }: Searching): Step {
  return [{ at: 'scan-qr', service, unknownTries, seen: 'nothing' }, { do: 'watch-qr' }];
}

function typeNumber(
  { service, unknownTries }: Searching,
  problem: ProblemCode | null = null,
  params: Params = {},
): Step {
  return [{ at: 'number', service, problem, params, unknownTries }];
}

/** A bearer code tells its status before any proof; of a NIK nothing is said before the PIN is right. */
function take({ service, unknownTries }: Searching, lookup: Lookup): Step {
  if (lookup.kind === 'nik') return [prove({ service, unknownTries }, lookup)];
  return [
    { at: 'asking-status', service, lookup, unknownTries },
    { do: 'ask-status', lookup },
  ];
}

function prove(
  { service, unknownTries }: Searching,
  lookup: Lookup,
  problem: ProblemCode | null = null,
  params: Params = {},
): VisitIn<'proving'> {
  return { at: 'proving', service, lookup, unknownTries, given: [], problem, params };
}

/** Whatever refuses without the person's effort is said before the effort. */
function afterStatus(visit: VisitIn<'asking-status'>): Step {
  const { service, lookup } = visit;
  return service.mode === 'full' ? [prove(visit, lookup)] : showAnswer(service.reason ?? 'kiosk/closed', {});
}

function statusRefused({ service, unknownTries }: Searching, code: ProblemCode, params: Params): Step {
  if (code !== 'identify/unknown-code') return showAnswer(code, params);
  const tries = unknownTries + 1;
  return tries < unknownNumbersPerVisit
    ? typeNumber({ service, unknownTries: tries }, code, params)
    : showAnswer('identify/too-many-tries', {});
}

function identifyRefused(visit: VisitIn<'asking-identify'>, code: ProblemCode, params: Params): Step {
  return problemRow(code).next === 'retry' && code.startsWith('identify/')
    ? [prove(visit, visit.lookup, code, params)]
    : showAnswer(code, params);
}
