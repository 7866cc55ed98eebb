import type { Db, Store } from '#kit/store.ts';
import type { Journal } from './journal.ts';

/** Entries are kept at least so long and so many, however long ago central has them: a restored office asks for them again. */
export const kept = { forMs: 90 * 24 * 60 * 60_000, entries: 100_000 };
/** One write removes so many: it must not hold up a card. */
const sliceEntries = 5_000;

interface Bounds {
  head: number;
  acked: number;
  nowMs: number;
}

/** Up to where a journal may go now: acknowledged, old, and followed by enough. Null where nothing may. */
export function trimPoint(db: Db, { head, acked, nowMs }: Bounds, { forMs, entries } = kept): number | null {
  const last = Math.min(acked, head - entries);
  const row = db.prepare('SELECT min(seq) AS first FROM journal').get() as { first: number | null };
  if (row.first === null || row.first > last) return null;
  const cut = Math.min(last, row.first + sliceEntries - 1);
  const at = db.prepare("SELECT json_extract(text, '$.at.wallMs') AS ms FROM journal WHERE seq = ?").get(cut);
  return nowMs - (at as { ms: number }).ms > forMs ? cut : null;
}

/** Takes away the oldest entries where that is allowed; true where there may be more. The chain then begins at the cut. */
export function trimJournal(journal: Journal, store: Store, nowMs: number, limits = kept): boolean {
  const bounds = { head: journal.head().seq, acked: journal.acked().seq, nowMs };
  const cut = store.read((db) => trimPoint(db, bounds, limits));
  if (cut === null) return false;
  return store.write('journal.trimmed', (db) => {
    db.prepare('INSERT INTO trimmed SELECT seq, hash, ? FROM journal WHERE seq = ?').run(nowMs, cut);
    db.prepare('DELETE FROM trimmed WHERE seq < ?').run(cut);
    db.prepare('DELETE FROM journal WHERE seq <= ?').run(cut);
    return true;
  });
}
