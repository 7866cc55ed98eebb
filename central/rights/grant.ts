import type { ProblemCode } from '#contract/problems/codes.ts';
import type { LeaseClaims } from '#contract/uplink/messages.ts';
import type { RightState } from '#contract/uplink/rights.ts';
import { dayAt } from '#kit/civil-date.ts';
import type { Clock } from '#kit/clock.ts';
import { newId, type Random } from '#kit/random.ts';
import type { Db, Store } from '#kit/store.ts';
import { type RightRow, rightOf } from './follow.ts';
import type { GrantsLog } from './grants-log.ts';

/** What a kiosk asks with. `identifyReqId` and `sealedSha256` name the record that it was sent. */
export interface LeaseRequest {
  kiosk: string;
  epoch: number;
  reqId: string;
  rightId: string;
  identifyReqId: string;
  sealedSha256: string;
}

export type Grant =
  | { ok: true; claims: LeaseClaims }
  | { ok: false; code: ProblemCode; params?: Record<string, string> };

/** A record that was sealed longer ago than this is identified anew: a visit is over by then. */
const identifiedForMs = 15 * 60_000;

export interface GrantOptions {
  store: Store;
  clock: Clock;
  random: Random;
  log: GrantsLog;
  /** Asked inside the transaction, once more: whether this person may still be printed for, and by which rule. */
  stillAllowed: (
    db: Db,
    person: string,
    kiosk: string,
  ) => { ok: true; class: string; policy: string; rule: string } | { ok: false; code: ProblemCode };
  /** The name of a kiosk's site, for the words "is being printed at ...". */
  siteName: (db: Db, kiosk: string) => string;
  /** How long an online lease may be used; it is never freed by time. */
  leaseMs?: number;
}

const refuse = (code: ProblemCode, params?: Record<string, string>): Grant => ({
  ok: false,
  code,
  ...(params && { params }),
});

/**
 * Grants a lease in one transaction: at most one live lease per right, in any kiosk and epoch. The same request gets the
 * same lease while it lives, afterwards its end. The grant is on the second medium before the transaction commits.
 */
export function grantLease(options: GrantOptions, request: LeaseRequest): Grant {
  const { store, clock, random, log, leaseMs = 15 * 60_000 } = options;
  return store.write('lease.granted', (db) => {
    const before = earlierAnswer(db, request);
    if (before) return before;
    const right = rightOf(db, request.rightId);
    const bound = identifiedAs(db, request, clock.wallMs() - identifiedForMs);
    if (!right || !bound) return refuse('right/lease-not-asked');
    if (!epochIsOpen(db, request)) return refuse('right/epoch-closed');
    if (right.state !== 'usable') return refusalFor(right, request, options.siteName(db, right.kiosk ?? ''));
    const allowed = options.stillAllowed(db, right.person, request.kiosk);
    if (!allowed.ok) return refuse(allowed.code);
    const nowMs = clock.wallMs();
    const claims: LeaseClaims = {
      v: 1,
      rightId: right.right_id,
      leaseId: newId(random),
      kiosk: request.kiosk,
      epoch: request.epoch,
      reqId: request.reqId,
      class: allowed.class,
      policy: allowed.policy,
      rule: allowed.rule,
      mode: 'online',
      grantedMs: nowMs,
      expiresMs: nowMs + leaseMs,
      nonce: newId(random),
      sealedSha256: request.sealedSha256,
    };
    log.append(claims);
    db.prepare("INSERT INTO lease VALUES (?, ?, ?, ?, ?, ?, 'live', ?, ?)").run(
      claims.leaseId,
      claims.rightId,
      claims.kiosk,
      claims.epoch,
      claims.reqId,
      JSON.stringify(claims),
      nowMs,
      claims.mode,
    );
    db.prepare(
      "UPDATE print_right SET state = 'leased', kiosk = ?, epoch = ?, lease_id = ?, changed_ms = ? WHERE right_id = ?",
    ).run(claims.kiosk, claims.epoch, claims.leaseId, nowMs, claims.rightId);
    return { ok: true, claims };
  });
}

/** The answer this request has had already: its live lease, its end state, or the void that overtook it. */
function earlierAnswer(db: Db, { kiosk, epoch, reqId }: LeaseRequest): Grant | null {
  const known = db
    .prepare('SELECT claims, state FROM lease WHERE kiosk = ? AND epoch = ? AND req_id = ?')
    .get(kiosk, epoch, reqId) as { claims: string; state: string } | undefined;
  if (known)
    return known.state === 'live'
      ? { ok: true, claims: JSON.parse(known.claims) as LeaseClaims }
      : refuse('right/not-usable');
  const voided = db
    .prepare('SELECT 1 FROM voided_request WHERE kiosk = ? AND epoch = ? AND req_id = ?')
    .get(kiosk, epoch, reqId);
  return voided ? refuse('right/not-usable') : null;
}

function identifiedAs(
  db: Db,
  { kiosk, epoch, identifyReqId, rightId, sealedSha256 }: LeaseRequest,
  notBeforeMs: number,
): boolean {
  const row = db
    .prepare(
      'SELECT 1 FROM identified WHERE kiosk = ? AND epoch = ? AND req_id = ? AND right_id = ? AND sealed_sha256 = ? AND at_ms >= ?',
    )
    .get(kiosk, epoch, identifyReqId, rightId, sealedSha256, notBeforeMs);
  return row !== undefined;
}

function epochIsOpen(db: Db, { kiosk, epoch }: LeaseRequest): boolean {
  const row = db.prepare('SELECT max(epoch) AS newest FROM epoch WHERE kiosk = ?').get(kiosk) as {
    newest: number | null;
  };
  const closed = db.prepare('SELECT closed_ms FROM epoch WHERE kiosk = ? AND epoch = ?').get(kiosk, epoch) as
    | { closed_ms: number | null }
    | undefined;
  return row.newest === epoch && closed?.closed_ms === null;
}

/** What to say of a right that is not free. */
export function refusalFor(right: RightRow, asker: { kiosk: string }, site: string): Grant & { ok: false } {
  const here = right.kiosk === asker.kiosk;
  const codes: Record<Exclude<RightState, 'usable'>, ProblemCode> = {
    leased: here ? 'right/not-usable' : 'right/at-other-kiosk',
    intended: here ? 'right/not-usable' : 'right/at-other-kiosk',
    inking: here ? 'right/in-doubt' : 'right/at-other-kiosk',
    presenting: here ? 'right/in-doubt' : 'right/at-other-kiosk',
    held: 'right/held',
    'in-doubt': 'right/in-doubt',
    fenced: 'right/in-doubt',
    'fenced-inked': 'right/in-doubt',
    lost: 'right/lost',
    issued: 'right/already-issued',
    paused: 'record/data-disputed',
    closed: 'right/revoked',
  };
  if (right.state === 'usable') throw new Error('a usable right is not refused');
  const params = right.state === 'issued' ? { since: dayAt(right.changed_ms) } : { place: site };
  return { ok: false, code: codes[right.state], params };
}
