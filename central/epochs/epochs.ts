import { cancelOpenCommands, createCommand } from '#central/commands/commands.ts';
import type { Two } from '#central/commands/people.ts';
import { openEpoch } from '#central/intake/intake.ts';
import { nextEpoch } from '#central/restore/next-epoch.ts';
import { moveRight, rightsAt } from '#central/rights/follow.ts';
import type { Random } from '#kit/random.ts';
import type { Db } from '#kit/store.ts';
import { leaveCabinet } from './books.ts';

/** One database file of a kiosk: who opened it, who closed it, and why. */
export interface EpochRow {
  kiosk: string;
  epoch: number;
  openedMs: number;
  openedBy: string[];
  openedReason: string;
  closedMs: number | null;
  closedBy: string[] | null;
  closedReason: string | null;
  /** How far its journal has come in. */
  seq: number;
}

/** What two people of the office do, and why. */
export interface Act {
  by: Two;
  reason: string;
}

export interface Closed {
  epoch: number;
  /** Rights that were with the kiosk: late facts still count, otherwise two people decide. */
  fenced: number;
}

/** A command that ends an epoch is sent as long as anybody may still keep the old disk. */
const tellClosedForMs = 365 * 24 * 3_600_000;

export function epochsOf(db: Db, kiosk?: string): EpochRow[] {
  const rows = db
    .prepare(`SELECT * FROM epoch ${kiosk === undefined ? '' : 'WHERE kiosk = ?'} ORDER BY kiosk, epoch`)
    .all(...(kiosk === undefined ? [] : [kiosk])) as Row[];
  return rows.map(rowFrom);
}

export function newestEpoch(db: Db, kiosk: string): EpochRow | null {
  const row = db.prepare('SELECT * FROM epoch WHERE kiosk = ? ORDER BY epoch DESC LIMIT 1').get(kiosk);
  return row ? rowFrom(row as Row) : null;
}

/** Whether a kiosk's question of this epoch may be answered. Only the newest epoch can be open. */
export function epochStands(db: Db, kiosk: string, epoch: number): 'open' | 'closed' | 'unknown' {
  const newest = newestEpoch(db, kiosk);
  if (!newest || epoch > newest.epoch) return 'unknown';
  return newest.epoch === epoch && newest.closedMs === null ? 'open' : 'closed';
}

/** Ends a kiosk's authority for good, in the caller's transaction; throws where there is none to end. */
export function closeEpoch(db: Db, random: Random, nowMs: number, kiosk: string, act: Act): Closed {
  const newest = newestEpoch(db, kiosk);
  if (!newest) throw new Error(`there is no kiosk ${kiosk}`);
  if (newest.closedMs !== null) throw new Error(`epoch ${newest.epoch} of ${kiosk} is closed already`);
  const { epoch } = newest;
  db.prepare('UPDATE epoch SET closed_ms = ?, closed_by = ?, closed_reason = ? WHERE kiosk = ? AND epoch = ?').run(
    nowMs,
    JSON.stringify(act.by),
    act.reason,
    kiosk,
    epoch,
  );
  const held = rightsAt(db, kiosk, epoch);
  for (const right of held) {
    const odd = moveRight(db, right, 'epoch.closed', nowMs);
    if (odd) throw new Error(`right ${right.right_id}: ${odd}`); // the table knows this move in every state at a kiosk
  }
  cancelOpenCommands(db, kiosk, nowMs);
  const expiresMs = nowMs + tellClosedForMs;
  const order = { kiosk, kind: 'epoch-closed', args: { epoch: String(epoch) }, expiresMs, orderedBy: act.by };
  createCommand(db, random, nowMs, order);
  return { epoch, fenced: held.length };
}

/**
 * Opens the next epoch of a kiosk, in the caller's transaction, and closes the one before if nobody did. What the old
 * books hold inside the cabinet becomes `unexplained`: the new journal starts at 0 and counts from there.
 */
export function openNextEpoch(
  db: Db,
  random: Random,
  nowMs: number,
  kiosk: string,
  act: Act,
): { epoch: number; closed: Closed | null; unexplained: number } {
  const newest = newestEpoch(db, kiosk);
  if (!newest) throw new Error(`there is no kiosk ${kiosk}`);
  const closed = newest.closedMs === null ? closeEpoch(db, random, nowMs, kiosk, act) : null;
  const epoch = nextEpoch(db, kiosk);
  openEpoch(db, kiosk, epoch, nowMs);
  db.prepare('UPDATE epoch SET opened_by = ?, opened_reason = ? WHERE kiosk = ? AND epoch = ?').run(
    JSON.stringify(act.by),
    act.reason,
    kiosk,
    epoch,
  );
  return { epoch, closed, unexplained: leaveCabinet(db, kiosk) };
}

interface Row {
  kiosk: string;
  epoch: number;
  opened_ms: number;
  opened_by: string;
  opened_reason: string;
  closed_ms: number | null;
  closed_by: string | null;
  closed_reason: string | null;
  seq: number;
}

function rowFrom(row: Row): EpochRow {
  return {
    kiosk: row.kiosk,
    epoch: row.epoch,
    openedMs: row.opened_ms,
    openedBy: JSON.parse(row.opened_by) as string[],
    openedReason: row.opened_reason,
    closedMs: row.closed_ms,
    closedBy: row.closed_by === null ? null : (JSON.parse(row.closed_by) as string[]),
    closedReason: row.closed_reason,
    seq: row.seq,
  };
}
