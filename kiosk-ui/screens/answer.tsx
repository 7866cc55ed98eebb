import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Effect } from '#contract/screen/screen-state.ts';
import { NextDrawing } from '../drawings/drawings.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';
import { headingOf, ThreeLines } from '../parts/three-lines.tsx';

/** No card today, and why, in words that a whole queue may read. */
export function AnswerScreen({ screen, state, lang, words, tap }: ScreenProps<'answer'>) {
  const { effect, slip, mayDispute, retry } = screen;
  return (
    <Layout
      picture={<NextDrawing next={effect.next} />}
      title={headingOf(effect, lang, words)}
      actions={
        <>
          {retry && (
            <BigButton kind="main" onPress={() => tap({ tap: 'retry' })}>
              {words.frame.retry}
            </BigButton>
          )}
          {mayDispute && <BigButton onPress={() => tap({ tap: 'not-received' })}>{words.answer.dispute}</BigButton>}
          <BigButton kind={retry ? 'plain' : 'main'} onPress={() => tap({ tap: 'done' })}>
            {words.frame.done}
          </BigButton>
        </>
      }
    >
      <ThreeLines effect={effect} slip={slip} visitNo={state.visitNo} lang={lang} words={words} />
    </Layout>
  );
}

const kept = { right: 'kept', pin: 'kept', params: {} } as const;
const none = { right: 'none', pin: 'kept', params: {} } as const;
const told = (effect: Effect, more: Partial<Previews<'answer'>[string]['screen']> = {}) => ({
  screen: { at: 'answer' as const, effect, slip: 'printed' as const, mayDispute: false, retry: false, ...more },
});
const office = (code: ProblemCode, params: Effect['params'] = {}) =>
  told({ ...kept, code, params, next: 'office' as const });

export const answerPreviews = (): Previews<'answer'> => ({
  'answer-at-centre': told({ ...none, code: 'record/at-centre', params: { since: '2026-10-03' }, next: 'come-back' }),
  'answer-record-again': told({ ...none, code: 'record/record-again', next: 'office' }),
  'answer-too-young': told({ ...kept, code: 'record/too-young', params: { from: '2027-03-14' }, next: 'come-back' }),
  'answer-duplicate': told({ ...none, code: 'record/duplicate', next: 'office' }, { slip: 'printing' }),
  'answer-closed-record': told({ ...none, code: 'record/closed', next: 'office' }),
  'answer-lost': office('class/lost', { office: 'Disdukcapil Kota Palembang' }),
  'answer-data-change': office('class/data-change'),
  'answer-other-city': told({
    ...kept,
    code: 'class/other-city',
    params: { place: 'Kota Bengkulu' },
    next: 'go-elsewhere',
  }),
  'answer-at-counter': told({
    ...kept,
    code: 'record/at-counter',
    params: { place: 'loket Kecamatan Plaju', box: '12' },
    next: 'officer',
  }),
  'answer-already-issued': told(
    { code: 'right/already-issued', params: { since: '2026-11-03' }, right: 'used', pin: 'used', next: 'officer' },
    { mayDispute: true },
  ),
  'answer-at-other-kiosk': told({
    ...kept,
    right: 'held',
    code: 'right/at-other-kiosk',
    params: { place: 'Kecamatan Plaju' },
    next: 'go-elsewhere',
  }),
  'answer-recorded-lost': told({ ...none, code: 'right/lost', next: 'office' }),
  'answer-needs-central': told({ ...kept, code: 'right/needs-central', next: 'retry' }, { retry: true }),
  'answer-restoring': told({ ...kept, code: 'central/restoring', next: 'come-back' }),
  'answer-pin-locked': told({ ...kept, code: 'identify/pin-locked', next: 'officer' }),
  'answer-pin-locked-alone': told({ ...kept, code: 'identify/pin-locked', next: 'come-back' }, { slip: 'owed' }),
  'answer-data-wrong': told({ ...kept, code: 'record/data-disputed', next: 'office' }),
  'answer-not-me': told({ ...kept, code: 'identify/not-me', next: 'retry' }, { retry: true }),
});
