import { balance } from '#central/blanko/follow.ts';
import { stillRestoring } from '#central/restore/restoring.ts';
import type { ProblemCode } from '#contract/problems/codes.ts';
import { hashText, sha256 } from '#contract/uplink/chain.ts';
import type { LeaseClaims } from '#contract/uplink/messages.ts';
import type { RightState } from '#contract/uplink/rights.ts';
import { dayAt } from '#kit/civil-date.ts';
import type { Clock } from '#kit/clock.ts';
import { newId, type Random } from '#kit/random.ts';
import type { Db, Store } from '#kit/store.ts';
import { type RightRow, rightOf } from './follow.ts';
import { type GrantsLog, logGrant } from './grants-log.ts';
import { liveOfflineLeases, wasOrdered } from './orders.ts';

/** What a kiosk asks with: for the person before it, by the record that it was sent; or ahead of time, for a record sealed to it. */
export type LeaseRequest = Asked & (ForVisit | AheadOfTime);
interface Asked {
  kiosk: string;
  epoch: number;
  reqId: string;
  rightId: string;
}
interface ForVisit {
  identifyReqId: string;
  sealedSha256: string;
}
interface AheadOfTime {
  sealed: string;
  expiresMs: number;
}

/** `sealed` comes with a lease that was asked for ahead of time. */
export type Grant =
  | { ok: true; claims: LeaseClaims; sealed?: string }
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
  return options.store.write('lease.granted', (db) => {
    const nowMs = options.clock.wallMs();
    if (stillRestoring(db, nowMs)) return refuse('central/restoring');
    if (epochIsOver(db, request)) return refuse('right/epoch-closed');
    const before = earlierAnswer(db, request);
    if (before) return before;
    const right = rightOf(db, request.rightId);
    if (!right || !isKnown(db, request) || !mayAsk(db, request, nowMs)) return refuse('right/lease-not-asked');
    if (right.state !== 'usable') return refusalFor(right, request, options.siteName(db, right.kiosk ?? ''));
    const allowed = options.stillAllowed(db, right.person, request.kiosk);
    if (!allowed.ok) return refuse(allowed.code);
    if ('sealed' in request && !hasBlankFor(db, request.kiosk)) return refuse('kiosk/no-blanko');
    const claims = claimsOf(request, allowed, nowMs, options);
    keep(db, claims, request);
    // The last act before the commit: a line stays where the commit itself fails, and nowhere else.
    logGrant(db, options.log, { person: right.person, generation: right.generation, claims });
    return { ok: true, claims, ...('sealed' in request && { sealed: request.sealed }) };
  });
}

function claimsOf(
  request: LeaseRequest,
  { class: cls, policy, rule }: { class: string; policy: string; rule: string },
  nowMs: number,
  { random, leaseMs = 15 * 60_000 }: GrantOptions,
): LeaseClaims {
  const { rightId, kiosk, epoch, reqId } = request;
  const ahead = 'sealed' in request;
  return {
    ...{ v: 1, rightId, leaseId: newId(random), kiosk, epoch, reqId, class: cls, policy, rule },
    ...{ mode: ahead ? 'offline' : 'online', grantedMs: nowMs },
    expiresMs: ahead ? request.expiresMs : nowMs + leaseMs,
    nonce: newId(random),
    sealedSha256: ahead ? hashText(sha256(request.sealed)) : request.sealedSha256,
  };
}

function keep(db: Db, claims: LeaseClaims, request: LeaseRequest): void {
  const { leaseId, rightId, kiosk, epoch, reqId, grantedMs, mode } = claims;
  db.prepare("INSERT INTO lease VALUES (?, ?, ?, ?, ?, ?, 'live', ?, ?)").run(
    ...[leaseId, rightId, kiosk, epoch, reqId, JSON.stringify(claims), grantedMs, mode],
  );
  db.prepare(
    "UPDATE print_right SET state = 'leased', kiosk = ?, epoch = ?, lease_id = ?, changed_ms = ? WHERE right_id = ?",
  ).run(kiosk, epoch, leaseId, grantedMs, rightId);
  if ('sealed' in request) db.prepare('INSERT INTO offline_sealed VALUES (?, ?)').run(leaseId, request.sealed);
}

/** The answer this request has had already: its live lease, its end state, or the void that overtook it. */
function earlierAnswer(db: Db, request: LeaseRequest): Grant | null {
  const { kiosk, epoch, reqId } = request;
  const known = db
    .prepare('SELECT lease_id, claims, state FROM lease WHERE kiosk = ? AND epoch = ? AND req_id = ?')
    .get(kiosk, epoch, reqId) as { lease_id: string; claims: string; state: string } | undefined;
  if (!known) return isVoided(db, request) ? refuse('right/not-usable') : null;
  const claims = JSON.parse(known.claims) as LeaseClaims;
  if (!isSameQuestion(claims, request)) return refuse('right/lease-not-asked');
  if (known.state !== 'live') return refuse('right/not-usable');
  const row = db.prepare('SELECT sealed FROM offline_sealed WHERE lease_id = ?').get(known.lease_id) as
    | { sealed: string }
    | undefined;
  if (claims.mode === 'offline' && !row) return refuse('right/not-usable'); // restored: only the kiosk has its record
  return { ok: true, claims, ...(row && { sealed: row.sealed }) };
}

/** The number of a request names one question. Under the same number nothing else can be asked. */
function isSameQuestion(claims: LeaseClaims, request: LeaseRequest): boolean {
  if (claims.rightId !== request.rightId) return false;
  if ('sealed' in request) return claims.mode === 'offline'; // sealed anew each time; the first sealing counts
  return claims.mode === 'online' && claims.sealedSha256 === request.sealedSha256;
}

function isVoided(db: Db, { kiosk, epoch, reqId }: Asked): boolean {
  const row = db
    .prepare('SELECT 1 FROM voided_request WHERE kiosk = ? AND epoch = ? AND req_id = ?')
    .get(kiosk, epoch, reqId);
  return row !== undefined;
}

function mayAsk(db: Db, request: LeaseRequest, nowMs: number): boolean {
  return 'sealed' in request
    ? wasOrdered(db, request, nowMs)
    : wasIdentified(db, request, request, nowMs - identifiedForMs);
}

function wasIdentified(
  db: Db,
  { kiosk, epoch, rightId }: Asked,
  { identifyReqId, sealedSha256 }: ForVisit,
  notBeforeMs: number,
): boolean {
  const row = db
    .prepare(
      'SELECT 1 FROM identified WHERE kiosk = ? AND epoch = ? AND req_id = ? AND right_id = ? AND sealed_sha256 = ? AND at_ms >= ?',
    )
    .get(kiosk, epoch, identifyReqId, rightId, sealedSha256, notBeforeMs);
  return row !== undefined;
}

function hasBlankFor(db: Db, kiosk: string): boolean {
  return balance(db, kiosk, 'hopper') > liveOfflineLeases(db, kiosk);
}

/** A kiosk that is registered, in an epoch that was opened for it. */
function isKnown(db: Db, { kiosk, epoch }: Asked): boolean {
  const row = db
    .prepare('SELECT 1 FROM kiosk JOIN epoch USING (kiosk) WHERE kiosk = ? AND epoch = ?')
    .get(kiosk, epoch);
  return row !== undefined;
}

/** An epoch ends when it is closed or a newer one is opened, for ever: nothing is said in it any more, not even again. */
function epochIsOver(db: Db, { kiosk, epoch }: Asked): boolean {
  const row = db
    .prepare('SELECT 1 FROM epoch WHERE kiosk = ? AND (epoch > ? OR (epoch = ? AND closed_ms IS NOT NULL))')
    .get(kiosk, epoch, epoch);
  return row !== undefined;
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
