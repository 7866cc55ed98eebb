import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import type { Kiosk } from '#controller/kiosk/kiosk.ts';
import { Remembered } from '#kit/async.ts';

const empty: ScreenState = {
  rev: 0,
  lang: 'id',
  pace: 1,
  visitNo: null,
  secondsLeft: null,
  warning: false,
  officerCalled: false,
  screen: { at: 'preparing', code: null },
};

/** A page that can be opened before the kiosk can: it says so, and goes on by itself. */
export function preparingScreen(): {
  screen: Remembered<ScreenState>;
  tap: (tap: Tap) => void;
  follow: (kiosk: Kiosk) => void;
} {
  const screen = new Remembered<ScreenState>(empty);
  let kiosk: Kiosk | null = null;
  return {
    screen,
    tap: (tap) => kiosk?.tap(tap),
    follow(opened) {
      kiosk = opened;
      const copy = async () => {
        for await (const state of opened.screen.changes(new AbortController().signal)) screen.set(state);
      };
      void copy();
    },
  };
}
