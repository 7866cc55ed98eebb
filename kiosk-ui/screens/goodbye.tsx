import type { Effect, Screen } from '#contract/screen/screen-state.ts';
import { DoneDrawing, NextDrawing } from '../drawings/drawings.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';
import type { Words } from '../words/words.ts';

type Goodbye = Extract<Screen, { at: 'goodbye' }>;

/** How it ended, what to keep, and thanks. With a card: look at it now, while somebody can still help. */
export function GoodbyeScreen({ screen, state, words, tap }: ScreenProps<'goodbye'>) {
  const { goodbye, frame } = words;
  const issued = screen.outcome === 'issued';
  return (
    <Layout
      picture={issued ? <DoneDrawing /> : <NextDrawing next={drawn[screen.outcome]} />}
      title={titleOf(screen, goodbye)}
      actions={
        <BigButton kind="main" onPress={() => tap({ tap: 'done' })}>
          {frame.done}
        </BigButton>
      }
    >
      {screen.paper === 'owed' && (
        <p class="problem">
          {goodbye.owed} <b class="number">{state.visitNo}</b>
        </p>
      )}
      {issued ? (
        <>
          {screen.firstCard && <p class="lead">{goodbye.firstCard}</p>}
          <p class="lead">{goodbye.check}</p>
          {screen.firstCard && screen.paper !== 'owed' && <p class="note">{goodbye.advice}</p>}
        </>
      ) : (
        screen.paper === 'printed' && <p class="lead">{goodbye.paper}</p>
      )}
      <p class="note" role="status">
        {goodbye.thanks} {screen.reported && goodbye.reported}
      </p>
    </Layout>
  );
}

function titleOf({ outcome, paper }: Goodbye, words: Words['goodbye']): string {
  if (outcome !== 'issued') return words.others[outcome];
  return paper === 'printed' ? words.issued : words.issuedWithoutPaper;
}

const drawn: Record<Goodbye['outcome'], Effect['next']> = {
  issued: 'wait',
  'not-yet': 'come-back',
  referred: 'office',
  deferred: 'come-back',
  'collect-elsewhere': 'go-elsewhere',
  'data-disputed': 'office',
  abandoned: 'come-back',
  'machine-trouble': 'come-back',
  'network-trouble': 'come-back',
  retained: 'officer',
  'in-doubt': 'officer',
  'with-officer': 'officer',
};

const ended = (outcome: Goodbye['outcome'], more: Partial<Goodbye> = {}) => ({
  screen: { at: 'goodbye' as const, outcome, firstCard: false, paper: 'printed' as const, reported: true, ...more },
});

export const goodbyePreviews = (): Previews<'goodbye'> => ({
  'goodbye-first-card': ended('issued', { firstCard: true }),
  'goodbye-issued': ended('issued', { reported: false }),
  'goodbye-receipt-owed': ended('issued', { firstCard: true, paper: 'owed', reported: false }),
  'goodbye-not-yet': ended('not-yet'),
  'goodbye-referred': ended('referred'),
  'goodbye-data-wrong': ended('data-disputed'),
  'goodbye-left': ended('abandoned', { paper: 'none' }),
  'goodbye-trouble': ended('machine-trouble', { paper: 'owed' }),
  'goodbye-kept': ended('retained'),
});
