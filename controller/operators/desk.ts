import type { Account } from '#contract/uplink/accounts.ts';
import { moveBlanko, takeFromBox } from '#controller/blanko/stock.ts';
import type { Append, Journal } from '#controller/journal/journal.ts';
import type { Db, Store } from '#kit/store.ts';
import { type Case, casesOf, openCases, requireExplicable } from './cases.ts';
import { requireAllowed } from './decisions.ts';
import { deskFacts } from './desk-facts.ts';
import { actOfTwo, documentOf, reasonOf, type Two, twoOf } from './people.ts';
import { accountOf, type WaitingCard, type WaitingRow, waitingRows } from './waiting.ts';

export type { WaitingCard } from './waiting.ts';

/** Which card: by the number of its visit, or by the subject of its attempt. */
export type Which = { visitNo: string } | { subject: string };
type By = { by: readonly string[] };

/** Why decisions about rights are no longer this kiosk's, in a code; null while they are. */
export type MayDecide = () => string | null;

/**
 * The desk for cards that no machine may decide on, and for what does not add up. A card is handed over as the very card,
 * kept for its owner, or destroyed by two people with a document; only destruction restores the right, and all three take a
 * body that an entry has seen, and an epoch that is open: afterwards central decides on rights. Each decision is one write; one that the matter does not allow is refused in words.
 */
export interface Desk {
  waiting(): WaitingCard[];
  /** Open cases, oldest first; with `all` the settled ones too. */
  cases(which?: { all: boolean }): Case[];
  handOver(what: Which & By): void;
  destroy(what: Which & By & { document: string }): void;
  /** A doubtful card was found whole and is locked away for its owner. */
  retain(what: Which & By & { reason: string }): void;
  /** A blank in doubt is where the last count found its cards: what is still missing then is unexplained. */
  counted(what: Which & By): void;
  /**
   * The body of a card in doubt that nobody has seen yet, or of one that a count of the box had missed. `box`: it is among
   * those counted; else where it was.
   */
  found(what: { subject: string; place: string } & By): void;
  /** Two people looked and found nothing. This decides nothing: the right stays closed until central decides. */
  notFound(what: { subject: string; reason: string } & By): void;
  /** A difference is explained by a document; the books keep it. */
  explain(what: { caseId: string; document: string; reason: string } & By): void;
}

export function openDesk(journal: Journal, store: Store, changed: () => void, mayDecide: MayDecide = () => null): Desk {
  const act = (name: string, work: (append: Append, db: Db) => void) => {
    journal.record(name, work);
    changed();
  };
  /** Throws in words unless the right of this card may be decided on here and now. A blank carries none. */
  const requireDecidable = ({ state, isSeen, subject }: WaitingRow) => {
    if (state === 'blank-in-doubt') return;
    const why = mayDecide();
    if (why) throw new Error(`only central decides on this right now (${why})`);
    if (!isSeen) throw new Error(`nobody has seen this card: found --subject ${subject} --place TEXT first, by two`);
  };
  /** Closes what waits: the fact, the movement, and the card's own row. A blank took no right with it, so its lease lives on. */
  const settle = (
    which: Which,
    by: Two,
    settled: 'handed-over' | 'destroyed' | 'counted',
    to: Account,
    evidence: string,
    fact: (append: Append, row: WaitingRow) => void,
  ) =>
    act(`card.${settled}`, (append, db) => {
      const row = oneOf(db, which);
      fact(append, row);
      const from = accountOf(db, row);
      if (from !== to) moveBlanko(append, db, { from, to, count: 1, evidence, by }, where(row));
      if (row.inBox) takeFromBox(db, row.state === 'held' ? 'complete' : 'partial');
      db.prepare('UPDATE attempt SET settled = ? WHERE subject = ?').run(settled, row.subject);
      if (row.state !== 'blank-in-doubt')
        db.prepare("UPDATE lease SET state = 'spent' WHERE lease_id = ?").run(row.leaseId);
    });

  return {
    waiting: () => store.read(waitingRows).map(({ leaseId: _, inBox: __, isSeen: ___, ...card }) => card),
    cases: ({ all } = { all: false }) => store.read((db) => (all ? casesOf(deskFacts(db)) : openCases(db))),
    handOver({ by, ...which }) {
      const people = twoOf(by);
      settle(which, people, 'handed-over', 'issued', 'handed over by an officer, identity checked', (append, row) => {
        requireAllowed(row.state, 'hand-over');
        requireDecidable(row);
        const { rightId, leaseId } = row;
        append({ type: 'card.handed-over', ...where(row), data: { rightId, leaseId, by: people } });
      });
    },
    destroy({ document, by, ...which }) {
      const people = twoOf(by);
      const evidence = documentOf(document);
      settle(which, people, 'destroyed', 'destroyed', evidence, (append, row) => {
        requireDecidable(row);
        const { rightId, leaseId } = row;
        if (row.state === 'blank-in-doubt') {
          const data = actOfTwo('destroyed-blank', people, { document: evidence });
          append({ type: 'operator.acted', ...where(row), data });
        } else
          append({ type: 'card.destroyed', ...where(row), data: { rightId, leaseId, by: people, document: evidence } });
      });
    },
    counted({ by, ...which }) {
      const people = twoOf(by);
      settle(which, people, 'counted', 'unexplained', 'a blank in doubt, counted with the others', (append, row) => {
        requireAllowed(row.state, 'counted');
        append({ type: 'operator.acted', ...where(row), data: actOfTwo('counted-blank', people) });
      });
    },
    retain({ reason, by, ...which }) {
      const people = twoOf(by);
      const why = reasonOf(reason);
      act('card.retained', (append, db) => {
        const row = oneOf(db, which);
        requireAllowed(row.state, 'retain');
        requireDecidable(row);
        retain(append, db, row, why, people);
      });
    },
    found({ subject, place, by }) {
      const people = twoOf(by);
      const where = reasonOf(place);
      act('body.found', (append, db) => bookFound(append, db, subject, where, people));
    },
    notFound({ subject, reason, by }) {
      const data = actOfTwo('not-found', twoOf(by), { reason: reasonOf(reason) });
      act('body.not-found', (append, db) => {
        const about = waitingRows(db).find((row) => row.subject === subject) ?? caseAbout(db, subject);
        if (!about) throw new Error(`nothing waits under ${subject}`);
        append({ type: 'operator.acted', subject, ...(about.visitNo && { visitNo: about.visitNo }), data });
      });
    },
    explain({ caseId, document, reason, by }) {
      const data = actOfTwo('case-explained', twoOf(by), { document: documentOf(document), reason: reasonOf(reason) });
      act('case.explained', (append, db) => {
        const open = openCases(db);
        const one = open.find(({ id }) => id === caseId);
        if (!one) throw new Error(`no open case ${caseId}`);
        requireAllowed(one.kind, 'explain');
        requireExplicable(one, open);
        append({ type: 'operator.acted', subject: caseId, data });
      });
    },
  };
}

const where = ({ subject, visitNo }: WaitingCard) => ({ subject, ...(visitNo && { visitNo }) });

const caseAbout = (db: Db, subject: string): Case | undefined =>
  openCases(db).find((one) => one.subject === subject && one.kind === 'box-shortage');

function oneOf(db: Db, which: Which): WaitingRow {
  const name = 'subject' in which ? which.subject : `visit ${which.visitNo}`;
  const found = waitingRows(db).filter((row) =>
    'subject' in which ? row.subject === which.subject : row.visitNo === which.visitNo,
  );
  const [row] = found;
  if (!row) throw new Error(`no card waits under ${name}`);
  if (found.length > 1)
    throw new Error(`${found.length} cards wait under ${name}: name one by --subject, as waiting shows it`);
  return row;
}

/** From in doubt to held: the body is known now, and lies in the safe. The right stays closed. */
function retain(append: Append, db: Db, row: WaitingRow, reason: string, by: Two): void {
  append({ type: 'operator.acted', ...where(row), data: actOfTwo('retained-card', by, { reason }) });
  const evidence = 'found whole, locked away for its owner';
  moveBlanko(append, db, { from: accountOf(db, row), to: 'retained', count: 1, evidence, by }, where(row));
  if (row.inBox) takeFromBox(db, 'partial');
  db.prepare("UPDATE attempt SET outcome = 'retained', out_of_box = 1 WHERE subject = ?").run(row.subject);
  db.prepare("UPDATE lease SET state = 'held' WHERE lease_id = ?").run(row.leaseId);
}

/** A card that waits is settled as such afterwards; else this is a body whose right has gone on without it. */
function bookFound(append: Append, db: Db, subject: string, place: string, by: Two): void {
  const waits = waitingRows(db).find((row) => row.subject === subject);
  const about = caseAbout(db, subject) ?? (waits?.state === 'in-doubt' && !waits.isSeen ? waits : null);
  if (!about) throw new Error(`no case of a missing body under ${subject}`);
  const { visitNo } = about;
  const at = { subject, ...(visitNo && { visitNo }) };
  append({ type: 'operator.acted', ...at, data: actOfTwo('body-found', by, { reason: place }) });
  if (place === 'box' || waits) return; // counted already; or booked when it is handed over or destroyed
  const evidence = `body found: ${place}`;
  moveBlanko(append, db, { from: 'unexplained', to: 'spoiled', count: 1, evidence, by }, at);
}
