import type { Language, Screen, ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import type { Words } from '../words/words.ts';

export type At = Screen['at'];

/** What every screen gets: what the controller says, the words, and one way to answer. */
export interface ScreenProps<A extends At> {
  screen: Extract<Screen, { at: A }>;
  state: ScreenState;
  lang: Language;
  words: Words;
  tap: (tap: Tap) => void;
}

/** One state a person can meet, for looking at: the screen, and what differs from a calm visit. */
export type Preview<A extends At = At> = Partial<Omit<ScreenState, 'screen'>> & { screen: Extract<Screen, { at: A }> };

/** By a name that becomes the file name of the picture. Each file exports a function of these, so that the built page leaves them out. */
export type Previews<A extends At> = Record<string, Preview<A>>;
