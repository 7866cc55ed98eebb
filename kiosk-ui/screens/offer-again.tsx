import { KeptDrawing } from '../drawings/drawings.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Layout } from '../parts/layout.tsx';
import { usePin } from '../parts/pin-entry.tsx';
import { ProblemLine } from '../parts/problem-line.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';

/** The card was pulled inside. Whoever says that they are still here proves it, and gets it once more. */
export function OfferAgainScreen(props: ScreenProps<'offer-again'>) {
  if (props.screen.step === 'storing') return <Stored {...props} />;
  return props.screen.step === 'pin' ? <PinOnceMore {...props} /> : <StillHere {...props} />;
}

function StillHere({ state, words: { offerAgain }, tap }: ScreenProps<'offer-again'>) {
  return (
    <Layout
      picture={<KeptDrawing />}
      title={offerAgain.title}
      actions={
        <BigButton kind="main" onPress={() => tap({ tap: 'still-here' })}>
          {offerAgain.here}
        </BigButton>
      }
    >
      <p class="lead">{offerAgain.help}</p>
      <p class="lead" role="status">
        {state.secondsLeft !== null && offerAgain.left(state.secondsLeft)}
      </p>
    </Layout>
  );
}

function Stored({ words: { offerAgain } }: ScreenProps<'offer-again'>) {
  return (
    <Layout picture={<KeptDrawing />} title={offerAgain.title}>
      <p class="lead">{offerAgain.stored}</p>
    </Layout>
  );
}

function PinOnceMore({ screen, state, lang, words, tap }: ScreenProps<'offer-again'>) {
  const { display, keypad } = usePin(words.keypad, (digits) => tap({ tap: 'pin', digits }));
  return (
    <Layout shape="typing" title={words.offerAgain.pin} actions={keypad}>
      {screen.problem && <ProblemLine code={screen.problem} lang={lang} words={words} />}
      {display}
      <p class="note" role="status">
        {state.secondsLeft !== null && words.offerAgain.left(state.secondsLeft)}
      </p>
    </Layout>
  );
}

export const offerAgainPreviews = (): Previews<'offer-again'> => ({
  'offer-again': { secondsLeft: 114, screen: { at: 'offer-again', step: 'still-here', problem: null } },
  'offer-again-pin': { secondsLeft: 98, screen: { at: 'offer-again', step: 'pin', problem: null } },
  'offer-again-stored': { screen: { at: 'offer-again', step: 'storing', problem: null } },
  'offer-again-wrong-pin': {
    secondsLeft: 60,
    screen: { at: 'offer-again', step: 'pin', problem: 'identify/not-matched' },
  },
});
