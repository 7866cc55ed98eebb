import { useEffect, useRef } from 'preact/hooks';
import type { Tap } from '#contract/screen/taps.ts';
import type { Words } from '../words/words.ts';
import { BigButton } from './big-button.tsx';

interface Given {
  words: Words['idle'];
  secondsLeft: number | null;
  tap: (tap: Tap) => void;
}

/** Asks over the screen before it closes. A touch anywhere or any key answers; what was typed stays below. */
export function StillHere({ words, secondsLeft, tap }: Given) {
  const dialog = useRef<HTMLDivElement>(null);
  useEffect(() => dialog.current?.focus(), []);
  const here = () => tap({ tap: 'still-here' });
  const moreTime = (event: MouseEvent) => {
    event.stopPropagation(); // it says "still here" too
    tap({ tap: 'more-time' });
  };
  useEffect(() => {
    const anyKey = (event: KeyboardEvent) => {
      event.stopImmediatePropagation(); // a digit that answers the question is not typed into the number below
      const onButton = event.target instanceof Element && event.target.closest('.big');
      if (!onButton && event.key !== 'Tab' && !event.repeat) here();
    };
    window.addEventListener('keydown', anyKey, { capture: true });
    return () => window.removeEventListener('keydown', anyKey, { capture: true });
  });
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: any key is heard above
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside say the same
    <div class="veil" onClick={here}>
      <div class="question" role="alertdialog" aria-modal="true" aria-label={words.title} tabIndex={-1} ref={dialog}>
        <h2>{words.title}</h2>
        {secondsLeft !== null && <p>{words.closesIn(secondsLeft)}</p>}
        <BigButton kind="main" onPress={() => undefined}>
          {words.here}
        </BigButton>
        <button type="button" class="big plain" onClick={moreTime}>
          {words.moreTime}
        </button>
      </div>
    </div>
  );
}
