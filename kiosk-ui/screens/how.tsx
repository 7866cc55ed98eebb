import { KeysDrawing, QrDrawing } from '../drawings/drawings.tsx';
import { BigButton, once } from '../parts/big-button.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';

/** One choice: hold a QR code to the camera, or type a number. */
export function HowScreen({ screen: { camera }, words: { how, frame }, tap }: ScreenProps<'how'>) {
  return (
    <Layout title={how.title} actions={<BigButton onPress={() => tap({ tap: 'leave' })}>{frame.leave}</BigButton>}>
      {!camera && <p class="problem">{how.noCamera}</p>}
      <div class="choices">
        {camera && (
          <button type="button" class="choice" onClick={once(() => tap({ tap: 'choose', how: 'qr' }))}>
            <QrDrawing />
            <b>{how.qr}</b>
            <span>{how.qrHelp}</span>
          </button>
        )}
        <button type="button" class="choice" onClick={once(() => tap({ tap: 'choose', how: 'number' }))}>
          <KeysDrawing />
          <b>{how.number}</b>
          <span>{how.numberHelp}</span>
        </button>
      </div>
      <p class="note">{how.neither}</p>
    </Layout>
  );
}

export const howPreviews = (): Previews<'how'> => ({
  how: { screen: { at: 'how', camera: true } },
  'how-no-camera': { screen: { at: 'how', camera: false } },
  'how-still-here': { warning: true, secondsLeft: 20, screen: { at: 'how', camera: true } },
});
