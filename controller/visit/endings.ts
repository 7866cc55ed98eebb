import type { ProblemCode } from '#contract/problems/codes.ts';
import { problemRow } from '#contract/problems/codes.ts';
import type { Params, ServiceLevel } from '#contract/screen/screen-state.ts';
import type { HappeningOf } from './happenings.ts';
import { outcomeOf } from './outcome.ts';
import type { Step } from './rows.ts';
import type { Visit, VisitIn } from './visit.ts';

/** Why there is no card now: on the screen, and on a slip unless nothing happened that needs one. */
export function showAnswer(code: ProblemCode, params: Params): Step {
  const row = problemRow(code);
  const outcome = outcomeOf(code);
  const visit: Visit = {
    at: 'answer',
    answer: { code, params, outcome },
    paper: row.slip ? 'printing' : 'none',
    mayRetry: row.next === 'retry',
    mayDispute: code === 'right/already-issued',
  };
  return row.slip ? [visit, { do: 'print-slip', code, params, outcome }] : [visit];
}

/** Nothing was proved and nothing asked for: the screen goes back to welcome and the visit is written down. */
export function leaveEarly({ service }: { service: ServiceLevel }): Step {
  return [
    { at: 'welcome', service },
    { do: 'end-visit', outcome: 'abandoned', code: null },
  ];
}

/** Legal in every state: a person who asks for the officer is never told to finish first. */
export function callOfficer(_visit: Visit, { officerPresent }: HappeningOf<'call-officer'>): Step {
  return [
    { at: 'officer', paper: 'printing', officerPresent, answer: null },
    { do: 'call-officer' },
    { do: 'print-slip', code: 'identify/cancelled', params: {}, outcome: 'with-officer' },
  ];
}

/** After an answer: its outcome and its slip stand, and only where it has no slip one is printed now. */
export function callOfficerAfter(
  { answer, paper }: VisitIn<'answer'>,
  { officerPresent }: HappeningOf<'call-officer'>,
): Step {
  const { code, params, outcome } = answer;
  const visit: Visit = { at: 'officer', paper: paper === 'none' ? 'printing' : paper, officerPresent, answer };
  return paper === 'none'
    ? [visit, { do: 'call-officer' }, { do: 'print-slip', code, params, outcome }]
    : [visit, { do: 'call-officer' }];
}
