import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Account } from '#contract/uplink/accounts.ts';
import { attemptSubject, type EntryData, type PrintOutcome } from '#contract/uplink/entries.ts';
import { countIn, moveBlanko } from '#controller/blanko/stock.ts';
import type { Appended, Journal } from '#controller/journal/journal.ts';
import type { Lease } from '#controller/leases/leases.ts';
import type { CardPrinterWitness } from '#drivers/card-printer/card-printer.ts';
import type { Clock } from '#kit/clock.ts';
import type { Db } from '#kit/store.ts';
import { expectFeed, expectInk, expectNoFeed, offlineForbidden } from './counter.ts';
import { rightSpoils } from './spoiled.ts';
import type { Way } from './verdicts.ts';

/** One attempt is one blank. */
export interface Attempt {
  subject: string;
  number: number;
  leaseId: string;
  rightId: string;
  visitNo: string | null;
}

export type Phase = 'intended' | 'inking' | 'printed' | 'presenting';
export type BodyPlace = EntryData<'print.outcome'>['place'];

/** What became of the right, and where the blank is booked: two verdicts, one write. */
export interface Ending {
  outcome: PrintOutcome;
  reason: ProblemCode | 'done';
  place: BodyPlace;
  blanko: Account;
  /** What a person would find who opened the box. */
  kind?: 'complete' | 'partial' | 'blank';
  evidence: string;
  /** No blank is inside, and the printer's counter stands where it stood: a card that it counts later is another one. */
  notFed?: boolean;
}

/** The intent was refused: the lease is not live, has run out, an attempt for this right is open already, or too many of it were spoiled. */
export class IntentRefused extends Error {
  override readonly name = 'IntentRefused';
  readonly code: ProblemCode;
  constructor(code: ProblemCode, detail: string) {
    super(`${detail} (${code})`);
    this.code = code;
  }
}

/**
 * Before the feed: reads everything that forbids it once more, in the same transaction, and books hopper -> in process.
 * Throws IntentRefused; nothing is written then.
 */
export function writeIntended(
  journal: Journal,
  clock: Clock,
  lease: Lease,
  witness: CardPrinterWitness,
  visitNo: string,
): Attempt {
  return journal.record('print.intended', (append, db) => {
    refuseUnlessLive(db, lease, clock);
    if (countIn(db, 'hopper') < 1) throw new IntentRefused('kiosk/no-blanko', 'the books hold no blank');
    const number = attemptsOf(db, lease.leaseId) + 1;
    const attempt = {
      subject: attemptSubject(lease.leaseId, number),
      number,
      leaseId: lease.leaseId,
      rightId: lease.rightId,
      visitNo,
    };
    const where = { subject: attempt.subject, visitNo };
    expectFeed(append, db, witness);
    append({
      type: 'print.intended',
      ...where,
      data: { rightId: lease.rightId, leaseId: lease.leaseId, attempt: number, witness },
    });
    moveBlanko(append, db, { from: 'hopper', to: 'in-process', count: 1, evidence: 'intent' }, where);
    db.prepare(
      'INSERT INTO attempt (subject, lease_id, right_id, number, visit_no, boot, board_boot, phase) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(
      ...[attempt.subject, lease.leaseId, lease.rightId, number, visitNo, journal.boot, journal.boardBoot],
      'intended',
    );
    return attempt;
  });
}

function refuseUnlessLive(db: Db, lease: Lease, clock: Clock): void {
  const row = db
    .prepare('SELECT state, expires_ms, received_wall_ms FROM lease WHERE lease_id = ?')
    .get(lease.leaseId) as { state: string; expires_ms: number; received_wall_ms: number } | undefined;
  if (row?.state === 'revoked') throw new IntentRefused('right/revoked', 'the lease was revoked');
  if (row?.state !== 'live') throw new IntentRefused('right/not-usable', `the lease is ${row?.state ?? 'not known'}`);
  const ageMs = Math.max(clock.wallMs() - row.received_wall_ms, clock.monotonicMs() - lease.receivedUpMs); // a wall clock may be set back
  if (ageMs >= row.expires_ms - row.received_wall_ms)
    throw new IntentRefused('right/lease-expired', 'the lease has run out'); // expiry forbids, and frees nothing
  if (cameAhead(db, lease.leaseId) && offlineForbidden(db))
    throw new IntentRefused('right/needs-central', 'a card was fed that the journal does not explain');
  const open = db.prepare('SELECT subject FROM attempt WHERE right_id = ? AND outcome IS NULL').get(lease.rightId);
  if (open) throw new IntentRefused('right/not-usable', 'an attempt for this right is open');
  if (rightSpoils(db, lease.rightId))
    throw new IntentRefused('card-printer/spoiled-twice', 'as many as may be spoiled were');
}

/** Whether it is one of those that were kept ahead of time: an online lease was granted after central had its say. */
function cameAhead(db: Db, leaseId: string): boolean {
  return db.prepare('SELECT 1 FROM offline_lease WHERE lease_id = ?').get(leaseId) !== undefined;
}

function attemptsOf(db: Db, leaseId: string): number {
  return (db.prepare('SELECT count(*) AS n FROM attempt WHERE lease_id = ?').get(leaseId) as { n: number }).n;
}

/** Before the first byte that can lead to ink. A revocation that arrived until here stops the job. */
export function writeInking(journal: Journal, attempt: Attempt): void {
  journal.record('print.inking', (append, db) => {
    const row = db.prepare('SELECT state FROM lease WHERE lease_id = ?').get(attempt.leaseId) as { state: string };
    if (row.state !== 'live') throw new IntentRefused('right/revoked', 'the lease was revoked before ink');
    append({ type: 'print.inking', ...whereOf(attempt), data: { rightId: attempt.rightId } });
    expectInk(db);
    setPhase(db, attempt, 'inking');
  });
}

export function writePrinted(journal: Journal, attempt: Attempt): void {
  journal.record('print.printed', (append, db) => {
    append({ type: 'print.printed', ...whereOf(attempt), data: { rightId: attempt.rightId } });
    setPhase(db, attempt, 'printed');
  });
}

/** Before the shutter or the eject. From here on no machine restores the right. */
export function writePresenting(journal: Journal, attempt: Attempt, offer: 1 | 2): void {
  journal.record('print.presenting', (append, db) => {
    append({ type: 'print.presenting', ...whereOf(attempt), data: { rightId: attempt.rightId, offer } });
    setPhase(db, attempt, 'presenting');
    db.prepare('UPDATE attempt SET pulled_in = 0, board_boot = ? WHERE subject = ?').run(
      journal.boardBoot,
      attempt.subject,
    );
  });
}

/** The card is seen inside again behind a closed shutter: durable before it is moved to the box. */
export function writePulledIn(journal: Journal, attempt: Attempt): void {
  writeWay(journal, attempt, 'seen-inside', 'card.pulled-in');
}

/** What is known of the card's way from here on: durable before the reset that could change it. */
export function writeWay(journal: Journal, attempt: Attempt, way: Way, name = 'card.way'): void {
  journal.record(name, (_append, db) => {
    db.prepare('UPDATE attempt SET pulled_in = ? WHERE subject = ?').run(wayInRow.indexOf(way), attempt.subject);
  });
}

/** As the column `pulled_in` counts: 1 is what it was made for. */
const wayInRow: readonly Way[] = ['undisturbed', 'seen-inside', 'disturbed'];

/** The end of an attempt: outcome and blanko movement in one write. Returns the outcome's entry, which the receipt names. */
export function writeOutcome(journal: Journal, attempt: Attempt, ending: Ending): Appended {
  const { outcome, reason, place, blanko, kind, evidence, notFed } = ending;
  return journal.record('print.outcome', (append, db) => {
    const where = whereOf(attempt);
    const { rightId, leaseId } = attempt;
    const entry = append({ type: 'print.outcome', ...where, data: { rightId, leaseId, outcome, reason, place } });
    moveBlanko(append, db, { from: 'in-process', to: blanko, count: 1, evidence, ...(kind && { kind }) }, where);
    db.prepare('UPDATE attempt SET outcome = ? WHERE subject = ?').run(outcome, attempt.subject);
    if (notFed) expectNoFeed(db);
    if (leaseStates[outcome])
      db.prepare('UPDATE lease SET state = ? WHERE lease_id = ?').run(leaseStates[outcome], leaseId);
    return entry;
  });
}

/** Where the lease goes; `spoiled` and `unused` leave it live for one more attempt, or for a void. */
const leaseStates: Record<PrintOutcome, string | null> = {
  issued: 'spent',
  retained: 'held',
  'in-doubt': 'in-doubt',
  spoiled: null,
  unused: null,
};

function whereOf({ subject, visitNo }: Attempt): { subject: string; visitNo?: string } {
  return { subject, ...(visitNo && { visitNo }) };
}

function setPhase(db: Db, attempt: Attempt, phase: Phase): void {
  db.prepare('UPDATE attempt SET phase = ? WHERE subject = ?').run(phase, attempt.subject);
}

/** An attempt that a crash left open, and how far it had come. */
export interface OpenAttempt extends Attempt {
  phase: Phase;
  way: Way;
  /** The start of the board in which it was intended, or presented last; null where that was not known. */
  boardBoot: string | null;
}

/** Attempts that a crash left without an outcome. */
export function openAttempts(db: Db): OpenAttempt[] {
  const rows = db.prepare('SELECT * FROM attempt WHERE outcome IS NULL').all() as {
    subject: string;
    number: number;
    lease_id: string;
    right_id: string;
    visit_no: string | null;
    phase: Phase;
    pulled_in: number;
    board_boot: string | null;
  }[];
  return rows.map((row) => ({
    subject: row.subject,
    number: row.number,
    leaseId: row.lease_id,
    rightId: row.right_id,
    visitNo: row.visit_no,
    phase: row.phase,
    way: wayInRow[row.pulled_in] ?? 'disturbed',
    boardBoot: row.board_boot,
  }));
}

/** Whether the card that was on its way last counts as inked, whatever became of it: then no clean blank can be in the printer. */
export function newestIsInked(db: Db): boolean {
  const row = db.prepare('SELECT phase FROM attempt ORDER BY rowid DESC LIMIT 1').get() as { phase: Phase } | undefined;
  return row !== undefined && row.phase !== 'intended';
}

/** What the journal's intent recorded of the printer, to compare its counters with. */
export function witnessOf(db: Db, attempt: Attempt): CardPrinterWitness {
  const row = db
    .prepare(
      // The GLOB is what the index on print entries asks for: without it every entry would be read.
      `SELECT text FROM journal WHERE json_extract(text, '$.type') GLOB 'print.*'
       AND json_extract(text, '$.type') = 'print.intended' AND json_extract(text, '$.subject') = ?`,
    )
    .get(attempt.subject) as { text: string };
  return (JSON.parse(row.text) as { data: { witness: CardPrinterWitness } }).data.witness;
}
