import type { Account } from '#contract/uplink/accounts.ts';
import {
  type BoxKind,
  boxContent,
  countEvidence,
  countIn,
  emptyBoxBooks,
  moveBlanko,
} from '#controller/blanko/stock.ts';
import type { Append } from '#controller/journal/journal.ts';
import type { Db } from '#kit/store.ts';
import { type BoxedBody, bodiesInBox, deskFacts } from './desk-facts.ts';
import { actOfTwo, countOf, type Two } from './people.ts';
import type { CountResult } from './stock-room.ts';

/** What lay in the reject box, by what a person sees: whole cards, half-printed ones, blanks. */
export type BoxCount = Record<BoxKind, number>;

/** Books what two people found in the box, in the caller's write. A shortage opens a case on each right of that batch. */
export function bookBoxCount(append: Append, db: Db, counts: BoxCount, by: Two): Record<BoxKind, CountResult> {
  const bodies = bodiesInBox(deskFacts(db));
  const content = boxContent(db);
  const certain = bodies.filter(({ kind, doubtful }) => kind === 'partial' && !doubtful).length;
  const unknown = content.partial - certain;
  const booked = asSeen(content, counts, { unknown, whole: bodies.filter((body) => isPrinted(db, body)).length });
  const missed = new Set<string>();
  const compare = (kind: BoxKind): CountResult => {
    const counted = countOf(counts[kind]);
    const difference = counted - booked[kind];
    if (difference > 0) bookSurplus(append, db, kind, difference, by);
    if (difference < 0) {
      bookShortage(append, db, kind, -difference, by);
      const reason = `${kind}: ${counted} found, ${booked[kind]} booked`;
      for (const body of bodies.filter((one) => mayBeMissing(one, kind, unknown > 0) && !missed.has(one.subject))) {
        missed.add(body.subject);
        append({
          type: 'operator.acted',
          subject: body.subject,
          ...(body.visitNo && { visitNo: body.visitNo }),
          data: actOfTwo('box-shortage', by, { reason }),
        });
      }
    }
    return { counted, booked: booked[kind], difference };
  };
  const results = { complete: compare('complete'), partial: compare('partial'), blank: compare('blank') };
  const reason = `complete ${counts.complete}, partial ${counts.partial}, blank ${counts.blank}`;
  append({ type: 'operator.acted', data: actOfTwo('emptied-box', by, { reason }) });
  emptyBoxBooks(db);
  return results;
}

/** The whole card that was found may be one that nobody could place, and the one that is missing its owner's, whatever the kind. */
function mayBeMissing(body: BoxedBody, kind: BoxKind, isAnyUnknown: boolean): boolean {
  return body.kind === kind || (isAnyUnknown && kind !== 'blank');
}

/** In doubt, and printed to its end: no blank is its body, however well the sum fits. Something else was put in its place. */
function isPrinted(db: Db, { subject, doubtful }: BoxedBody): boolean {
  const printed = "SELECT 1 FROM attempt WHERE subject = ? AND phase IN ('printed', 'presenting')";
  return doubtful && db.prepare(printed).get(subject) !== undefined;
}

/**
 * Nobody knows how far a card was printed that is in doubt or that no attempt explains: it is booked as half-printed, and may be
 * found whole or bare; `whole` of them never bare.
 */
function asSeen(booked: BoxCount, counts: BoxCount, { unknown, whole }: { unknown: number; whole: number }): BoxCount {
  const fewer = Math.min(Math.max(0, unknown), Math.max(0, booked.partial - counts.partial));
  const asWhole = Math.min(fewer, Math.max(0, counts.complete - booked.complete));
  const mayBeBare = Math.min(fewer - asWhole, Math.max(0, unknown - whole));
  const asBare = Math.min(mayBeBare, Math.max(0, counts.blank - booked.blank));
  return {
    complete: booked.complete + asWhole,
    partial: booked.partial - asWhole - asBare,
    blank: booked.blank + asBare,
  };
}

function bookSurplus(append: Append, db: Db, kind: BoxKind, count: number, by: Two): void {
  moveBlanko(append, db, {
    from: 'unexplained',
    to: boxedAs(kind),
    count,
    evidence: `${countEvidence} more than booked`,
    by,
    kind,
  });
}

/** A half-printed card that is missing may be a spoiled one or one in doubt: nobody can tell them apart any more. */
function bookShortage(append: Append, db: Db, kind: BoxKind, missing: number, by: Two): void {
  const [first, second]: [Account, Account | null] =
    kind === 'partial' ? ['spoiled', 'in-doubt'] : [boxedAs(kind), null];
  const beyond = Math.max(0, missing - Math.max(0, countIn(db, first)));
  const fromSecond = second ? Math.min(beyond, Math.max(0, countIn(db, second))) : 0;
  const evidence = `${countEvidence} fewer than booked`;
  const gone = (from: Account, count: number) =>
    count > 0 && moveBlanko(append, db, { from, to: 'unexplained', count, evidence, by, kind });
  gone(first, missing - fromSecond);
  if (second) gone(second, fromSecond);
}

const boxedAs = (kind: BoxKind): Account => (kind === 'complete' ? 'retained' : 'spoiled');
