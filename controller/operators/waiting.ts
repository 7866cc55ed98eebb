import type { Account } from '#contract/uplink/accounts.ts';
import type { Entry } from '#contract/uplink/entries.ts';
import { countIn } from '#controller/blanko/stock.ts';
import type { Db } from '#kit/store.ts';

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

/** The same with what a decision needs. */
export interface WaitingRow extends WaitingCard {
  leaseId: string;
  /** The machine moved the body to the box, and nobody has taken it out since. */
  inBox: boolean;
  /** An entry says where the body is, and no count of that place has missed it since. */
  isSeen: boolean;
}

type Outcome = Extract<Entry, { type: 'print.outcome' }>;

interface Row {
  subject: string;
  lease_id: string;
  right_id: string;
  visit_no: string | null;
  phase: string;
  outcome: 'retained' | 'in-doubt' | 'unused';
  out_of_box: number;
  text: string;
  boxed: number;
}

/** The cards that no machine may decide on, oldest first. */
export function waitingRows(db: Db): WaitingRow[] {
  return (db.prepare(waitingSql).all() as Row[]).map((row) => waitingRow(row, lastSightOf(db, row.subject)));
}

const waitingSql = `
  SELECT a.subject, a.lease_id, a.right_id, a.visit_no, a.phase, a.outcome, a.out_of_box, f.text,
    EXISTS (SELECT 1 FROM desk_fact b WHERE json_extract(b.text, '$.subject') = a.subject
      AND json_extract(b.text, '$.data.action') = 'body-in-box') AS boxed
  FROM attempt a
  JOIN desk_fact f ON json_extract(f.text, '$.type') = 'print.outcome' AND json_extract(f.text, '$.subject') = a.subject
  WHERE a.settled IS NULL AND (a.outcome IN ('retained', 'in-doubt')
    OR (a.outcome = 'unused' AND json_extract(f.text, '$.data.place') = 'unknown')) ORDER BY f.seq`;

interface Sight {
  isSeen: boolean;
  /** Where two people found it, in their words. */
  foundAt: string | null;
}

/** What the entries about one body come to: the machine or two people saw it, or a count missed it after that. */
function lastSightOf(db: Db, subject: string): Sight {
  const rows = db
    .prepare("SELECT text FROM desk_fact WHERE json_extract(text, '$.subject') = ? ORDER BY seq")
    .all(subject) as { text: string }[];
  let sight: Sight = { isSeen: false, foundAt: null };
  for (const { text } of rows) sight = sightAfter(sight, JSON.parse(text) as Entry);
  return sight;
}

function sightAfter(sight: Sight, { type, data }: Entry): Sight {
  if (type === 'print.outcome') return { isSeen: data.place === 'box', foundAt: null }; // what is inside the machine is in nobody's hand
  if (type !== 'operator.acted') return sight;
  if (data.action === 'box-shortage') return { isSeen: false, foundAt: null };
  if (data.action === 'body-found') return { isSeen: true, foundAt: data.reason ?? null };
  return seeing.has(data.action) ? { ...sight, isSeen: true } : sight;
}

const seeing: ReadonlySet<string> = new Set(['body-in-box', 'retained-card']);

function waitingRow(row: Row, { isSeen, foundAt }: Sight): WaitingRow {
  const { at, data } = JSON.parse(row.text) as Outcome;
  const keptByHand = row.outcome === 'retained' && data.outcome === 'in-doubt';
  const boxed = data.place === 'box' || row.boxed === 1;
  const inBox = boxed && row.out_of_box === 0;
  return {
    visitNo: row.visit_no,
    subject: row.subject,
    rightId: row.right_id,
    state: ({ retained: 'held', 'in-doubt': 'in-doubt', unused: 'blank-in-doubt' } as const)[row.outcome],
    phase: row.phase,
    reason: data.reason,
    place: keptByHand ? 'safe' : (foundAt ?? (boxed ? (inBox ? 'box' : 'out-of-box') : data.place)),
    sinceMs: at.wallMs,
    leaseId: row.lease_id,
    inBox,
    isSeen,
  };
}

/** The account that the card is booked in now; a card that a count had missed lies in `unexplained` until it is found. */
export function accountOf(db: Db, { state }: WaitingCard): Account {
  const account = state === 'held' ? 'retained' : 'in-doubt';
  return countIn(db, account) > 0 ? account : 'unexplained';
}
