import { countIn, moveBlanko } from '#controller/blanko/stock.ts';
import type { Journal } from '#controller/journal/journal.ts';
import type { Clock } from '#kit/clock.ts';
import type { Db, Store } from '#kit/store.ts';
import { hasOpenCase } from './cases.ts';
import { deskFacts } from './desk-facts.ts';
import { isTraining } from './training-stock.ts';

/** What the feeder's sensor says against the books. */
export type FeederEdge = 'empty' | 'not-empty';

/** Watches the feeder's sensor against the books: a feeder counts nothing, but it knows empty from not empty. */
export interface FeederWatch {
  /** What the sensor says now; `unknown` is no evidence of anything. Books a contradiction that has lasted. */
  look(feederHasCards: boolean | 'unknown'): void;
}

/** People fill the feeder before they type it, and empty it so too: only a contradiction that lasts is one. */
const lastsMs = 10 * 60_000;

export function openFeederWatch(journal: Journal, store: Store, clock: Clock, changed: () => void): FeederWatch {
  let since: { edge: FeederEdge; ms: number } | null = null;
  return {
    look(feederHasCards) {
      const edge = feederHasCards === 'unknown' ? null : store.read((db) => contradiction(db, feederHasCards));
      if (edge === null) since = null;
      else if (since?.edge !== edge) since = { edge, ms: clock.monotonicMs() };
      else if (clock.monotonicMs() - since.ms >= lastsMs && reconcileFeeder(journal, edge)) changed();
    },
  };
}

function contradiction(db: Db, feederHasCards: boolean): FeederEdge | null {
  if (isTraining(db)) return null;
  const booked = countIn(db, 'hopper');
  if (!feederHasCards && booked > 0) return 'empty';
  return feederHasCards && booked === 0 && !hasOpenCase(db, 'unbooked-cards') ? 'not-empty' : null;
}

const edgeEvidence = 'feeder empty edge';

/** Blanks that an empty feeder took out of the books and nothing has explained since: who emptied it may still type it. */
export function takenByEdge(db: Db): number {
  let left = 0;
  for (const { entry } of deskFacts(db)) {
    if (entry.type !== 'blanko.moved') continue;
    const { from, to, count, evidence } = entry.data;
    if (to === 'unexplained' && evidence === edgeEvidence) left += count;
    if (from === 'unexplained') left = Math.max(0, left - count);
  }
  return left;
}

/**
 * Books what a sensor edge proves, in one write; true where it contradicted the books. An empty feeder with cards in the
 * books: they are unexplained. Cards in a feeder whose books are empty: how many, only a count can tell, so a case is
 * opened and no number is invented.
 */
export function reconcileFeeder(journal: Journal, edge: FeederEdge): boolean {
  return journal.record('feeder.reconciled', (append, db) => {
    const count = countIn(db, 'hopper');
    if (contradiction(db, edge === 'not-empty') !== edge) return false;
    if (edge === 'empty') moveBlanko(append, db, { from: 'hopper', to: 'unexplained', count, evidence: edgeEvidence });
    else
      append({
        type: 'operator.acted',
        data: { action: 'feeder-unbooked', reason: 'the feeder shows cards, the books hold none' },
      });
    return true;
  });
}
