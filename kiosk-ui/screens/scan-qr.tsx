import { ScanDrawing } from '../drawings/drawings.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';

/** What the camera sees is told in words: what to do with the paper or the phone, and whose code that was. */
export function ScanQrScreen({ screen: { hint, foreign }, words: { scan, frame }, tap }: ScreenProps<'scan-qr'>) {
  return (
    <Layout
      picture={<ScanDrawing />}
      title={scan.title}
      actions={
        <>
          <BigButton onPress={() => tap({ tap: 'choose', how: 'number' })}>{scan.type}</BigButton>
          <BigButton onPress={() => tap({ tap: 'back' })}>{frame.back}</BigButton>
        </>
      }
    >
      <p class={hint === 'hold' ? 'lead' : 'problem'} role="status">
        {hint === 'foreign' && foreign ? scan.foreign[foreign] : scan.hints[hint]}
      </p>
    </Layout>
  );
}

export const scanQrPreviews = (): Previews<'scan-qr'> => ({
  'scan-qr': { screen: { at: 'scan-qr', hint: 'hold', foreign: null } },
  'scan-qr-brighter': { screen: { at: 'scan-qr', hint: 'brighter', foreign: null } },
  'scan-qr-closer': { screen: { at: 'scan-qr', hint: 'closer', foreign: null } },
  'scan-qr-glare': { screen: { at: 'scan-qr', hint: 'glare', foreign: null } },
  'scan-qr-damaged': { screen: { at: 'scan-qr', hint: 'damaged', foreign: null } },
  'scan-qr-family-card': { screen: { at: 'scan-qr', hint: 'foreign', foreign: 'kk' } },
  'scan-qr-payment': { screen: { at: 'scan-qr', hint: 'foreign', foreign: 'qris' } },
});
