import type { Account } from '#contract/uplink/accounts.ts';
import { moveBlanko, takeFromBox } from '#controller/blanko/stock.ts';
import type { Append, Journal } from '#controller/journal/journal.ts';
import type { Db, Store } from '#kit/store.ts';
import { documentOf, twoOf } from './people.ts';

/** A card that waits for people: held for its owner, or in doubt. */
export interface WaitingCard {
  visitNo: string | null;
  subject: string;
  rightId: string;
  /** `blank-in-doubt`: only a blank is missing; the right was never touched by ink. */
  state: 'held' | 'in-doubt' | 'blank-in-doubt';
  /** What the journal says: how far it came, why it ended so, and where the body is thought to be. */
  phase: string;
  reason: string;
  place: string;
  sinceMs: number;
}

/**
 * The desk for cards that no machine may decide on. A card is handed over as the very card, or destroyed by two people
 * with a document; only destruction restores the right, and without a body there is no destruction.
 */
export interface Desk {
  waiting(): WaitingCard[];
  handOver(what: { visitNo: string; by: readonly string[] }): void;
  destroy(what: { visitNo: string; document: string; by: readonly string[] }): void;
}

interface Row {
  subject: string;
  lease_id: string;
  right_id: string;
  visit_no: string | null;
  phase: string;
  outcome: 'retained' | 'in-doubt' | 'unused';
  out_of_box: number;
  text: string;
}

export function openDesk(journal: Journal, store: Store, changed: () => void): Desk {
  const rows = () => store.read((db) => db.prepare(waitingRows).all()) as Row[];

  function oneOf(visitNo: string): Row {
    const found = rows().filter((row) => row.visit_no === visitNo);
    const [row] = found;
    if (!row) throw new Error(`no card waits under visit ${visitNo}`);
    if (found.length > 1)
      throw new Error(`${found.length} cards wait under visit ${visitNo}: settle them at the office`);
    return row;
  }

  function settle(
    row: Row,
    settled: 'handed-over' | 'destroyed',
    to: Account,
    evidence: string,
    by: [string, string],
    fact: (append: Append) => void,
  ): void {
    journal.record(`card.${settled}`, (append, db) => {
      fact(append);
      const from: Account = row.outcome === 'retained' ? 'retained' : 'in-doubt';
      moveBlanko(append, db, { from, to, count: 1, evidence, by }, where(row));
      if (inTheBox(row)) takeFromBox(db, row.outcome === 'retained' ? 'complete' : 'partial');
      close(db, row, settled);
    });
    changed();
  }

  return {
    waiting: () => rows().map(waitingCard),
    handOver({ visitNo, by }) {
      const row = oneOf(visitNo);
      if (row.outcome === 'unused') throw new Error('this is a blank: there is no card to hand over');
      const people = twoOf(by);
      settle(row, 'handed-over', 'issued', 'handed over by an officer, identity checked', people, (append) =>
        append({
          type: 'card.handed-over',
          ...where(row),
          data: { rightId: row.right_id, leaseId: row.lease_id, by: people },
        }),
      );
    },
    destroy({ visitNo, document, by }) {
      const row = oneOf(visitNo);
      const people = twoOf(by);
      const evidence = documentOf(document);
      settle(row, 'destroyed', 'destroyed', evidence, people, (append) => {
        const { right_id: rightId, lease_id: leaseId } = row;
        if (row.outcome === 'unused')
          append({
            type: 'operator.acted',
            ...where(row),
            data: { action: 'destroyed-blank', operatorId: people[0], document: evidence },
          });
        else
          append({ type: 'card.destroyed', ...where(row), data: { rightId, leaseId, by: people, document: evidence } });
      });
    },
  };
}

const waitingRows = `
  SELECT a.subject, a.lease_id, a.right_id, a.visit_no, a.phase, a.outcome, a.out_of_box, j.text FROM attempt a
  JOIN journal j ON json_extract(j.text, '$.type') = 'print.outcome' AND json_extract(j.text, '$.subject') = a.subject
  WHERE a.settled IS NULL AND (a.outcome IN ('retained', 'in-doubt')
    OR (a.outcome = 'unused' AND json_extract(j.text, '$.data.place') = 'unknown')) ORDER BY j.seq`;

function waitingCard(row: Row): WaitingCard {
  const { at, data } = JSON.parse(row.text) as { at: { wallMs: number }; data: { reason: string; place: string } };
  const state = ({ retained: 'held', 'in-doubt': 'in-doubt', unused: 'blank-in-doubt' } as const)[row.outcome];
  return {
    visitNo: row.visit_no,
    subject: row.subject,
    rightId: row.right_id,
    state,
    phase: row.phase,
    reason: data.reason,
    place: data.place,
    sinceMs: at.wallMs,
  };
}

/** A body whose journal says that it was moved to the box, and that nobody has taken out since. */
function inTheBox({ text, out_of_box }: Row): boolean {
  return out_of_box === 0 && (JSON.parse(text) as { data: { place: string } }).data.place === 'box';
}

const where = ({ subject, visit_no }: Row) => ({ subject, ...(visit_no && { visitNo: visit_no }) });

function close(db: Db, { subject, lease_id }: Row, settled: string): void {
  db.prepare('UPDATE attempt SET settled = ? WHERE subject = ?').run(settled, subject);
  db.prepare("UPDATE lease SET state = 'spent' WHERE lease_id = ?").run(lease_id);
}
