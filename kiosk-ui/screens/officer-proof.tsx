import { momentInWords } from '#contract/problems/citizen.fill.ts';
import type { ProblemCode } from '#contract/problems/codes.ts';
import { OfficerDrawing } from '../drawings/drawings.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';
import { tied } from '../parts/tied.ts';
import type { Words } from '../words/words.ts';

/** A person will know the person: what to have ready, and the glass once more for whoever wants to. */
export function OfficerProofScreen({ screen, state, lang, words, tap }: ScreenProps<'officer-proof'>) {
  const { officerProof, officer, frame } = words;
  const { why, back, step, nextAt } = screen;
  const comeBack = nextAt ? officer.comeBack(tied(momentInWords(nextAt, lang))) : officer.comeBackLater;
  return (
    <Layout
      picture={<OfficerDrawing />}
      title={`${reasonFor(why, officerProof)} ${step === 'called' ? officerProof.helps : officer.none}`.trim()}
      actions={
        <>
          {back && <BigButton onPress={() => tap({ tap: 'back' })}>{officerProof.back}</BigButton>}
          <BigButton kind={back ? 'quiet' : 'plain'} onPress={() => tap({ tap: 'leave' })}>
            {frame.leave}
          </BigButton>
        </>
      }
    >
      <p class="lead" role="status">
        {step === 'called' ? officerProof.called : comeBack}
      </p>
      <p class="lead">{officerProof.bring}</p>
      {state.visitNo && (
        <p class="lead">
          {frame.visit} <b class="number">{state.visitNo}</b>
        </p>
      )}
    </Layout>
  );
}

/** Nothing where the person asked for the officer: that needs no reason. */
function reasonFor(why: ProblemCode | null, words: Words['officerProof']): string {
  if (why === null) return '';
  if (why === 'fingerprint/none-enrolled') return words.none;
  return why.startsWith('fingerprint-scanner/') ? words.scanner : words.hard;
}

const proof = (why: ProblemCode | null, back = false): Previews<'officer-proof'>[string] => ({
  officerCalled: true,
  screen: { at: 'officer-proof', why, back, step: 'called', nextAt: null },
});

export const officerProofPreviews = (): Previews<'officer-proof'> => ({
  'officer-proof': proof('fingerprint/not-recognised'),
  'officer-proof-asked': proof(null, true),
  'officer-proof-none-enrolled': proof('fingerprint/none-enrolled'),
  'officer-proof-scanner': proof('fingerprint-scanner/unreachable', true),
  'officer-proof-alone': {
    officerCalled: true,
    screen: {
      ...proof('fingerprint/not-recognised').screen,
      ...{ step: 'none-on-duty', nextAt: '2026-11-23T08:00' },
    },
  },
});
