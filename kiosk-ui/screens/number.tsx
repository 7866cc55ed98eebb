import { BigButton } from '../parts/big-button.tsx';
import { lengthMeant, nikLength, pickupLength } from '../parts/digits.ts';
import { DigitDisplay, Keypad, useDigits } from '../parts/keypad.tsx';
import { Layout } from '../parts/layout.tsx';
import { ProblemLine } from '../parts/problem-line.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';

const complete = (digits: string) => digits.length === pickupLength || digits.length === nikLength;

/** One keypad for both numbers, told apart by their length. Whether the number is right only the controller says. */
export function NumberScreen({ screen: { problem, params }, lang, words, tap }: ScreenProps<'number'>) {
  const send = (digits: string) => tap({ tap: 'number', digits });
  const { digits, press, ready } = useDigits(nikLength, complete, send);
  const fresh = digits === '';
  return (
    <Layout
      shape="typing"
      title={words.number.title}
      actions={
        <>
          <Keypad words={words.keypad} ready={ready} press={press} />
          <BigButton kind="quiet" onPress={() => tap({ tap: 'back' })}>
            {words.frame.back}
          </BigButton>
        </>
      }
    >
      {problem && fresh ? (
        <ProblemLine code={problem} params={params} lang={lang} words={words} />
      ) : (
        <p class="lead">{words.number.help}</p>
      )}
      <DigitDisplay digits={digits} length={lengthMeant(digits)} words={words.keypad} />
    </Layout>
  );
}

export const numberPreviews = (): Previews<'number'> => ({
  number: { screen: { at: 'number', problem: null, params: {} } },
  'number-check-digit': { screen: { at: 'number', problem: 'identify/code-check-digit', params: {} } },
  'number-unknown': { screen: { at: 'number', problem: 'identify/unknown-code', params: {} } },
  'number-too-many': {
    screen: { at: 'number', problem: 'identify/too-many-tries', params: { until: '2026-11-23T10:40' } },
  },
});
