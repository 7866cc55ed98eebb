import { effectLines } from '#contract/problems/citizen.fill.ts';
import type { Effect, Language } from '#contract/screen/screen-state.ts';
import { ArrowIcon, PaperIcon, ShieldIcon } from '../drawings/icons.tsx';
import type { Words } from '../words/words.ts';
import { tied } from './tied.ts';

interface Given {
  effect: Effect;
  slip: keyof Words['slip'];
  visitNo: string | null;
  lang: Language;
  words: Words;
}

export const headingOf = (effect: Effect, lang: Language, words: Words) =>
  effectLines(words.problems, effect, lang).what;

/** Under the heading that says what happened: what became of your card and PIN, what now, and the paper that says it again. */
export function ThreeLines({ effect, slip, visitNo, lang, words }: Given) {
  const { more, yours, now } = effectLines(words.problems, effect, lang);
  return (
    <>
      {more && <p class="more">{tied(more)}</p>}
      <ul class="lines">
        <li>
          <ShieldIcon />
          {tied(yours)}
        </li>
        <li class="now">
          <ArrowIcon />
          {tied(now)}
        </li>
        {slip !== 'none' && (
          <li role="status">
            <PaperIcon />
            <span>
              {words.slip[slip]} {slip === 'owed' && <b class="number">{visitNo}</b>}
            </span>
          </li>
        )}
      </ul>
    </>
  );
}
