import { momentInWords } from '#contract/problems/citizen.fill.ts';
import { NextDrawing, OfficerDrawing } from '../drawings/drawings.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';
import { tied } from '../parts/tied.ts';

/** An officer was called and comes, or there is none and the person learns when. */
export function OfficerScreen({ screen: { step, nextAt }, state, lang, words, tap }: ScreenProps<'officer'>) {
  const { officer, frame } = words;
  const comeBack = nextAt ? officer.comeBack(tied(momentInWords(nextAt, lang))) : officer.comeBackLater;
  return (
    <Layout
      picture={step === 'called' ? <OfficerDrawing /> : <NextDrawing next="come-back" />}
      title={step === 'called' ? officer.called : officer.none}
      actions={<BigButton onPress={() => tap({ tap: 'done' })}>{frame.done}</BigButton>}
    >
      <p class="lead" role="status">
        {step === 'called' ? officer.wait : comeBack}
      </p>
      {state.visitNo && (
        <p class="lead">
          {frame.visit} <b class="number">{state.visitNo}</b>
        </p>
      )}
    </Layout>
  );
}

export const officerPreviews = (): Previews<'officer'> => ({
  'officer-called': { officerCalled: true, screen: { at: 'officer', step: 'called', nextAt: null } },
  'officer-none': { screen: { at: 'officer', step: 'none-on-duty', nextAt: '2026-11-23T08:00' } },
});
