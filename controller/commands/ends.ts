import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Append, Journal } from '#controller/journal/journal.ts';
import {
  type EndVerdict,
  endLease,
  endQuestion,
  endsAreWaiting,
  type Held,
  liveLeases,
  settleEnds,
  unansweredRequests,
} from '#controller/leases/ending.ts';
import { offlineRows } from '#controller/leases/offline-rows.ts';
import type { Db, Store } from '#kit/store.ts';
import { endIn, type OpenCommand } from './book.ts';

/** Gives a lease back: nothing may be under way with it, and it must be known that it is unused. */
export function surrender(journal: Journal, { cmdId, args }: OpenCommand): void {
  journal.record('lease.surrendered', (append, db) => {
    const verdict = endLease(append, db, args.leaseId ?? '', { reason: 'surrendered', until: 'idle' });
    endIn(append, db, cmdId, verdict === 'ended' || verdict === 'ended-before' ? null : 'right/not-usable');
  });
}

/**
 * Revokes a lease, durable in the write that confirms it; where an attempt holds it, it is stopped before ink, and confirmed
 * once it has stopped. A card that bears ink already goes on; where it is spoiled none follows it, and only then was the
 * lease revoked. One that has not arrived yet is refused when it comes.
 */
export function revoke(journal: Journal, { cmdId, args }: OpenCommand, hold: boolean): void {
  const leaseId = args.leaseId ?? '';
  journal.record('lease.revoked', (append, db) => {
    const verdict = endLease(append, db, leaseId, { reason: 'revoked', until: 'always', cmdId, hold });
    if (verdict === 'unknown') db.prepare('INSERT OR IGNORE INTO revoked_lease VALUES (?)').run(leaseId);
    if (verdict !== 'with-its-attempt') endIn(append, db, cmdId, revokeEnd[verdict]);
  });
}

const revokeEnd: Record<Exclude<EndVerdict, 'with-its-attempt'>, ProblemCode | null> = {
  ended: null,
  'ended-before': null,
  unknown: null,
  inked: 'right/not-usable',
  'not-live': 'right/not-usable',
};

/** This epoch is over for every right: nothing is begun any more, and what no ink has touched goes back. */
export function closeAuthority(journal: Journal, held: Held, cmdId?: string): void {
  journal.record('authority.closed', (append, db) => {
    db.prepare("INSERT OR REPLACE INTO counter VALUES ('authority-closed', 1)").run();
    for (const leaseId of liveLeases(db))
      endLease(append, db, leaseId, { reason: 'epoch-closed', until: 'always', hold: held.leases });
    endQuestions(append, db, { reason: 'epoch-closed', code: 'right/epoch-closed', which: 'ahead', held });
    if (cmdId) endIn(append, db, cmdId, null);
  });
}

/**
 * A new term of central's database: what it has not answered is void before anything else is said in it. It is not entered
 * while a question is held, for whoever says that it knows the term has given up all of them.
 */
export function enterTerm(journal: Journal, term: number): void {
  journal.record('term.entered', (append, db) => {
    endQuestions(append, db, { reason: 'new-term', code: 'central/restoring', which: 'all', held: nothingHeld });
    db.prepare("INSERT OR REPLACE INTO counter VALUES ('term', ?)").run(term);
  });
}

/** The cabinet stands open and nobody answers for it: every key goes, and with it what it could have been used for. */
export function dropAhead(journal: Journal, held: Held): void {
  journal.record('leases.dropped', (append, db) => {
    for (const { leaseId } of offlineRows(db))
      endLease(append, db, leaseId, { reason: 'door-open', until: 'always', hold: held.leases });
    endQuestions(append, db, { reason: 'door-open', code: 'panel/door-open', which: 'ahead', held });
  });
}

const nothingHeld: Held = { leases: false, questions: new Set() };

interface QuestionsEnd {
  reason: string;
  code: ProblemCode;
  which: 'ahead' | 'all';
  held: Held;
}

function endQuestions(append: Append, db: Db, { reason, code, which, held }: QuestionsEnd): void {
  const ahead = db.prepare('SELECT req_id, cmd_id FROM offline_lease WHERE lease_id IS NULL').all() as {
    req_id: string;
    cmd_id: string;
  }[];
  const reqIds = which === 'all' ? unansweredRequests(db) : ahead.map(({ req_id }) => req_id);
  for (const reqId of reqIds) endQuestion(append, db, reqId, reason, held);
  for (const { cmd_id } of ahead) endIn(append, db, cmd_id, code);
}

/** After each outcome: the ends that waited for it. */
export function settle(journal: Journal, store: Store, hold: boolean): void {
  if (!store.read((db) => endsAreWaiting(db, hold))) return;
  journal.record('lease.ended', (append, db) => {
    for (const { cmdId, asOrdered } of settleEnds(append, db, hold))
      if (cmdId) endIn(append, db, cmdId, asOrdered ? null : 'right/not-usable');
  });
}
