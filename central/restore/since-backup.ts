import { openEpoch } from '#central/intake/intake.ts';
import type { Message } from '#contract/uplink/messages.ts';
import type { Db } from '#kit/store.ts';

interface EpochName {
  kiosk: string;
  epoch: number;
}

const told = 'told of by its kiosk alone: the log that knew of it is lost';

/**
 * Whether there is such an older epoch of this kiosk. One that was opened since a backup whose log is lost is known to its kiosk
 * alone: a place is made for its journal, and no authority, for it is closed from the start.
 */
export function remembersEpoch(db: Db, { dev: kiosk, epoch: now }: Message<'state'>, epoch: number): boolean {
  if (isKnown(db, { kiosk, epoch })) return true;
  const lostMs = restoredWithoutLogMs(db);
  if (lostMs === null || !isKnown(db, { kiosk, epoch: now })) return false;
  openEpoch(db, kiosk, epoch, lostMs);
  db.prepare(
    `UPDATE epoch SET opened_reason = ?, closed_ms = ?, closed_by = '[]', closed_reason = ? WHERE kiosk = ? AND epoch = ?`,
  ).run(told, lostMs, told, kiosk, epoch);
  return true;
}

/** When a restore had to do without its log last, which explains what only a kiosk remembers; null where none had to. */
export function restoredWithoutLogMs(db: Db): number | null {
  return (db.prepare("SELECT max(at_ms) AS ms FROM restore WHERE way = 'kiosks'").get() as { ms: number | null }).ms;
}

function isKnown(db: Db, { kiosk, epoch }: EpochName): boolean {
  return db.prepare('SELECT 1 FROM epoch WHERE kiosk = ? AND epoch = ?').get(kiosk, epoch) !== undefined;
}

/** The epochs that are over by the backup alone, before a log is applied. */
export function closedEpochs(db: Db): EpochName[] {
  return db.prepare('SELECT kiosk, epoch FROM epoch WHERE closed_ms IS NOT NULL').all() as EpochName[];
}

/** Keeps in mind which ones the log has ended since: where lines of it are missing, those may have granted rights in them. */
export function noteEndedSince(db: Db, before: readonly EpochName[]): void {
  const note = db.prepare('INSERT OR IGNORE INTO ended_since VALUES (?, ?)');
  const were = new Set(before.map(({ kiosk, epoch }) => `${kiosk}|${epoch}`));
  for (const { kiosk, epoch } of closedEpochs(db)) if (!were.has(`${kiosk}|${epoch}`)) note.run(kiosk, epoch);
}

export function forgetEndedSince(db: Db): void {
  db.prepare('DELETE FROM ended_since').run();
}
