import { type RightRow, rightOf } from '#central/rights/follow.ts';
import type { LeaseClaims } from '#contract/uplink/messages.ts';
import { atKiosk, type RightState, rightAfter } from '#contract/uplink/rights.ts';
import type { Db } from '#kit/store.ts';

/** Someone's right, which a lease outside of the database has taken. */
export interface HeldLease {
  person: string;
  generation: number;
  claims: LeaseClaims;
  state: RightState;
}

/** States that no lease follows: what is told of one now is told to people. */
const over: readonly RightState[] = ['issued', 'lost', 'closed'];
const isLive = (state: RightState) => ['leased', 'intended', 'inking', 'presenting'].includes(state);

/** Puts a right where a lease says it is. Returns what does not fit: then the right stays as it was. */
export function holdRight(db: Db, { person, generation, claims, state }: HeldLease, nowMs: number): string | null {
  const { rightId, leaseId, kiosk, epoch } = claims;
  const right = rightOf(db, rightId);
  if (right && over.includes(right.state)) return `lease ${leaseId}: its right is ${right.state}`;
  if (!right) insertRight(db, { rightId, person, generation }, nowMs);
  db.prepare("UPDATE lease SET state = 'ended' WHERE right_id = ? AND state = 'live'").run(rightId);
  insertLease(db, claims, isLive(state) ? 'live' : 'ended');
  db.prepare(
    'UPDATE print_right SET state = ?, kiosk = ?, epoch = ?, lease_id = ?, changed_ms = ? WHERE right_id = ?',
  ).run(state, kiosk, epoch, leaseId, nowMs, rightId);
  return null;
}

/** A later card is opened only where the one before it is over. How it ended is not known here. */
function insertRight(
  db: Db,
  { rightId, person, generation }: { rightId: string; person: string; generation: number },
  nowMs: number,
): void {
  db.prepare(
    `UPDATE print_right SET state = 'closed', kiosk = NULL, epoch = NULL, lease_id = NULL
     WHERE person = ? AND generation < ? AND state NOT IN ('issued', 'closed', 'lost')`,
  ).run(person, generation);
  db.prepare("INSERT INTO print_right VALUES (?, ?, ?, 'usable', NULL, NULL, NULL, ?)").run(
    ...[rightId, person, generation, nowMs],
  );
}

export function insertLease(db: Db, claims: LeaseClaims, state: 'live' | 'ended' | 'voided'): void {
  const { leaseId, rightId, kiosk, epoch, reqId, grantedMs, mode } = claims;
  db.prepare('INSERT OR IGNORE INTO lease VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    ...[leaseId, rightId, kiosk, epoch, reqId, JSON.stringify(claims), state, grantedMs, mode],
  );
}

/** Rights that are with an epoch which is closed are in nobody's hands: late facts or named people decide. */
export function fenceClosedEpochs(db: Db): void {
  const rows = db
    .prepare('SELECT r.* FROM print_right r JOIN epoch e USING (kiosk, epoch) WHERE e.closed_ms IS NOT NULL')
    .all() as RightRow[];
  for (const right of rows.filter(({ state }) => atKiosk.includes(state))) {
    const step = rightAfter(right.state, 'epoch.closed');
    if ('to' in step) db.prepare('UPDATE print_right SET state = ? WHERE right_id = ?').run(step.to, right.right_id);
  }
}
