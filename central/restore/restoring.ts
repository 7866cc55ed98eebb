import { termOf } from '#central/rights/settings.ts';
import { hashBytes, sameBytes } from '#contract/uplink/chain.ts';
import type { Message } from '#contract/uplink/messages.ts';
import type { Db } from '#kit/store.ts';
import { adoptListed } from './adopt.ts';
import { forgetEndedSince, remembersEpoch } from './since-backup.ts';

/**
 * Notes the first head that a kiosk names in this term, and those of its older journals. They count only where the kiosk says
 * that it knows the term: by then it has given up every question that an earlier central may have answered, and its head stands
 * behind all of its leases.
 */
export function noteListing(db: Db, state: Message<'state'>): void {
  const term = termOf(db);
  if (!state.online || !state.head || state.term !== term) return;
  const note = db.prepare('INSERT OR IGNORE INTO listing VALUES (?, ?, ?, ?, ?)');
  note.run(state.dev, state.epoch, term, state.head.seq, state.head.hash);
  for (const { epoch, seq, hash } of state.older ?? [])
    if (epoch < state.epoch && remembersEpoch(db, state, epoch)) note.run(state.dev, epoch, term, seq, hash);
}

/** The journals that a restored central still waits for, as people call them; empty where nothing is restored, or all was told. */
export function awaited(db: Db): string[] {
  return awaitedJournals(db).map(({ kiosk, epoch, isOlder }) => (isOlder ? `${kiosk} (epoch ${epoch})` : kiosk));
}

/** A journal that is not here to its end: that of an open epoch, or an older one whose kiosk goes on in a newer one. */
export interface AwaitedJournal {
  kiosk: string;
  epoch: number;
  isOlder: boolean;
}

export function awaitedJournals(db: Db): AwaitedJournal[] {
  const { term, sinceMs } = unfinished(db);
  if (term === null) return [];
  const heads = db.prepare(mayBeMissing).all({ sinceMs }) as (Head & { closed_ms: number | null })[];
  return heads
    .filter((head) => !hasListed(db, head, term))
    .map(({ kiosk, epoch, closed_ms }) => ({ kiosk, epoch, isOlder: closed_ms !== null }));
}

/** Whether grants must wait. The last kiosk to be heard ends the restore: what they told is then who holds what. */
export function stillRestoring(db: Db, nowMs: number): boolean {
  if (!isRestoring(db)) return false;
  if (awaited(db).length > 0) return true;
  adoptListed(db, nowMs);
  db.prepare('UPDATE restore SET finished_ms = ? WHERE finished_ms IS NULL').run(nowMs); // also of a term that another one cut short
  forgetEndedSince(db);
  return false;
}

/** Whether a backup was put in place whose missing grants nobody has told in full yet. */
export const isRestoring = (db: Db): boolean => unfinished(db).term !== null;

interface Head {
  kiosk: string;
  epoch: number;
  seq: number;
}

/**
 * What may hold leases that nobody here remembers: the journal of each open epoch, and with it each older one of that kiosk which
 * was not over when the backup was made. Staff end the waiting for all older ones by an act of their own (`close-epoch`); that the
 * next epoch was opened, which closes one in passing, says nothing of what the old journal holds.
 */
const mayBeMissing = `
  SELECT kiosk, epoch, seq, closed_ms FROM epoch e
  WHERE closed_ms IS NULL OR (
    EXISTS (SELECT 1 FROM epoch n WHERE n.kiosk = e.kiosk AND n.epoch > e.epoch AND n.closed_ms IS NULL)
    AND (closed_ms >= @sinceMs OR EXISTS (SELECT 1 FROM ended_since s WHERE s.kiosk = e.kiosk AND s.epoch = e.epoch))
    AND NOT EXISTS (
      SELECT 1 FROM epoch c WHERE c.kiosk = e.kiosk AND c.epoch >= e.epoch AND c.closed_ms >= @sinceMs AND c.closed_by <> '[]'
      AND NOT EXISTS (SELECT 1 FROM epoch n WHERE n.kiosk = c.kiosk AND n.epoch > c.epoch AND n.opened_ms = c.closed_ms)))
  ORDER BY kiosk, epoch`;

/** The newest term that waits, and since when any does. */
function unfinished(db: Db): { term: number | null; sinceMs: number | null } {
  return db
    .prepare('SELECT max(term) AS term, min(at_ms) AS sinceMs FROM restore WHERE finished_ms IS NULL')
    .get() as ReturnType<typeof unfinished>;
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
