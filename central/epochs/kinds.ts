import type { Db } from '#kit/store.ts';
import { booksOf, type DecidedMove, decidedMoves } from './books.ts';
import type { OfficeCount } from './count.ts';

/**
 * What a card must look like by what its journal told: whole where it was kept for its owner, inked from `print.inking` on and where
 * its right is in doubt, for before ink no right is: then the ribbon told of ink that an older disk had forgotten.
 */
type Known = 'whole' | 'inked' | 'any';

type Body = Pick<DecidedMove, 'kiosk' | 'epoch' | 'subject' | 'from'>;

/**
 * Refuses a body that the count cannot have seen. The sum alone proves nothing: an untold load with another attempt's blank in
 * the box makes it equal while the card of this right is out. Cards that were named before, or that the books know as somebody
 * else's, answer for no second right.
 */
export function refuseUnlessCounted(db: Db, count: OfficeCount, body: Body): void {
  const known = knownOf(db, body);
  if (known === 'any') return;
  const named = decidedMoves(db, body.kiosk)
    .filter(({ lay, epoch, countRow }) => lay && epoch === count.epoch && countRow === count.countRow)
    .map((move) => knownOf(db, move));
  const others = othersInside(db, body);
  const wholeTaken = others.whole + named.filter((one) => one === 'whole').length;
  const inkedTaken = others.inked + named.filter((one) => one !== 'any').length;
  if (known === 'whole' && wholeTaken >= count.complete)
    throw new Error(`the card of this right was kept whole, and ${found(count.complete, 'complete', wholeTaken)}`);
  const inked = count.complete + count.partial;
  if (inkedTaken >= inked)
    throw new Error(`the card of this right was inked, and ${found(inked, 'inked', inkedTaken)}`);
}

const found = (count: number, kind: string, taken: number) =>
  `the count found ${count} ${kind} cards (${taken} of them accounted for): issued or lost`;

function knownOf(db: Db, { kiosk, epoch, subject, from }: Body): Known {
  const rows = db
    .prepare(
      `SELECT type, json_extract(text, '$.data.outcome') AS outcome FROM entry
       WHERE kiosk = ? AND epoch = ? AND subject = ? AND type IN ('print.inking', 'print.outcome') AND quarantined IS NULL`,
    )
    .all(kiosk, epoch, subject) as { type: string; outcome: string | null }[];
  if (from === 'retained' || rows.some(({ outcome }) => outcome === 'retained')) return 'whole';
  return rows.some(({ type, outcome }) => type === 'print.inking' || outcome === 'in-doubt') ? 'inked' : 'any';
}

/**
 * Cards inside that are no open right's body: the spoiled ones, and whole ones that were there when this epoch began.
 * Where a movement does not say of which kind it was, as many inked ones are taken to be left as there can be.
 */
function othersInside(db: Db, { kiosk, epoch }: Body): { whole: number; inked: number } {
  const sum = (where: string) =>
    (
      db
        .prepare(
          `SELECT coalesce(sum(json_extract(text, '$.data.count')), 0) AS n FROM entry
           WHERE kiosk = ? AND epoch = ? AND type = 'blanko.moved' AND quarantined IS NULL AND ${where}`,
        )
        .get(kiosk, epoch) as { n: number }
    ).n;
  const [from, to] = ["json_extract(text, '$.data.from')", "json_extract(text, '$.data.to')"];
  const kind = "coalesce(json_extract(text, '$.data.kind'), '')";
  const whole = sum(`subject IS NULL AND ${to} = 'retained'`) - sum(`subject IS NULL AND ${from} = 'retained'`);
  const spoiled = sum(`${to} = 'spoiled' AND ${kind} <> 'blank'`);
  const gone = sum(`${from} = 'spoiled' AND ${kind} IN ('complete', 'partial')`);
  const inBox = booksOf(db, kiosk, epoch).spoiled ?? 0;
  const left = Math.max(0, Math.min(inBox, spoiled - gone));
  return { whole: Math.max(0, whole), inked: Math.max(0, whole) + left };
}
