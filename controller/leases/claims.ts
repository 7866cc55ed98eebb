import type { ProblemCode } from '#contract/problems/codes.ts';
import { hashText, sha256 } from '#contract/uplink/chain.ts';
import type { LeaseClaims } from '#contract/uplink/messages.ts';
import type { Append, Appended } from '#controller/journal/journal.ts';
import type { Db } from '#kit/store.ts';

/** The question that claims must answer, and who asked it. */
export interface Asked {
  reqId: string;
  rightId: string;
  /** The record that the claims must be bound to, as central sealed it. */
  sealed: string;
  mode: LeaseClaims['mode'];
  kiosk: string;
  epoch: number;
}

/** Why verified claims are not this kiosk's to use, or null. */
export function claimsForbid(db: Db, claims: LeaseClaims, asked: Asked, wallMs: number): ProblemCode | null {
  const forUs = claims.kiosk === asked.kiosk && claims.epoch === asked.epoch && claims.mode === asked.mode;
  if (!forUs || claims.reqId !== asked.reqId || claims.rightId !== asked.rightId) return 'right/lease-not-asked';
  if (claims.sealedSha256 !== hashText(sha256(asked.sealed))) return 'right/lease-invalid';
  if (claims.expiresMs <= wallMs) return 'right/lease-expired';
  if (authorityIsClosed(db)) return 'right/epoch-closed';
  if (db.prepare('SELECT 1 FROM revoked_lease WHERE lease_id = ?').get(claims.leaseId)) return 'right/revoked';
  const row = db.prepare('SELECT state FROM lease_request WHERE req_id = ?').get(asked.reqId) as
    | { state: string }
    | undefined;
  return row?.state === 'asked' ? null : 'right/lease-not-asked';
}

/** Keeps a lease: the fact, and the row that every intent reads again. */
export function keepIn(append: Append, db: Db, claims: LeaseClaims, wallMs: number, visitNo?: string): Appended {
  const { leaseId, rightId, reqId, mode, policy, rule, grantedMs, expiresMs, sealedSha256 } = claims;
  const entry = append({
    type: 'lease.received',
    subject: leaseId,
    ...(visitNo && { visitNo }),
    data: { leaseId, rightId, reqId, mode, class: claims.class, policy, rule, expiresAtMs: expiresMs, sealedSha256 },
  });
  db.prepare("UPDATE lease_request SET state = 'granted' WHERE req_id = ?").run(reqId);
  const lastsMs = Math.min(expiresMs, wallMs + expiresMs - grantedMs); // a clock that is behind makes no lease longer
  db.prepare("INSERT INTO lease VALUES (?, ?, ?, ?, ?, 'live')").run(leaseId, rightId, reqId, lastsMs, wallMs);
  return entry;
}

/** This kiosk's epoch was closed: from then on no right of it may be used, whatever arrives. */
export function authorityIsClosed(db: Db): boolean {
  return db.prepare("SELECT 1 FROM counter WHERE name = 'authority-closed'").get() !== undefined;
}
