import { momentInWords, shown } from '#contract/problems/citizen.fill.ts';
import type { Language, ServiceLevel } from '#contract/screen/screen-state.ts';
import { RestingDrawing, WelcomeDrawing } from '../drawings/drawings.tsx';
import { once } from '../parts/big-button.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';
import { tied } from '../parts/tied.ts';
import type { Words } from '../words/words.ts';

/** What this machine can do today, before anybody spends any effort; then one touch anywhere begins. */
export function WelcomeScreen({ screen: { service }, lang, words, tap }: ScreenProps<'welcome'>) {
  if (service.mode === 'closed') return <Closed service={service} lang={lang} words={words} />;
  const { welcome } = words;
  const full = service.mode === 'full';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button inside has the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside is what a screen reader presses
    <div class="anywhere" onClick={once(() => tap({ tap: 'start' }))}>
      <Layout
        picture={<WelcomeDrawing />}
        title={full ? welcome.title : welcome.statusTitle}
        actions={
          <button type="button" class="big main start">
            {full ? welcome.start : welcome.statusStart}
          </button>
        }
      >
        {full && <p class="gratis">{welcome.free}</p>}
        <Board service={service} lang={lang} words={words} />
      </Layout>
    </div>
  );
}

interface Given {
  service: ServiceLevel;
  lang: Language;
  words: Words;
}

/** Cards left today, or why there are none and when there will be. */
function Board({ service, lang, words: { welcome, problems } }: Given) {
  const { mode, reason, cardsLeftToday, nextAt } = service;
  return (
    <div class="board" role="status">
      {mode === 'full' && cardsLeftToday !== null && <p class="left">{tied(welcome.cardsLeft(cardsLeftToday))}</p>}
      {mode === 'status-only' && reason && <p>{shown(problems.citizenWords[reason].show, {}, lang)}</p>}
      {mode === 'status-only' && nextAt && <p>{welcome.printsAgain(tied(momentInWords(nextAt, lang)))}</p>}
      <p class="note">{welcome.camera}</p>
    </div>
  );
}

function Closed({ service: { reason, nextAt }, lang, words: { welcome, problems } }: Given) {
  const why = reason && reason !== 'kiosk/closed' ? shown(problems.citizenWords[reason].show, {}, lang) : null;
  return (
    <Layout picture={<RestingDrawing />} title={why ?? welcome.closedTitle}>
      <p class="lead" role="status">
        {why && `${welcome.closedTitle} `}
        {nextAt && welcome.opensAgain(tied(momentInWords(nextAt, lang)))}
      </p>
    </Layout>
  );
}

const open: ServiceLevel = {
  mode: 'full',
  reason: null,
  cardsLeftToday: 37,
  nextAt: null,
  officerPresent: true,
  siteName: 'Seberang Ulu I',
};
const later = { officerPresent: false, cardsLeftToday: 0, nextAt: '2026-11-23T08:00' };

export const welcomePreviews = (): Previews<'welcome'> => ({
  welcome: { visitNo: null, screen: { at: 'welcome', service: open } },
  'welcome-no-cards': {
    visitNo: null,
    screen: { at: 'welcome', service: { ...open, ...later, mode: 'status-only', reason: 'kiosk/no-blanko' } },
  },
  'welcome-day-limit': {
    visitNo: null,
    screen: { at: 'welcome', service: { ...open, ...later, mode: 'status-only', reason: 'kiosk/day-limit' } },
  },
  'welcome-closed': {
    visitNo: null,
    screen: { at: 'welcome', service: { ...open, ...later, mode: 'closed', reason: 'kiosk/closed' } },
  },
  'welcome-door-open': {
    visitNo: null,
    screen: { at: 'welcome', service: { ...open, mode: 'closed', reason: 'panel/door-open' } },
  },
});
