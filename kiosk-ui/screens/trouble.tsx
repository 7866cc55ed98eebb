import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Effect } from '#contract/screen/screen-state.ts';
import { NextDrawing } from '../drawings/drawings.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';
import { headingOf, ThreeLines } from '../parts/three-lines.tsx';

/** Something broke. Three lines: what happened, what became of your card and PIN, what now. */
export function TroubleScreen({ screen: { effect, slip, retry }, state, lang, words, tap }: ScreenProps<'trouble'>) {
  const callsOfficer = effect.next === 'officer' && !state.officerCalled;
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
          {callsOfficer && (
            <BigButton kind={retry ? 'plain' : 'main'} onPress={() => tap({ tap: 'call-officer' })}>
              {words.frame.callOfficer}
            </BigButton>
          )}
          <BigButton onPress={() => tap({ tap: 'done' })}>{words.frame.done}</BigButton>
        </>
      }
    >
      <ThreeLines effect={effect} slip={slip} visitNo={state.visitNo} lang={lang} words={words} />
    </Layout>
  );
}

const broke = (code: ProblemCode, effect: Partial<Effect> = {}, retry = false): Previews<'trouble'>[string] => ({
  screen: {
    at: 'trouble',
    effect: { code, params: {}, right: 'kept', pin: 'kept', next: 'officer', ...effect },
    slip: 'printed',
    retry,
  },
});
const paperOut = (preview: Previews<'trouble'>[string]): Previews<'trouble'>[string] => ({
  ...preview,
  screen: { ...preview.screen, slip: 'owed' },
});

export const troublePreviews = (): Previews<'trouble'> => ({
  'trouble-printer-away': broke('card-printer/unreachable'),
  'trouble-jam': broke('card-printer/jam'),
  'trouble-ribbon': broke('card-printer/ribbon-ended', { next: 'come-back', params: { until: '2026-11-23T08:00' } }),
  'trouble-spoiled': broke('card-printer/card-spoiled'),
  'trouble-in-doubt': broke('card-printer/outcome-unknown', { right: 'held' }),
  'trouble-in-doubt-alone': paperOut(broke('card-printer/outcome-unknown', { right: 'held', next: 'come-back' })),
  'trouble-cooling': broke('card-printer/cooling', { next: 'wait', params: { until: '2026-11-23T10:40' } }),
  'trouble-no-cards': broke('kiosk/no-blanko', { next: 'come-back' }),
  'trouble-network': broke('central/unreachable', { next: 'retry' }, true),
  'trouble-power': broke('panel/mains-lost', { next: 'wait' }),
  'trouble-not-taken': broke('handover/not-taken', { right: 'held' }),
});
