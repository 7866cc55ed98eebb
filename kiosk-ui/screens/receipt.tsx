import { ReceiptDrawing } from '../drawings/drawings.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';

/** The card is in the hand; now the paper that proves it. */
export function ReceiptScreen({ words: { receipt } }: ScreenProps<'receipt'>) {
  return (
    <Layout picture={<ReceiptDrawing />} title={receipt.title}>
      <p class="lead">{receipt.help}</p>
    </Layout>
  );
}

export const receiptPreviews = (): Previews<'receipt'> => ({ receipt: { secondsLeft: 30, screen: { at: 'receipt' } } });
