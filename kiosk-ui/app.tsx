import { useEffect, useRef } from 'preact/hooks';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import { Footer } from './parts/footer.tsx';
import { Header } from './parts/header.tsx';
import { StillHere } from './parts/still-here.tsx';
import { CurrentScreen } from './screens/current-screen.tsx';
import { PreparingScreen } from './screens/preparing.tsx';
import type { View } from './view.ts';
import { wordsIn } from './words/words.ts';

/** The whole page: a function of what the controller said last. */
export function App({ view, tap }: { view: View; tap: (tap: Tap) => void }) {
  const { state, lang, site } = view;
  const words = wordsIn[lang];
  const asks = state !== null && asksStillHere(state);
  const main = useFocusOnNews(`${state?.screen.at} ${asks}`);
  return (
    <>
      <div class="page" inert={asks}>
        <Header words={words} lang={lang} site={site} visitNo={state?.visitNo ?? null} tap={state ? tap : null} />
        <main ref={main}>
          {state ? (
            <CurrentScreen key={state.screen.at} state={state} words={words} tap={tap} />
          ) : (
            <PreparingScreen screen={{ at: 'preparing', code: null }} lang={lang} words={words} />
          )}
        </main>
        <Footer words={words} officerCalled={state?.officerCalled ?? false} tap={state ? tap : null} />
      </div>
      {asks && <StillHere words={words.idle} secondsLeft={state.secondsLeft} tap={tap} />}
    </>
  );
}

/** These screens count down by themselves, where no answer is expected from the person. */
const countsItself: readonly string[] = ['take-card', 'offer-again', 'receipt', 'goodbye', 'printing', 'asking'];

const asksStillHere = ({ warning, screen }: ScreenState) => warning && !countsItself.includes(screen.at);

/** A new screen takes the focus with its heading, so that keys and screen readers start there and Enter presses nothing. */
function useFocusOnNews(news: string) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.querySelector<HTMLElement>('h1')?.focus(), [news]);
  return main;
}
