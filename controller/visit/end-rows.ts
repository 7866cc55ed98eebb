import { callOfficerAfter } from './endings.ts';
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

const over = {
  ...noCamera,
  ...noStatusAsked,
  ...noIdentifyAsked,
  ...noRightAsked,
  ...noFaceHere,
  ...noFingerHere,
  ...noCardHere,
  ...serviceLater,
  ...ignore('the visit has its answer', 'start', 'choose', 'number', 'number-wrong', 'pin', 'answer', 'still-here'),
};

const paperOf = (paper: VisitIn<'answer'>['paper']): 'printed' | 'owed' | 'none' =>
  paper === 'printed' || paper === 'owed' ? paper : 'none';

function bye(visit: VisitIn<'answer'>): Step {
  const { outcome, code } = visit.answer;
  return [
    { at: 'goodbye', outcome, firstCard: false, paper: paperOf(visit.paper) },
    { do: 'end-visit', outcome, code },
  ];
}

export const receipt: Row<'receipt'> = {
  ...over,
  ...ignore('the receipt is being printed', 'retry', 'back', 'leave', 'not-received', 'done'),
  paper: ({ person }, { paper }) => issuedBye(person.firstCard, paper),
  'time-up': ({ person }) => issuedBye(person.firstCard, 'owed'),
  'call-officer': (visit) => [visit, { do: 'call-officer' }],
};

function issuedBye(firstCard: boolean, paper: 'printed' | 'owed'): Step {
  return [
    { at: 'goodbye', outcome: 'issued', firstCard, paper },
    { do: 'end-visit', outcome: 'issued', code: null },
  ];
}

export const answer: Row<'answer'> = {
  ...over,
  ...ignore('there is no way back from an answer', 'back'),
  paper: (visit, { paper }) => [{ ...visit, paper }],
  retry: (visit) => (visit.mayRetry ? bye(visit) : [visit]),
  'not-received': (visit) => (visit.mayDispute ? dispute(visit) : [visit]),
  done: bye,
  leave: bye,
  'time-up': bye,
  'call-officer': callOfficerAfter,
};

/** "I have not received it": written down with the visit, and an officer is called. */
function dispute(visit: VisitIn<'answer'>): Step {
  const said: Visit = { ...visit, mayDispute: false };
  return [said, { do: 'call-officer', dispute: true }];
}

export const officer: Row<'officer'> = {
  ...over,
  ...ignore('the officer has been called', 'retry', 'back', 'not-received'),
  paper: (visit, { paper }) => [{ ...visit, paper }],
  'call-officer': (visit, { officerPresent }) => [{ ...visit, officerPresent }],
  done: officerBye,
  leave: officerBye,
  'time-up': officerBye,
};

function officerBye({ paper, answer }: VisitIn<'officer'>): Step {
  const { outcome, code } = answer ?? { outcome: 'with-officer' as const, code: null };
  return [
    { at: 'goodbye', outcome, firstCard: false, paper: paperOf(paper) },
    { do: 'officer-done' },
    { do: 'end-visit', outcome, code },
  ];
}

export const goodbye: Row<'goodbye'> = {
  ...over,
  ...noPaper,
  ...ignore('the visit has ended', 'retry', 'back', 'not-received', 'call-officer', 'done', 'leave', 'time-up'),
  service: (_, { service }) => [{ at: 'welcome', service }],
};
