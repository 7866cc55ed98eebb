import { describe, expect, test } from 'vitest';
import type { ProblemCode } from '#contract/problems/codes.ts';
import { limitSeconds } from '#contract/screen/limits.ts';
import type { ServiceLevel } from '#contract/screen/screen-state.ts';
import { oneFingered, rani, twoFingered, visitGraph } from '#tests/support/visits.ts';
import type { Effect, Happening } from './happenings.ts';
import { nextStep } from './next-step.ts';
import { screenOf } from './screen.ts';
import type { Identified, Visit } from './visit.ts';

const service: ServiceLevel = {
  ...{ mode: 'full', reason: null, cardsLeftToday: 3, nextAt: null, officerPresent: true },
  siteName: 'Seberang Ulu I',
};
const around = { cameraPresent: false, slow: false, reported: false, nextAt: null, officerPresent: true };
const asked: Visit = {
  ...{ at: 'asking-identify', service, lookup: { kind: 'code', value: '1' }, unknownTries: 0 },
  given: [],
};
const poor: Happening = { type: 'finger-poor', hint: 'wipe' };
const unlike: Happening = { type: 'finger-compared', matched: false };
const alike: Happening = { type: 'finger-compared', matched: true };
const { edges } = visitGraph();

/** Whoever was recognised by number and PIN, where the policy wants a finger too; and what happens then. */
function visitAfter(person: Identified, happenings: Happening[], unusable: ProblemCode | null = null) {
  const required = ['pin', 'finger'] as const;
  const effects: Effect[] = [];
  let visit: Visit = asked;
  for (const now of [{ type: 'identified', person, required, unusable } as const, ...happenings]) {
    const [next, ...done] = nextStep(visit, now) ?? [visit];
    visit = next;
    effects.push(...done);
  }
  return { visit, effects, screen: screenOf(visit, around) };
}

const askedFor = (effects: Effect[]) => effects.flatMap((one) => (one.do === 'read-finger' ? [one.finger] : []));

describe('a finger', () => {
  test('is asked for after the PIN where this place wants it, and nowhere else', () => {
    const { visit } = visitAfter(twoFingered, []);
    expect(visit).toMatchObject({ at: 'finger', given: ['pin'] });
    const [without] =
      nextStep(asked, { type: 'identified', person: twoFingered, required: ['pin'], unusable: null }) ?? [];
    expect(without).toMatchObject({ at: 'review', given: ['pin'] });
  });

  test('that is recognised goes on to the review, and only then is the face drawn', () => {
    const { visit, effects } = visitAfter(twoFingered, [poor, unlike, alike]);
    expect(visit).toMatchObject({ at: 'review', given: ['pin', 'finger'] });
    expect(effects.filter((one) => one.do === 'render-face')).toHaveLength(1);
    expect(effects.slice(-2)).toEqual([{ do: 'render-face' }, { do: 'forget-fingers' }]);
  });

  test('is compared four times over all that are enrolled, by turns; then the officer is there', () => {
    const { visit, effects } = visitAfter(twoFingered, [unlike, unlike, unlike, unlike]);
    expect(askedFor(effects)).toEqual(['right-index', 'left-index', 'right-index', 'left-index']);
    expect(visit).toMatchObject({ at: 'officer-proof', why: 'fingerprint/not-recognised', back: null });
    expect(effects.at(-1)).toEqual({ do: 'call-officer' });
  });

  test('that is the only one has all four comparisons to itself', () => {
    const { effects, screen } = visitAfter(oneFingered, [unlike, unlike, unlike]);
    expect(askedFor(effects)).toEqual(Array(4).fill('right-index'));
    expect(screen).toMatchObject({ at: 'finger', say: 'again', triesLeft: 1, hasOther: false });
  });

  test('that gives a poor picture is told what helps, and no try is used up', () => {
    const { screen } = visitAfter(oneFingered, Array(11).fill(poor));
    expect(screen).toMatchObject({ at: 'finger', say: 'wipe', triesLeft: 4 });
  });

  test('that gives twelve poor pictures has had its time: the officer is called', () => {
    const { visit } = visitAfter(oneFingered, Array(12).fill(poor));
    expect(visit).toMatchObject({ at: 'officer-proof', back: null });
  });

  test('that can hardly be read makes room for the other one, and the person may ask for it too', () => {
    expect(askedFor(visitAfter(twoFingered, Array(3).fill(poor)).effects).at(-1)).toBe('left-index');
    const asked = visitAfter(twoFingered, [{ type: 'other-finger' }]);
    expect(asked.screen).toMatchObject({ finger: 'left-index', say: 'other', triesLeft: 4 });
    expect(visitAfter(oneFingered, [{ type: 'other-finger' }]).screen).toMatchObject({
      finger: 'right-index',
      say: 'place',
    });
  });
});

describe('the officer', () => {
  test.each([
    [null, 'fingerprint/none-enrolled'],
    ['fingerprint/reference-unusable', 'fingerprint/reference-unusable'],
  ] as const)('is called at once where no finger can be compared (%s)', (unusable, why) => {
    const { visit, effects } = visitAfter(rani, [], unusable);
    expect(visit).toMatchObject({ at: 'officer-proof', why, back: null });
    expect(effects).toContainEqual({ do: 'call-officer' });
    expect(askedFor(effects)).toEqual([]);
  });

  test.each([
    ['the person asks', { type: 'call-officer', officerPresent: true }, null],
    [
      'the scanner is away',
      { type: 'finger-failed', code: 'fingerprint-scanner/unreachable' },
      'fingerprint-scanner/unreachable',
    ],
    ['four minutes have gone', { type: 'time-up' }, 'fingerprint/not-recognised'],
  ] as [string, Happening, ProblemCode | null][])('is called when %s, and the finger stays a way', (_, now, why) => {
    const away = visitAfter(twoFingered, [unlike, now]);
    expect(away.visit).toMatchObject({ at: 'officer-proof', why });
    expect(away.effects.slice(-2)).toEqual([{ do: 'stop-finger' }, { do: 'call-officer' }]);
    const back = visitAfter(twoFingered, [unlike, now, { type: 'back' }]);
    expect(back.screen).toMatchObject({ at: 'finger', finger: 'left-index', triesLeft: 3 });
  });

  test('vouches for the person, and that is the proof', () => {
    for (const before of [[unlike, unlike, unlike, unlike], [unlike]]) {
      const { visit, effects } = visitAfter(twoFingered, [...before, { type: 'officer-vouched' }]);
      expect(visit).toMatchObject({ at: 'review', given: ['pin', 'officer'] });
      expect(effects).toEqual(expect.arrayContaining([{ do: 'forget-fingers' }, { do: 'officer-done' }]));
    }
  });

  test('who does not come leaves the right and the PIN as they were', () => {
    const { visit, screen } = visitAfter(rani, [{ type: 'time-up' }]);
    expect(visit).toMatchObject({ at: 'answer', answer: { outcome: 'with-officer' } });
    expect(screen).toMatchObject({ effect: { right: 'kept', pin: 'kept' } });
  });

  test('is the one who vouches: no other happening gives this proof, and none leads to a card without one', () => {
    for (const { visit, now, next } of edges) {
      if (next.at !== 'review' || visit.at === 'review') continue;
      const policy = now.type === 'identified' && !now.required.includes('finger');
      const proof = { 'officer-vouched': 'officer', 'finger-compared': 'finger' }[now.type as 'finger-compared'];
      expect(next.given.at(-1)).toBe(policy ? 'pin' : proof);
      if (now.type === 'finger-compared') expect(now.matched).toBe(true);
    }
  });
});

describe('references', () => {
  test('are forgotten on every way out of the step', () => {
    const inside = (visit: Visit) => visit.at === 'finger' || visit.at === 'officer-proof';
    for (const { visit, next, effects } of edges)
      if (inside(visit)) expect(effects.some((one) => one.do === 'forget-fingers')).toBe(!inside(next));
  });

  test('are read by one picture at a time: whatever leaves the finger stops the reading', () => {
    for (const { visit, next, effects } of edges) {
      if (visit.at !== 'finger' || next.at === 'finger') continue;
      expect(effects.some((one) => one.do === 'stop-finger' || one.do === 'forget-fingers')).toBe(true);
    }
  });
});

test('the whole step takes four minutes at most, three times as long for whoever needs it', () => {
  expect(limitSeconds('finger', 1)).toBe(240);
  expect(limitSeconds('finger', 3)).toBe(720);
});
