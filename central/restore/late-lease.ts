import type { EntryPlace } from '#central/intake/intake.ts';
import { moveRight, type RightRow, rightOf } from '#central/rights/follow.ts';
import type { Entry } from '#contract/uplink/entries.ts';
import type { LeaseClaims } from '#contract/uplink/messages.ts';
import type { Db } from '#kit/store.ts';
import { claimsOf, holderOf } from './adopt.ts';
import { holdRight, insertLease } from './held-lease.ts';
import { isRestoring } from './restoring.ts';
import { restoredWithoutLogMs } from './since-backup.ts';

/**
 * A kiosk received a lease that is not known here: it was closed unheard in a restore without its log, and comes back. The lease
 * takes its right where that is with nobody, so that the facts after it move it. While a restore waits nothing is taken one by
 * one: then half a journal does not tell who held a right last. Returns what a person must see.
 */
export function takeLateLease(db: Db, place: EntryPlace, entry: Entry, nowMs: number): string | null {
  if (entry.type !== 'lease.received' || isKnown(db, entry.data.leaseId) || isRestoring(db)) return null;
  const claims = claimsOf(place, entry.data, nowMs);
  const right = rightOf(db, claims.rightId);
  if (right && !isWithNobody(right)) {
    insertLease(db, claims, 'ended'); // whoever has the right keeps it: only that kiosk decides about it
    return `${unknown}, and its right is ${right.state}${right.kiosk === null ? '' : ` at ${right.kiosk}`}`;
  }
  const odd = hold(db, claims, nowMs);
  if (right?.state === 'paused')
    return odd ?? `${unknown}, and its right was paused: its holder had said that the data is wrong`;
  return odd ?? (restoredWithoutLogMs(db) === null ? unknown : null);
}

const unknown = 'lease.received: no such lease';

const isWithNobody = ({ state }: RightRow) => state === 'usable' || state === 'paused';

function hold(db: Db, claims: LeaseClaims, nowMs: number): string | null {
  const odd = holdRight(db, { ...holderOf(db, claims.rightId), claims, state: 'leased' }, nowMs);
  const right = rightOf(db, claims.rightId);
  return odd ?? (right && isClosed(db, claims) ? moveRight(db, right, 'epoch.closed', nowMs) : null);
}

function isKnown(db: Db, leaseId: string): boolean {
  return db.prepare('SELECT 1 FROM lease WHERE lease_id = ?').get(leaseId) !== undefined;
}

function isClosed(db: Db, { kiosk, epoch }: LeaseClaims): boolean {
  const row = db.prepare('SELECT closed_ms FROM epoch WHERE kiosk = ? AND epoch = ?').get(kiosk, epoch);
  return (row as { closed_ms: number | null } | undefined)?.closed_ms !== null;
}
