import type { ProblemCode } from '#contract/problems/codes.ts';
import { isProblemCode, problemRow } from '#contract/problems/codes.ts';
import { visitNumber } from '#contract/uplink/codes.ts';
import type { EntryData, VisitOutcome } from '#contract/uplink/entries.ts';
import { printerSpoils } from '#controller/jobs/spoiled.ts';
import type { Appended, Journal } from '#controller/journal/journal.ts';
import type { VisitAt } from '#controller/visit/visit.ts';
import { dayAt } from '#kit/civil-date.ts';
import type { Db, Store } from '#kit/store.ts';
import { enterStep, type PaperFact, type Session } from './session.ts';

/** Numbers visits, writes their ends, and answers what the journal knows about them. */
export interface VisitBook {
  /** Begins a visit: its number is unique in this epoch, and durable before anybody reads it. */
  begin(): string;
  /** The number of the visit that has just ended, while its goodbye is shown. */
  lastVisitNo(at: VisitAt): string | null;
  ended(session: Session, outcome: VisitOutcome, code: ProblemCode | null, nowMs: number): void;
  noteOutcome(entry: Appended): void;
  forgetOutcome(): void;
  /** True once the outcome's entry is acknowledged by central with this kiosk's own hash. */
  outcomeReported(ackedSeq: number): boolean;
  printedToday(wallMs: number): number;
  /** Two spoiled cards in a row close the printer until an operator has seen to it. */
  spoiledTwice(): boolean;
  /** Visits that an earlier life left without an end. */
  closeLost(): number;
}

export function openVisitBook(journal: Journal, store: Store, site: string): VisitBook {
  let last: string | null = null;
  let outcome: Appended | null = null;
  let today = { day: '', printed: 0, seq: -1 };

  return {
    begin() {
      last = store.write('visit.begun', (db) => beginVisit(db, site, journal.boot));
      return last;
    },
    lastVisitNo: (at) => (at === 'goodbye' ? last : null),
    ended(session, result, code, nowMs) {
      const { account, visitNo, paper } = session;
      enterStep(account, account.step, nowMs);
      journal.record('visit.ended', (append, db) => {
        if (paper) writePaper(append, db, visitNo, paper);
        append({ type: 'visit.ended', visitNo, data: visitData(session, result, code) });
        endVisit(db, visitNo);
      });
    },
    noteOutcome(entry) {
      outcome = entry;
    },
    forgetOutcome() {
      outcome = null;
      last = null;
    },
    outcomeReported: (ackedSeq) => outcome !== null && ackedSeq >= outcome.seq,
    printedToday(wallMs) {
      const day = dayAt(wallMs);
      const { seq } = journal.head();
      if (day !== today.day || seq !== today.seq) today = { day, printed: store.read((db) => printedOn(db, day)), seq };
      return today.printed;
    },
    spoiledTwice: () => store.read(printerSpoils),
    closeLost: () => closeLost(journal, store),
  };
}

type Append = Parameters<Parameters<Journal['record']>[1]>[0];

function visitData(
  { account, record }: Session,
  outcome: VisitOutcome,
  code: ProblemCode | null,
): EntryData<'visit.ended'> {
  const row = code ? problemRow(code) : null;
  const { stepsMs, step, lang, pace, aids, helpCalled, proofs, tries } = account;
  return {
    outcome,
    code,
    right: outcome === 'issued' ? 'used' : (row?.right ?? 'kept'),
    pin: outcome === 'issued' ? 'used' : 'kept', // whatever the row's words: only `issued` uses the PIN
    lastStep: step,
    stepsMs,
    lang,
    pace,
    aids: [...aids],
    helpCalled,
    proofs,
    tries,
    ...fingersIn(account),
    ...(record && { rightId: record.rightId }),
  };
}

/** Numbers from which rates are made; of the person nothing, and nothing at all where no finger was asked for. */
function fingersIn({ fingers, vouchedBy }: Session['account']): Pick<EntryData<'visit.ended'>, 'fingers'> {
  if (fingers.comparisons + fingers.poor === 0 && vouchedBy === null) return {};
  return { fingers: { ...fingers, ...(vouchedBy !== null && { vouchedBy }) } };
}

function writePaper(append: Append, db: Db, visitNo: string, { paper, result, code }: PaperFact): void {
  if (result === 'printed') {
    append({ type: 'receipt.printed', visitNo, data: { paper, reprint: false } });
    return;
  }
  append({ type: 'receipt.owed', visitNo, data: { paper, code } });
  db.prepare('INSERT OR REPLACE INTO owed_paper VALUES (?, ?)').run(visitNo, paper);
}

function beginVisit(db: Db, site: string, boot: string): string {
  db.prepare("INSERT INTO counter VALUES ('visit', 1) ON CONFLICT DO UPDATE SET value = value + 1").run();
  const { value } = db.prepare("SELECT value FROM counter WHERE name = 'visit'").get() as { value: number };
  const visitNo = visitNumber(site, value);
  db.prepare('INSERT INTO open_visit (visit_no, boot) VALUES (?, ?)').run(visitNo, boot);
  return visitNo;
}

function endVisit(db: Db, visitNo: string): void {
  db.prepare('DELETE FROM open_visit WHERE visit_no = ?').run(visitNo);
}

function printedOn(db: Db, day: string): number {
  const rows = db
    .prepare(
      "SELECT json_extract(text, '$.at.wallMs') AS ms FROM journal WHERE json_extract(text, '$.type') = 'print.inking' ORDER BY seq DESC LIMIT 400",
    )
    .all() as { ms: number }[];
  return rows.filter(({ ms }) => dayAt(ms) === day).length;
}

interface LostVisit {
  visit_no: string;
  outcome: string | null;
  reason: string | null;
  right_id: string | null;
}

function closeLost(journal: Journal, store: Store): number {
  const lost = store.read((db) => db.prepare(lostVisits).all(journal.boot)) as LostVisit[];
  for (const { visit_no, outcome, reason, right_id } of lost) {
    const data = {
      ...lostData(outcome, isProblemCode(reason) ? reason : null),
      ...(right_id && { rightId: right_id }),
    };
    journal.record('visit.ended', (append, db) => {
      append({ type: 'visit.ended', visitNo: visit_no, data });
      endVisit(db, visit_no);
    });
  }
  return lost.length;
}

/** Visits without an end, and what became of their last attempt, if they came so far. */
const lostVisits = `
  SELECT v.visit_no, a.right_id, a.outcome,
    (SELECT json_extract(o.text, '$.data.reason') FROM journal o
      WHERE json_extract(o.text, '$.type') = 'print.outcome' AND json_extract(o.text, '$.subject') = a.subject) AS reason
  FROM open_visit v
  LEFT JOIN attempt a ON a.rowid = (SELECT max(rowid) FROM attempt b WHERE b.visit_no = v.visit_no)
  WHERE v.boot != ?`;

function lostData(attempt: string | null, code: ProblemCode | null): Omit<EntryData<'visit.ended'>, 'rightId'> {
  const outcomes: Record<string, VisitOutcome> = { issued: 'issued', retained: 'retained', 'in-doubt': 'in-doubt' };
  const outcome = outcomes[attempt ?? ''] ?? 'machine-trouble';
  return {
    outcome,
    code,
    right: outcome === 'issued' ? 'used' : outcome === 'machine-trouble' ? 'kept' : 'held',
    pin: outcome === 'issued' ? 'used' : 'kept',
    lastStep: 'restart',
    stepsMs: {},
    lang: 'id',
    pace: 1,
    aids: [],
    helpCalled: false,
    proofs: [],
    tries: 0,
  };
}
