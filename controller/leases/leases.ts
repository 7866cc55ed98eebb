import type { ProblemCode } from '#contract/problems/codes.ts';
import { hashText, sha256 } from '#contract/uplink/chain.ts';
import { isLeaseClaims, type LeaseClaims } from '#contract/uplink/messages.ts';
import type { Journal } from '#controller/journal/journal.ts';
import type { Clock } from '#kit/clock.ts';
import type { PublicKey, Sealer } from '#kit/sealer.ts';
import type { Db, Store } from '#kit/store.ts';

/** A right that this kiosk may use now. */
export interface Lease {
  leaseId: string;
  rightId: string;
  reqId: string;
  class: string;
  rule: string;
  policy: string;
  /** Uptime of this life when it was received: its age must not depend on the wall clock alone. */
  receivedUpMs: number;
}

export type LeaseVerdict = { ok: true; lease: Lease } | { ok: false; code: ProblemCode };

export interface Leases {
  /** Makes the question durable. From here on only an outcome or a void ends it. */
  ask(reqId: string, rightId: string): void;
  /** Verifies what came back and keeps it, or says why not. `sealed` is the record that the citizen reviewed. */
  receive(
    jws: string,
    asked: { reqId: string; rightId: string; sealed: string },
    visitNo: string,
  ): Promise<LeaseVerdict>;
  /**
   * Ends a question or a lease that will not be used; told to central, which frees the right. Nothing happens to one that
   * an attempt holds or that an outcome has ended: its end state is terminal.
   */
  void(reqId: string, reason: string, visitNo?: string): void;
  /** Questions and leases that no attempt holds: voided at every start, or a citizen who walked away would be locked out. */
  voidAllUnused(reason: string): number;
}

export interface LeasesOptions {
  store: Store;
  journal: Journal;
  clock: Clock;
  sealer: Sealer;
  centralSigningKey: PublicKey;
}

const bad = (code: ProblemCode): LeaseVerdict => ({ ok: false, code });

export function openLeases({ store, journal, clock, sealer, centralSigningKey }: LeasesOptions): Leases {
  function verdict(claims: LeaseClaims, asked: { reqId: string; rightId: string; sealed: string }): ProblemCode | null {
    const forUs = claims.kiosk === journal.kiosk && claims.epoch === journal.epoch;
    if (!forUs || claims.reqId !== asked.reqId || claims.rightId !== asked.rightId) return 'right/lease-not-asked';
    if (claims.sealedSha256 !== hashText(sha256(asked.sealed))) return 'right/lease-invalid';
    if (claims.expiresMs <= clock.wallMs()) return 'right/lease-expired';
    const open = store.read((db) => requestState(db, asked.reqId)) === 'asked';
    return open ? null : 'right/lease-not-asked';
  }

  function keep(claims: LeaseClaims, visitNo: string): void {
    const { leaseId, rightId, reqId, mode, policy, rule, expiresMs, sealedSha256 } = claims;
    journal.record('lease.received', (append, db) => {
      append({
        type: 'lease.received',
        subject: leaseId,
        visitNo,
        data: {
          leaseId,
          rightId,
          reqId,
          mode,
          class: claims.class,
          policy,
          rule,
          expiresAtMs: expiresMs,
          sealedSha256,
        },
      });
      db.prepare("UPDATE lease_request SET state = 'granted' WHERE req_id = ?").run(reqId);
      db.prepare("INSERT INTO lease VALUES (?, ?, ?, ?, ?, 'live')").run(
        leaseId,
        rightId,
        reqId,
        expiresMs,
        clock.wallMs(),
      );
    });
  }

  return {
    ask(reqId, rightId) {
      store.write('lease.asked', (db) =>
        db.prepare("INSERT INTO lease_request VALUES (?, ?, 'asked')").run(reqId, rightId),
      );
    },
    async receive(jws, asked, visitNo) {
      const claims = await sealer.verify(jws, centralSigningKey).catch(() => null);
      if (!isLeaseClaims(claims)) return bad('right/lease-invalid');
      const wrong = verdict(claims, asked);
      if (wrong) return bad(wrong);
      keep(claims, visitNo);
      const { leaseId, rightId, reqId, rule, policy } = claims;
      const receivedUpMs = clock.monotonicMs();
      return { ok: true, lease: { leaseId, rightId, reqId, rule, policy, class: claims.class, receivedUpMs } };
    },
    void(reqId, reason, visitNo) {
      if (store.read(unusedRequests).includes(reqId))
        journal.record('lease.voided', (append, db) => voidIn(append, db, reqId, reason, visitNo));
    },
    voidAllUnused(reason) {
      const unused = store.read(unusedRequests);
      for (const reqId of unused) journal.record('lease.voided', (append, db) => voidIn(append, db, reqId, reason));
      return unused.length;
    },
  };
}

type Append = Parameters<Parameters<Journal['record']>[1]>[0];

function voidIn(append: Append, db: Db, reqId: string, reason: string, visitNo?: string): void {
  const row = db
    .prepare(
      'SELECT r.right_id, l.lease_id FROM lease_request r LEFT JOIN lease l ON l.req_id = r.req_id WHERE r.req_id = ?',
    )
    .get(reqId) as { right_id: string; lease_id: string | null };
  append({
    type: 'lease.voided',
    ...(visitNo && { visitNo }),
    data: { reqId, rightId: row.right_id, reason, ...(row.lease_id && { leaseId: row.lease_id }) },
  });
  db.prepare("UPDATE lease_request SET state = 'ended' WHERE req_id = ?").run(reqId);
  db.prepare("UPDATE lease SET state = 'voided' WHERE req_id = ? AND state = 'live'").run(reqId);
}

function requestState(db: Db, reqId: string): 'asked' | 'granted' | 'ended' | null {
  const row = db.prepare('SELECT state FROM lease_request WHERE req_id = ?').get(reqId) as
    | { state: 'asked' | 'granted' | 'ended' }
    | undefined;
  return row?.state ?? null;
}

function unusedRequests(db: Db): string[] {
  const rows = db
    .prepare(
      `SELECT r.req_id FROM lease_request r LEFT JOIN lease l ON l.req_id = r.req_id
       WHERE r.state != 'ended' AND (l.lease_id IS NULL OR l.state = 'live')
         AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.lease_id = l.lease_id AND a.outcome IS NULL)`,
    )
    .all() as { req_id: string }[];
  return rows.map((row) => row.req_id);
}
