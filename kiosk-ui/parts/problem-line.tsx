import { shown } from '#contract/problems/citizen.fill.ts';
import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Language, Params } from '#contract/screen/screen-state.ts';
import type { Words } from '../words/words.ts';
import { tied } from './tied.ts';

interface Given {
  code: ProblemCode;
  params?: Params;
  lang: Language;
  words: Words;
}

/** What was not right with what the person just typed or showed; said beside it, and tried again. */
export function ProblemLine({ code, params = {}, lang, words }: Given) {
  const { show, more } = words.problems.citizenWords[code];
  return (
    <p class="problem" role="alert">
      {tied(shown(show, params, lang))}
      {more && ` ${tied(shown(more, params, lang))}`}
    </p>
  );
}
