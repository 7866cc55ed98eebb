import { shown } from '#contract/problems/citizen.fill.ts';
import type { ProblemCode } from '#contract/problems/codes.ts';
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

/** Over in a minute, most times. Whatever else stands here waits for somebody who has to come first. */
const soonOver: readonly (ProblemCode | null)[] = [null, 'kiosk/starting', 'kiosk/store-failed', 'panel/mains-lost'];

/** The controller is starting, recovering, or out of reach: wait, or come back where that will take long. */
export function PreparingScreen({ screen: { code }, lang, words }: Given) {
  const known = code && code !== 'kiosk/starting' ? words.problems.citizenWords[code] : null;
  return (
    <Layout picture={<PreparingDrawing />} title={known ? shown(known.show, {}, lang) : words.preparing.title}>
      <p class="lead" role="status">
        {soonOver.includes(code) ? words.preparing.help : words.preparing.helpLater}
      </p>
    </Layout>
  );
}

export const preparingPreviews = (): Previews<'preparing'> => ({
  'preparing-start': { screen: { at: 'preparing', code: null } },
  'preparing-damaged': { screen: { at: 'preparing', code: 'kiosk/journal-damaged' } },
  'preparing-power': { screen: { at: 'preparing', code: 'panel/mains-lost' } },
});
