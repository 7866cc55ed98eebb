import type { PrintPhase } from '#contract/screen/screen-state.ts';
import { PrintingDrawing } from '../drawings/drawings.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';
import type { Words } from '../words/words.ts';

const order: readonly PrintPhase[] = ['preparing', 'feeding', 'printing', 'presenting'];

/** Honest progress: the drawing and the steps move with what the printer really does. */
export function PrintingScreen({ screen: { phase, fraction, minutesLeft }, words }: ScreenProps<'printing'>) {
  const { printing } = words;
  const now = order.indexOf(phase);
  return (
    <Layout
      picture={<PrintingDrawing phase={phase} fraction={fraction} />}
      title={titleOf(printing, fraction, minutesLeft)}
    >
      <p class="lead">{printing.help}</p>
      <progress max={1} value={fraction} aria-label={printing.progress} />
      <ol class="phases" aria-live="polite">
        {order.map((name, at) => (
          <li
            key={name}
            class={at < now ? 'past' : at === now ? 'now' : 'ahead'}
            aria-current={at === now ? 'step' : undefined}
          >
            <span class="mark">{at < now ? '✓' : at + 1}</span> {printing.phases[name]}
          </li>
        ))}
      </ol>
    </Layout>
  );
}

/** No minutes are promised before the printer's pace is known, and none are counted at the very end. */
function titleOf(words: Words['printing'], fraction: number, minutesLeft: number): string {
  if (minutesLeft >= 1) return words.title(minutesLeft);
  return fraction < 0.5 ? words.begun : words.nearlyDone;
}

const printing = (phase: PrintPhase, fraction: number, minutesLeft: number) => ({
  screen: { at: 'printing' as const, phase, fraction, minutesLeft },
});

export const printingPreviews = (): Previews<'printing'> => ({
  'printing-begun': printing('preparing', 0, 0),
  'printing-feeding': printing('feeding', 0.1, 3),
  'printing-half': printing('printing', 0.55, 2),
  'printing-nearly': printing('printing', 0.9, 1),
  'printing-out': printing('presenting', 1, 0),
});
