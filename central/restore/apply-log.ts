import { cancelOpenCommands } from '#central/commands/commands.ts';
import { leaveCabinet } from '#central/epochs/books.ts';
import { openEpoch } from '#central/intake/intake.ts';
import type { EpochRow, GrantLine, KioskLine, LogLine } from '#central/rights/grants-log.ts';
import { changeSetting, wholeSetting } from '#central/rights/settings.ts';
import type { Db } from '#kit/store.ts';
import { fenceClosedEpochs, holdRight, insertLease } from './held-lease.ts';

/** Brings in what the database does not know. It only takes: rights become free again by what their kiosks tell. Returns how many lines. */
export function applyLog(db: Db, lines: readonly LogLine[], nowMs: number): number {
  const known = wholeSetting(db, 'granted', 0);
  const news = lines.filter(({ n }) => n > known);
  const kiosks = news.filter((line) => line.what === 'kiosk');
  const grants = news.filter((line) => line.what === 'grant');
  for (const line of lastOf(kiosks, (line) => line.kiosk.kiosk)) applyKiosk(db, line, nowMs);
  const last = lastOf(grants, ({ claims }) => claims.rightId);
  for (const line of last) applyGrant(db, line, nowMs);
  for (const { claims } of grants) insertLease(db, claims, 'ended'); // all that another one followed
  fenceClosedEpochs(db);
  changeSetting(db, 'granted', Math.max(known, news.at(-1)?.n ?? 0));
  return news.length;
}

/** The last line of each, in the order of the log. */
function lastOf<T extends LogLine>(lines: readonly T[], whose: (line: T) => string): T[] {
  const last = new Map(lines.map((line) => [whose(line), line]));
  return lines.filter((line) => last.get(whose(line)) === line);
}

function applyGrant(db: Db, { person, generation, claims }: GrantLine, nowMs: number): void {
  const { kiosk, epoch, reqId } = claims;
  const voided = db
    .prepare('SELECT 1 FROM voided_request WHERE kiosk = ? AND epoch = ? AND req_id = ?')
    .get(kiosk, epoch, reqId);
  if (voided) {
    insertLease(db, claims, 'voided');
    return;
  }
  const odd = holdRight(db, { person, generation, claims, state: 'leased' }, nowMs);
  if (odd) db.prepare('INSERT INTO anomaly VALUES (?, ?, 0, ?, ?)').run(kiosk, epoch, odd, nowMs);
}

function applyKiosk(db: Db, { kiosk, epochs }: KioskLine, nowMs: number): void {
  db.prepare(
    'INSERT OR REPLACE INTO kiosk VALUES (@kiosk, @shard, @site, @sealing_key, @password_hash, @registered_ms)',
  ).run(kiosk);
  for (const epoch of epochs) applyEpoch(db, kiosk.kiosk, epoch, nowMs);
}

/** What was closed once stays closed; with a new epoch the cabinet's books begin anew, as they did then. */
function applyEpoch(db: Db, kiosk: string, row: EpochRow, nowMs: number): void {
  const { epoch, opened_ms, opened_by, opened_reason, closed_ms, closed_by, closed_reason } = row;
  const known = db.prepare('SELECT closed_ms FROM epoch WHERE kiosk = ? AND epoch = ?').get(kiosk, epoch);
  if (!known) {
    if (epoch > 1) leaveCabinet(db, kiosk);
    openEpoch(db, kiosk, epoch, opened_ms);
    const opened = 'UPDATE epoch SET opened_by = ?, opened_reason = ? WHERE kiosk = ? AND epoch = ?';
    db.prepare(opened).run(opened_by, opened_reason, kiosk, epoch);
  }
  const isClosed = (known as EpochRow | undefined)?.closed_ms ?? null;
  if (closed_ms === null || isClosed !== null) return;
  cancelOpenCommands(db, kiosk, nowMs);
  const close = 'UPDATE epoch SET closed_ms = ?, closed_by = ?, closed_reason = ? WHERE kiosk = ? AND epoch = ?';
  db.prepare(close).run(closed_ms, closed_by, closed_reason, kiosk, epoch);
}
