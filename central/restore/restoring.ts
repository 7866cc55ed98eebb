import { termOf } from '#central/rights/settings.ts';
import { hashBytes, sameBytes } from '#contract/uplink/chain.ts';
import type { Message } from '#contract/uplink/messages.ts';
import type { Db } from '#kit/store.ts';
import { adoptListed } from './adopt.ts';

/**
 * Notes the first head that a kiosk names in this term. It counts only where the kiosk says that it knows the term: by then
 * it has given up every question that an earlier central may have answered, and its head stands behind all of its leases.
 */
export function noteListing(db: Db, state: Message<'state'>): void {
  const term = termOf(db);
  if (!state.online || !state.head || state.term !== term) return;
  db.prepare('INSERT OR IGNORE INTO listing VALUES (?, ?, ?, ?, ?)').run(
    ...[state.dev, state.epoch, term, state.head.seq, state.head.hash],
  );
}

/** The kiosks that a restored central still waits for; empty where nothing is restored, or all have told their leases. */
export function awaited(db: Db): string[] {
  const term = unfinishedTerm(db);
  if (term === null) return [];
  const open = db.prepare('SELECT kiosk, epoch, seq FROM epoch WHERE closed_ms IS NULL').all() as Head[];
  return open.filter((head) => !hasListed(db, head, term)).map(({ kiosk }) => kiosk);
}

/** Whether grants must wait. The last kiosk to be heard ends the restore: what they told is then who holds what. */
export function stillRestoring(db: Db, nowMs: number): boolean {
  const term = unfinishedTerm(db);
  if (term === null) return false;
  if (awaited(db).length > 0) return true;
  adoptListed(db, nowMs);
  db.prepare('UPDATE restore SET finished_ms = ? WHERE finished_ms IS NULL').run(nowMs); // also of a term that another one cut short
  return false;
}

/** Whether a backup was put in place whose missing grants nobody has told in full yet. */
export const isRestoring = (db: Db): boolean => unfinishedTerm(db) !== null;

interface Head {
  kiosk: string;
  epoch: number;
  seq: number;
}

function unfinishedTerm(db: Db): number | null {
  const row = db.prepare('SELECT max(term) AS term FROM restore WHERE finished_ms IS NULL').get() as {
    term: number | null;
  };
  return row.term;
}

/** The head that was named is central's too, with the same hash: everything up to it is here. */
function hasListed(db: Db, { kiosk, epoch, seq }: Head, term: number): boolean {
  const listed = db
    .prepare('SELECT seq, hash FROM listing WHERE kiosk = ? AND epoch = ? AND term = ?')
    .get(kiosk, epoch, term) as { seq: number; hash: string } | undefined;
  if (!listed || listed.seq > seq) return false;
  if (listed.seq === 0) return true;
  const row = db
    .prepare('SELECT hash FROM entry WHERE kiosk = ? AND epoch = ? AND seq = ?')
    .get(kiosk, epoch, listed.seq) as { hash: Uint8Array } | undefined;
  return row !== undefined && sameBytes(new Uint8Array(row.hash), hashBytes(listed.hash));
}
