import { TakeDrawing } from '../drawings/drawings.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';

/** From here on the seconds are told; before that nobody needs to be hurried. */
const lastSeconds = 20;

/** The card is at the slot. Nothing to press: the sensor sees that it was taken. */
export function TakeCardScreen({ screen: { offer }, state, words: { takeCard } }: ScreenProps<'take-card'>) {
  const { warning, secondsLeft } = state;
  const late = warning || (secondsLeft !== null && secondsLeft <= lastSeconds);
  return (
    <Layout picture={<TakeDrawing />} title={offer === 1 ? takeCard.title : takeCard.again}>
      <p class={late ? 'problem large' : 'lead'} role="status">
        {late && secondsLeft !== null && takeCard.late(secondsLeft)}
      </p>
    </Layout>
  );
}

export const takeCardPreviews = (): Previews<'take-card'> => ({
  'take-card': { secondsLeft: 60, screen: { at: 'take-card', offer: 1 } },
  'take-card-late': { secondsLeft: 20, screen: { at: 'take-card', offer: 1 } },
  'take-card-again': { secondsLeft: 60, screen: { at: 'take-card', offer: 2 } },
});
