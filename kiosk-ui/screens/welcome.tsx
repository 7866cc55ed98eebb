import { momentInWords, shown } from '#contract/problems/citizen.fill.ts';
import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Language, ServiceLevel } from '#contract/screen/screen-state.ts';
import { RestingDrawing, WelcomeDrawing } from '../drawings/drawings.tsx';
import { once } from '../parts/big-button.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Preview, Previews, ScreenProps } from '../parts/screen-props.ts';
import { tied } from '../parts/tied.ts';
import type { Words } from '../words/words.ts';

/** What this machine can do today, before anybody spends any effort; then one touch anywhere begins. */
export function WelcomeScreen({ screen: { service }, lang, words, tap }: ScreenProps<'welcome'>) {
  if (service.mode === 'closed') return <Closed service={service} lang={lang} words={words} />;
  const { welcome } = words;
  const full = service.mode === 'full';
  const prepared = onlyPrepared(service);
  const title = prepared ? welcome.preparedTitle : full ? welcome.title : welcome.statusTitle;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button inside has the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside is what a screen reader presses
    <div class="anywhere" onClick={once(() => tap({ tap: 'start' }))}>
      <Layout
        picture={<WelcomeDrawing />}
        title={title}
        actions={
          <button type="button" class="big main start">
            {full ? welcome.start : welcome.statusStart}
          </button>
        }
      >
        {full && !prepared && <p class="gratis">{welcome.free}</p>}
        <Board service={service} lang={lang} words={words} />
      </Layout>
    </div>
  );
}

/** Without the office only those are served whose card was prepared here ahead of time; whoever else comes reads it at once. */
const onlyPrepared = ({ mode, reason }: ServiceLevel) => mode === 'full' && reason === 'central/unreachable';

interface Given {
  service: ServiceLevel;
  lang: Language;
  words: Words;
}

/** Cards left today, or why there are none and when there will be. */
function Board({ service, lang, words }: Given) {
  const { mode, reason, cardsLeftToday, nextAt } = service;
  const { welcome, problems } = words;
  if (onlyPrepared(service)) return <Prepared count={cardsLeftToday ?? 0} words={words} />;
  return (
    <div class="board" role="status">
      {mode === 'full' && cardsLeftToday !== null && <p class="left">{tied(welcome.cardsLeft(cardsLeftToday))}</p>}
      {mode === 'status-only' && reason && <p>{shown(problems.citizenWords[reason].show, {}, lang)}</p>}
      {mode === 'status-only' && nextAt && <p>{welcome.printsAgain(tied(momentInWords(nextAt, lang)))}</p>}
      <p class="note">{welcome.camera}</p>
    </div>
  );
}

function Prepared({ count, words: { welcome } }: { count: number; words: Words }) {
  return (
    <div class="board" role="status">
      <p>{welcome.preparedWhy}</p>
      <p class="left">{tied(welcome.preparedLeft(count))}</p>
      <p>{welcome.notPrepared}</p>
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

const closedBy = (reason: ProblemCode): Preview<'welcome'> => ({
  visitNo: null,
  screen: { at: 'welcome', service: { ...open, cardsLeftToday: null, mode: 'closed', reason } },
});

const noCards = (reason: ProblemCode): Preview<'welcome'> => ({
  visitNo: null,
  screen: { at: 'welcome', service: { ...open, cardsLeftToday: 0, mode: 'status-only', reason } },
});

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
  'welcome-only-prepared': {
    visitNo: null,
    screen: { at: 'welcome', service: { ...open, cardsLeftToday: 3, reason: 'central/unreachable' } },
  },
  'welcome-training': closedBy('kiosk/training'),
  'welcome-not-counted': noCards('kiosk/not-counted'),
  'welcome-disk-full': noCards('kiosk/disk-full'),
  'welcome-door-open': {
    visitNo: null,
    screen: { at: 'welcome', service: { ...open, mode: 'closed', reason: 'panel/door-open' } },
  },
});
