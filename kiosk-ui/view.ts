import type { Language, ScreenState } from '#contract/screen/screen-state.ts';

/** What the page draws. Language and site outlive a lost connection; everything about a person goes with it. */
export interface View {
  state: ScreenState | null;
  lang: Language;
  site: string | null;
}

export const firstView: View = { state: null, lang: 'id', site: null };

export function nextView(view: View, state: ScreenState | null): View {
  if (state === null) return { ...view, state };
  const site = state.screen.at === 'welcome' ? state.screen.service.siteName : view.site;
  return { state, lang: state.lang, site };
}
