import type { ProblemCode } from '#contract/problems/codes.ts';
import { isLeaseClaims } from '#contract/uplink/messages.ts';
import type { Journal } from '#controller/journal/journal.ts';
import type { Clock } from '#kit/clock.ts';
import type { PublicKey, Sealer } from '#kit/sealer.ts';
import type { Store } from '#kit/store.ts';
import { type Asked, claimsForbid, keepIn } from './claims.ts';
import { unusedRequests, voidIn } from './ending.ts';

/** A right that this kiosk may use now. */
export interface Lease {
  leaseId: string;
  rightId: string;
  reqId: string;
  class: string;
  rule: string;
  policy: string;
  /** On this life's uptime, when it was received: its age must not depend on the wall clock alone. Below zero for an earlier life. */
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
  return {
    ask(reqId, rightId) {
      store.write('lease.asked', (db) =>
        db.prepare("INSERT INTO lease_request VALUES (?, ?, 'asked')").run(reqId, rightId),
      );
    },
    async receive(jws, question, visitNo) {
      const claims = await sealer.verify(jws, centralSigningKey).catch(() => null);
      if (!isLeaseClaims(claims)) return bad('right/lease-invalid');
      const asked: Asked = { ...question, mode: 'online', kiosk: journal.kiosk, epoch: journal.epoch };
      const wrong = store.read((db) => claimsForbid(db, claims, asked, clock.wallMs()));
      if (wrong) return bad(wrong);
      journal.record('lease.received', (append, db) => keepIn(append, db, claims, clock.wallMs(), visitNo));
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
