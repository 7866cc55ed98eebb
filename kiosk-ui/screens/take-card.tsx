import { TakeDrawing } from '../drawings/drawings.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';

/** The card is at the slot. Nothing to press: the sensor sees that it was taken. */
export function TakeCardScreen({ screen: { offer }, state, words: { takeCard } }: ScreenProps<'take-card'>) {
  const { warning, secondsLeft } = state;
  return (
    <Layout picture={<TakeDrawing />} title={offer === 1 ? takeCard.title : takeCard.again}>
      <p class={warning ? 'problem large' : 'lead'} role="status">
        {warning && secondsLeft !== null && takeCard.late(secondsLeft)}
      </p>
    </Layout>
  );
}

export const takeCardPreviews: Previews<'take-card'> = {
  'take-card': { secondsLeft: 60, screen: { at: 'take-card', offer: 1 } },
  'take-card-late': { secondsLeft: 20, warning: true, screen: { at: 'take-card', offer: 1 } },
  'take-card-again': { secondsLeft: 60, screen: { at: 'take-card', offer: 2 } },
};
