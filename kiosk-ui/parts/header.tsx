import type { Language } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import type { Words } from '../words/words.ts';
import { once } from './big-button.tsx';

const languages: readonly (readonly [Language, string])[] = [
  ['id', 'Indonesia'],
  ['en', 'English'],
];

interface Given {
  words: Words;
  lang: Language;
  site: string | null;
  visitNo: string | null;
  /** Null while nobody listens. */
  tap: ((tap: Tap) => void) | null;
}

/** Where we are, the number of this visit, and the language. */
export function Header({ words, lang, site, visitNo, tap }: Given) {
  return (
    <header>
      <p class="site">{site ? words.frame.place(site) : 'KTP'}</p>
      {visitNo && (
        <p class="visit">
          <span>{words.frame.visit}</span> <b>{visitNo}</b>
        </p>
      )}
      {tap && (
        <fieldset class="languages" aria-label={words.frame.language}>
          {languages.map(([code, name]) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={code === lang}
              onClick={once(() => tap({ tap: 'language', lang: code }))}
            >
              {name}
            </button>
          ))}
        </fieldset>
      )}
    </header>
  );
}
