import type { EntryPlace } from '#central/intake/intake.ts';
import type { Entry } from '#contract/uplink/entries.ts';
import { atKiosk, moveOf, type RightMove, type RightState, rightAfter } from '#contract/uplink/rights.ts';
import type { Db } from '#kit/store.ts';

export interface RightRow {
  right_id: string;
  person: string;
  generation: number;
  state: RightState;
  kiosk: string | null;
  epoch: number | null;
  lease_id: string | null;
  changed_ms: number;
}

/**
 * Moves the right that an entry speaks of, by the contract's table. Returns what did not fit: such an entry is kept,
 * changes nothing, and is shown to a person.
 */
export function followRight(db: Db, place: EntryPlace, entry: Entry, nowMs: number): string | null {
  const move = moveOf(entry.type, entry.data as { outcome?: string });
  const rightId = (entry.data as { rightId?: string }).rightId;
  if (!move || !rightId) return null;
  const right = rightOf(db, rightId);
  if (entry.type === 'lease.voided') {
    voidRequest(db, place, entry.data.reqId);
    if (!right) return null; // asked for and given up after the backup that this database was restored from
  }
  if (!right) return `${entry.type}: no such right`;
  if (entry.type === 'lease.voided' && !holdsByRequest(db, right, place, entry.data.reqId)) return null; // never granted, or over
  if (entry.type === 'visit.ended' ? right.state !== 'usable' : !heldBy(right, place, entry)) {
    return `${entry.type}: the right is ${right.state} and not with this kiosk`;
  }
  return moveRight(db, right, move, nowMs);
}

/** Moves a right by the contract's table, whoever may do so. Returns what the table does not know; then nothing is changed. */
export function moveRight(db: Db, right: RightRow, move: RightMove, nowMs: number): string | null {
  const step = rightAfter(right.state, move);
  if ('anomaly' in step) return step.anomaly;
  setState(db, right, step.to, nowMs);
  endLease(db, right, step.to, move);
  return null;
}

/** The rights that a kiosk holds, or held when its epoch was closed. */
export function rightsAt(db: Db, kiosk: string, epoch: number): RightRow[] {
  const rows = db.prepare('SELECT * FROM print_right WHERE kiosk = ? AND epoch = ? ORDER BY changed_ms, right_id');
  return (rows.all(kiosk, epoch) as RightRow[]).filter(({ state }) => atKiosk.includes(state));
}

/** An entry moves a right only from the kiosk, the epoch and the lease that hold it. */
function heldBy(right: RightRow, place: EntryPlace, entry: Entry): boolean {
  const leaseId = (entry.data as { leaseId?: string }).leaseId ?? entry.subject?.split('/')[0];
  return (
    right.kiosk === place.kiosk && right.epoch === place.epoch && (leaseId === undefined || leaseId === right.lease_id)
  );
}

/** A void may come for a grant that the kiosk never saw: then it names only its own request. */
function holdsByRequest(db: Db, right: RightRow, { kiosk, epoch }: EntryPlace, reqId: string): boolean {
  const lease = db
    .prepare('SELECT lease_id FROM lease WHERE kiosk = ? AND epoch = ? AND req_id = ?')
    .get(kiosk, epoch, reqId) as { lease_id: string } | undefined;
  return lease !== undefined && lease.lease_id === right.lease_id;
}

function voidRequest(db: Db, { kiosk, epoch }: EntryPlace, reqId: string): void {
  db.prepare('INSERT OR IGNORE INTO voided_request VALUES (?, ?, ?)').run(kiosk, epoch, reqId);
}

export function rightOf(db: Db, rightId: string): RightRow | null {
  return (db.prepare('SELECT * FROM print_right WHERE right_id = ?').get(rightId) as RightRow | undefined) ?? null;
}

function setState(db: Db, right: RightRow, to: RightState, nowMs: number): void {
  const free = to === 'usable' || to === 'paused' || to === 'closed';
  db.prepare(
    'UPDATE print_right SET state = ?, kiosk = ?, epoch = ?, lease_id = ?, changed_ms = ? WHERE right_id = ?',
  ).run(to, free ? null : right.kiosk, free ? null : right.epoch, free ? null : right.lease_id, nowMs, right.right_id);
}

/** The end state of a lease is terminal: what comes after it is another lease. */
function endLease(db: Db, right: RightRow, to: RightState, move: string): void {
  const over = to === 'issued' || to === 'usable' || to === 'held' || to === 'in-doubt' || to === 'lost';
  if (!right.lease_id || !over) return;
  db.prepare("UPDATE lease SET state = ? WHERE lease_id = ? AND state = 'live'").run(
    move === 'lease.voided' ? 'voided' : 'ended',
    right.lease_id,
  );
}
