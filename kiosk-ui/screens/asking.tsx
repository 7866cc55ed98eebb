import { AskingDrawing } from '../drawings/drawings.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';

/** The office is asked; after a while the screen says that it takes longer. */
export function AskingScreen({ screen: { what, slow }, words: { asking } }: ScreenProps<'asking'>) {
  return (
    <Layout picture={<AskingDrawing />} title={asking[what]}>
      <p class="lead" role="status">
        {slow && asking.slow}
      </p>
    </Layout>
  );
}

export const askingPreviews = (): Previews<'asking'> => ({
  'asking-status': { screen: { at: 'asking', what: 'status', slow: false } },
  'asking-identify': { screen: { at: 'asking', what: 'identify', slow: false } },
  'asking-right': { screen: { at: 'asking', what: 'right', slow: false } },
  'asking-slow': { screen: { at: 'asking', what: 'identify', slow: true } },
});
