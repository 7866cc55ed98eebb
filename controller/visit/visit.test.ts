import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemRow, problems } from '#contract/problems/codes.ts';
import { type LimitedStep, limitSeconds, limits } from '#contract/screen/limits.ts';
import { visitOutcomes } from '#contract/uplink/entries.ts';
import { happenings, statesThatComeHome, touches, visitGraph, watchEveryPath } from '#tests/support/visits.ts';
import type { Effect, Happening } from './happenings.ts';
import { nextStep, table } from './next-step.ts';
import { outcomeOf } from './outcome.ts';
import { effectOf, limitedStep, screenOf } from './screen.ts';
import { type Visit, visitSteps } from './visit.ts';

const { states, edges } = visitGraph();
const types = [...new Set(happenings.map(({ type }) => type))];
const codes = Object.keys(problems) as (keyof typeof problems)[];
const inProcess = (visit: Visit) =>
  visit.at === 'printing' ||
  visit.at === 'take-card' ||
  visit.at === 'storing' ||
  (visit.at === 'offer-again' && visit.step === 'coming-out');

describe('the table', () => {
  test('every state says of every happening what it does, or why nothing', () => {
    for (const at of visitSteps)
      for (const type of types) {
        const cell = table[at][type];
        const says = typeof cell === 'function' ? 'a step' : cell.ignored;
        expect(says, `${at} x ${type}`).toMatch(/\w{3}/);
      }
  });

  test('every state of the union can be reached', () => {
    expect(new Set([...states.values()].map(({ at }) => at))).toEqual(new Set(visitSteps));
  });

  test('the officer can be called from everywhere but the goodbye, and is called', () => {
    for (const visit of states.values()) {
      const step = nextStep(visit, { type: 'call-officer', officerPresent: true });
      if (visit.at === 'goodbye') expect(step).toBeNull();
      else if (visit.at === 'officer') expect(step?.[0].at).toBe('officer');
      else expect(step?.slice(1), visit.at).toContainEqual({ do: 'call-officer' });
    }
  });
});

describe('ways home', () => {
  test('no state is a dead end: from each one some happenings lead to welcome', () => {
    const home = statesThatComeHome(states, edges);
    expect([...states.keys()].filter((key) => !home.has(key))).toEqual([]);
  });

  test('a person who walks away without another touch is followed by a welcome', () => {
    const machine = edges.filter(({ now }) => !touches.includes(now.type));
    const home = statesThatComeHome(states, machine);
    expect([...states.keys()].filter((key) => !home.has(key))).toEqual([]);
  });

  test('once begun, a visit reaches welcome only through end-visit, and each end is written once', () => {
    watchEveryPath<boolean>(false, (open, { visit, next, effects }) => {
      const begun = effects.filter((effect) => effect.do === 'begin-visit').length;
      const ended = effects.filter((effect) => effect.do === 'end-visit').length;
      expect(begun + ended).toBeLessThanOrEqual(1);
      if (begun) expect(open).toBe(false);
      if (ended) expect(open).toBe(true);
      const stillOpen = ended === 0 && (open || begun === 1);
      if (next.at === 'welcome' || next.at === 'goodbye') expect(stillOpen, `${visit.at} -> ${next.at}`).toBe(false);
      return stillOpen;
    });
  });
});

describe('a card in process', () => {
  test('no touch and no time-up moves a visit away from it', () => {
    const held = [...states.values()].filter(inProcess);
    expect(held.length).toBeGreaterThan(3);
    for (const visit of held)
      for (const now of happenings.filter(({ type }) => touches.includes(type) || type === 'time-up')) {
        const [next, ...effects] = nextStep(visit, now) ?? [visit];
        expect(next).toEqual(visit);
        for (const effect of effects) expect(effect.do).toBe('call-officer');
      }
  });

  test('one move at a time: nothing is asked of a card between the call and the end of a move', () => {
    watchEveryPath<boolean>(false, (moving, { now, effects }) => {
      const asked = effects.filter((effect) => ['print', 'present-again', 'retain'].includes(effect.do));
      const over = now.type === 'job-ended' || now.type === 'card-left';
      if (asked.length > 0)
        expect(moving && !over, `${JSON.stringify(asked)} while another move is under way`).toBe(false);
      return asked.length > 0 || (moving && !over);
    });
  });

  test('it is offered twice at most, and the second time only after a PIN that fits', () => {
    for (const { visit, now, next, effects } of edges) {
      if (next.at === 'take-card' && next.offer === 2 && visit.at !== 'take-card') expect(visit.at).toBe('offer-again');
      if (effects.some((effect) => effect.do === 'present-again'))
        expect(now).toEqual({ type: 'pin-checked', fits: true });
      if (visit.at === 'take-card' && visit.offer === 2 && now.type === 'card-left')
        expect(effects).toEqual([{ do: 'retain' }]);
    }
  });
});

describe('the right and the PIN', () => {
  test('only a job that ended as issued leads to a visit that ended as issued', () => {
    for (const { visit, now, next, effects } of edges) {
      if (effects.some((effect) => effect.do === 'end-visit' && effect.outcome === 'issued'))
        expect(visit.at).toBe('receipt');
      if (next.at === 'receipt' && visit.at !== 'receipt')
        expect(now).toMatchObject({ type: 'job-ended', outcome: 'issued' });
      if (next.at === 'goodbye' && next.outcome === 'issued' && visit.at !== 'goodbye')
        expect(visit.at).toBe('receipt');
    }
  });

  test('a right that was asked for and not printed with is voided before the visit ends; a spent or held one never', () => {
    const seen = watchEveryPath<Right>('none', follow);
    expect(seen).toEqual(new Set(['none', 'asked', 'printing', 'done']));
  });

  test('a right that is given back is never told to be held or in doubt, whatever the machine says', () => {
    const printing = [...states.values()].filter((visit) => visit.at === 'printing');
    for (const code of [null, ...codes.filter((one) => !one.startsWith('right/'))])
      for (const outcome of ['not-started', 'unused', 'spoiled'] as const) {
        const [next] = nextStep(printing[0] as Visit, { type: 'job-ended', outcome, code }) ?? [];
        if (next?.at !== 'answer') throw new Error(`${outcome} ${code}`);
        if (code === null || code.startsWith('card-printer/') || code.startsWith('panel/')) {
          expect(problemRow(next.answer.code).right, code ?? 'no code').toBe('kept');
          expect(['in-doubt', 'retained']).not.toContain(next.answer.outcome);
        }
      }
  });

  test('what was answered stands when an officer is called afterwards', () => {
    for (const { visit, next, effects } of edges) {
      if (visit.at === 'answer' && next.at === 'officer') {
        expect(next.answer).toEqual(visit.answer);
        if (visit.paper !== 'none') expect(effects).toEqual([{ do: 'call-officer' }]);
      }
      if (visit.at === 'officer' && next.at === 'goodbye') {
        const { outcome, code } = visit.answer ?? { outcome: 'with-officer', code: null };
        expect(effects).toContainEqual({ do: 'end-visit', outcome, code });
      }
    }
  });

  test('five unknown numbers are the end of a visit, by whichever way they were given', () => {
    const counts = watchEveryPath<number>(0, (before, { now, next, effects }) => {
      if (effects.some((effect) => effect.do === 'begin-visit' || effect.do === 'end-visit')) return 0;
      const unknown = before + (now.type === 'status-refused' && now.code === 'identify/unknown-code' ? 1 : 0);
      if (unknown === 5) expect(['answer', 'officer']).toContain(next.at);
      return unknown;
    });
    expect(Math.max(...counts)).toBe(5);
  });

  test('everybody who leaves without a card, with something that happened, has a slip', () => {
    for (const { next, effects, visit } of edges) {
      if (next.at !== 'answer' || visit.at === 'answer') continue;
      const printed = effects.some((effect) => effect.do === 'print-slip');
      expect(printed, next.answer.code).toBe(problemRow(next.answer.code).slip);
    }
  });
});

describe('the limits', () => {
  test('a card stands at the exit for a minute at least, at every pace', () => {
    expect(limitSeconds('take-card', 1)).toBeGreaterThanOrEqual(60);
    expect(limitSeconds('take-card', 3)).toBeGreaterThanOrEqual(180);
  });

  test('a warning lasts 20 s at least, and can be dismissed wherever the person is the one who is waited for', () => {
    const cardFirst: LimitedStep[] = ['take-card', 'offer-again']; // a card is not left in the slot for a touch
    for (const [step, { seconds, warnSeconds, dismissable }] of Object.entries(limits)) {
      if (warnSeconds > 0) expect(warnSeconds).toBeGreaterThanOrEqual(20);
      if (warnSeconds > 0 && seconds !== null) expect(seconds).toBeGreaterThan(warnSeconds);
      if (warnSeconds > 0) expect(dismissable).toBe(!cardFirst.includes(step as LimitedStep));
    }
  });

  test('every step has its row, and printing has no end but its own', () => {
    for (const at of visitSteps) expect(limits[limitedStep(at)], at).toBeDefined();
    for (const at of ['printing', 'storing', 'welcome'] as const) expect(limits[limitedStep(at)].seconds).toBeNull();
  });
});

describe('outcomes and screens', () => {
  test('whatever code central or a machine gives, the visit goes on and has a screen', () => {
    const anyCode = fc.constantFrom(...codes);
    const params = fc.dictionary(fc.string({ maxLength: 8 }), fc.oneof(fc.string(), fc.integer()));
    const some = fc.constantFrom(...states.values());
    fc.assert(
      fc.property(some, fc.constantFrom(...happenings), anyCode, params, (visit, now, code, given) => {
        const said = { ...now, ...('code' in now && { code }), ...('params' in now && { params: given }) } as Happening;
        const [next] = nextStep(visit, said) ?? [visit];
        expect(screenOf(next, nobody).at).toMatch(/^[a-z-]+$/);
        expect(visitSteps).toContain(next.at);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(codes)('%s is counted as something that is not a card', (code) => {
    const outcome = outcomeOf(code);
    expect(visitOutcomes).toContain(outcome);
    expect(outcome).not.toBe('issued');
    if (outcome === 'retained') expect(problemRow(code).right).toBe('held');
    if (outcome === 'data-disputed') expect(code).toBe('record/data-disputed');
  });

  test('no screen but the review shows anything of the person', () => {
    for (const visit of states.values()) {
      const screen = JSON.stringify(screenOf(visit, { ...nobody, slow: true }));
      if (visit.at === 'review') expect(screen).toContain('PRIVATE-NAME');
      else expect(screen, visit.at).not.toContain('PRIVATE');
    }
  });

  test('where no officer is on duty nobody is sent to one', () => {
    for (const code of codes) {
      const { next } = effectOf({ code, params: {} }, nobody);
      expect(next).not.toBe('officer');
    }
  });
});

const nobody = { cameraPresent: true, slow: false, reported: false, nextAt: null, officerPresent: false };

type Right = 'none' | 'asked' | 'printing' | 'done';

/** What has become of the right on this path; fails where it is left lying or taken back too late. */
function follow(right: Right, { visit, now, effects }: { visit: Visit; now: Happening; effects: Effect[] }): Right {
  const does = (what: Effect['do']) => effects.some((effect) => effect.do === what);
  const told = `${visit.at} x ${JSON.stringify(now)}`;
  let after = right;
  if (right === 'printing' && now.type === 'job-ended' && inProcessOrOffered(visit)) {
    const mustVoid = now.outcome === 'not-started' || now.outcome === 'unused' || now.outcome === 'spoiled';
    expect(does('void-right'), told).toBe(mustVoid);
    after = 'done';
  } else if (does('void-right')) {
    expect(right, told).toBe('asked');
    after = 'done';
  }
  if (does('ask-right')) after = 'asked';
  if (does('print')) after = 'printing';
  if (does('end-visit')) {
    expect(['none', 'done'], told).toContain(after);
    return 'none';
  }
  return after;
}

const inProcessOrOffered = (visit: Visit) => inProcess(visit) || visit.at === 'offer-again';
