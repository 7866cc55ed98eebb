import { shown } from '#contract/problems/citizen.fill.ts';
import type { Language, Screen } from '#contract/screen/screen-state.ts';
import { PreparingDrawing } from '../drawings/drawings.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews } from '../parts/screen-props.ts';
import type { Words } from '../words/words.ts';

interface Given {
  screen: Extract<Screen, { at: 'preparing' }>;
  lang: Language;
  words: Words;
}

/** The controller is starting, recovering, or out of reach: the same words for all, because the person does the same. */
export function PreparingScreen({ screen: { code }, lang, words }: Given) {
  const known = code && code !== 'kiosk/starting' ? words.problems.citizenWords[code] : null;
  return (
    <Layout picture={<PreparingDrawing />} title={known ? shown(known.show, {}, lang) : words.preparing.title}>
      <p class="lead" role="status">
        {words.preparing.help}
      </p>
    </Layout>
  );
}

export const preparingPreviews = (): Previews<'preparing'> => ({
  'preparing-start': { screen: { at: 'preparing', code: null } },
  'preparing-power': { screen: { at: 'preparing', code: 'panel/mains-lost' } },
});
