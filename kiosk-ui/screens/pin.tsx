import { BigButton } from '../parts/big-button.tsx';
import { Layout } from '../parts/layout.tsx';
import { usePin } from '../parts/pin-entry.tsx';
import { ProblemLine } from '../parts/problem-line.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';

/** Five digits, never six: a bank PIN does not fit. */
export function PinScreen({ screen: { problem, params }, lang, words, tap }: ScreenProps<'pin'>) {
  const { display, keypad } = usePin(words.keypad, (digits) => tap({ tap: 'pin', digits }));
  return (
    <Layout
      shape="typing"
      title={words.pin.title}
      actions={
        <>
          {keypad}
          <BigButton kind="quiet" onPress={() => tap({ tap: 'back' })}>
            {words.frame.back}
          </BigButton>
        </>
      }
    >
      {problem && <ProblemLine code={problem} params={params} lang={lang} words={words} />}
      <p class="lead">{words.pin.help}</p>
      {display}
      <p class="note">{words.pin.neither}</p>
    </Layout>
  );
}

export const pinPreviews = (): Previews<'pin'> => ({
  pin: { screen: { at: 'pin', problem: null, params: {} } },
  'pin-wrong': { screen: { at: 'pin', problem: 'identify/not-matched', params: { left: 2 } } },
  'pin-still-here': { warning: true, secondsLeft: 17, screen: { at: 'pin', problem: null, params: {} } },
});
