import { type BoxKind, countIn, emptyBoxBooks, moveBlanko } from '#controller/blanko/stock.ts';
import type { Append } from '#controller/journal/journal.ts';
import type { Db } from '#kit/store.ts';
import { actOfTwo, countOf, type Two } from './people.ts';

export interface OpeningCount {
  hopper: number;
  complete: number;
  partial: number;
  blank: number;
}

/** How the evidence of an opening count begins: what it books from `unexplained` is a beginning, and no difference. */
export const openingEvidence = 'opening count of epoch';

/**
 * A later epoch begins with empty books over a machine that holds cards. Until two people have counted them nobody is
 * served. The first epoch begins with an empty machine and its first load.
 */
export function needsOpeningCount(db: Db, epoch: number): boolean {
  if (epoch <= 1) return false;
  const counted = db
    .prepare("SELECT 1 FROM desk_fact WHERE json_extract(text, '$.data.action') = 'opening-count' LIMIT 1")
    .get();
  return counted === undefined;
}

/** Books what two people found, in the caller's write. What lay in the box was taken out to be counted. */
export function bookOpening(append: Append, db: Db, epoch: number, counts: OpeningCount, by: Two): void {
  const evidence = `${openingEvidence} ${epoch}`;
  const { hopper, ...box } = counts;
  const found = (to: 'hopper' | 'retained' | 'spoiled', count: number, kind?: BoxKind) => {
    if (countOf(count) === 0) return;
    moveBlanko(append, db, { from: 'unexplained', to, count, evidence, by, ...(kind && { kind }) });
  };
  const cleared = countIn(db, 'spoiled'); // what this epoch's own start moved to the box is among what they counted
  if (cleared > 0)
    moveBlanko(append, db, { from: 'spoiled', to: 'unexplained', count: cleared, evidence: `in the ${evidence}`, by });
  found('hopper', hopper);
  found('retained', box.complete, 'complete');
  found('spoiled', box.partial, 'partial');
  found('spoiled', box.blank, 'blank');
  const reason = `hopper ${hopper}, complete ${box.complete}, partial ${box.partial}, blank ${box.blank}`;
  append({ type: 'operator.acted', data: actOfTwo('opening-count', by, { reason }) });
  emptyBoxBooks(db);
}
