import { rightOf } from '#central/rights/follow.ts';
import type { Entry } from '#contract/uplink/entries.ts';
import type { LeaseClaims } from '#contract/uplink/messages.ts';
import { moveOf, type RightState, type RightStep, rightAfter } from '#contract/uplink/rights.ts';
import type { Db } from '#kit/store.ts';
import { fenceClosedEpochs, holdRight, insertLease } from './held-lease.ts';

interface Row {
  kiosk: string;
  epoch: number;
  seq: number;
  subject: string | null;
  text: string;
}
export type Received = Extract<Entry, { type: 'lease.received' }>;

/** Leases that only the kiosks' journals tell of: each is followed to where its own entries left it, and takes its right there. */
export function adoptListed(db: Db, nowMs: number): void {
  for (const row of unknownLeases(db)) {
    const { data } = JSON.parse(row.text) as Received;
    const state = endOf(db, row, data);
    const claims = claimsOf(row, data, nowMs);
    const holder = state === 'usable' ? 'nobody' : holderOf(db, data.rightId);
    if (holder === 'nobody') insertLease(db, claims, 'ended');
    else note(db, row, holdRight(db, { ...holder, claims, state }, nowMs), nowMs);
  }
  fenceClosedEpochs(db);
}

function unknownLeases(db: Db): Row[] {
  return db
    .prepare(
      `SELECT kiosk, epoch, seq, subject, text FROM entry WHERE type = 'lease.received' AND quarantined IS NULL
         AND NOT EXISTS (SELECT 1 FROM lease WHERE lease_id = entry.subject)
       ORDER BY kiosk, epoch, seq`,
    )
    .all() as Row[];
}

/** A right that this database never had is kept without a person, until the office opens it for one: its name then fits. */
export function holderOf(db: Db, rightId: string): { person: string; generation: number } {
  return rightOf(db, rightId) ?? { person: `unknown|${rightId}`, generation: 1 };
}

function endOf(db: Db, { kiosk, epoch, seq }: Row, { leaseId, reqId }: Received['data']): RightState {
  const rows = db
    .prepare(
      `SELECT kiosk, epoch, seq, subject, text FROM entry
       WHERE kiosk = ? AND epoch = ? AND seq > ? AND quarantined IS NULL ORDER BY seq`,
    )
    .all(kiosk, epoch, seq) as Row[];
  let state: RightState = 'leased';
  for (const row of rows) {
    const entry = JSON.parse(row.text) as Entry;
    const data = entry.data as { leaseId?: string; reqId?: string; outcome?: string };
    const isOurs = data.leaseId === leaseId || data.reqId === reqId || row.subject?.split('/')[0] === leaseId;
    const move = isOurs ? moveOf(entry.type, data) : null;
    const step: RightStep | null = move ? rightAfter(state, move) : null;
    if (step && 'to' in step) state = step.to;
  }
  return state;
}

/** What the signed claims said is not all in the journal; nobody asks for these again, for the kiosk has the lease. */
export function claimsOf(
  { kiosk, epoch }: Pick<Row, 'kiosk' | 'epoch'>,
  data: Received['data'],
  nowMs: number,
): LeaseClaims {
  const { expiresAtMs, ...rest } = data;
  return { v: 1, ...rest, kiosk, epoch, grantedMs: nowMs, expiresMs: expiresAtMs, nonce: 'told by its kiosk' };
}

function note(db: Db, { kiosk, epoch, seq }: Row, odd: string | null, nowMs: number): void {
  if (odd) db.prepare('INSERT INTO anomaly VALUES (?, ?, ?, ?, ?)').run(kiosk, epoch, seq, odd, nowMs);
}
