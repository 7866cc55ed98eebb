import type { GrantsLog } from '#central/rights/grants-log.ts';
import { termOf, wholeSetting } from '#central/rights/settings.ts';
import type { Store } from '#kit/store.ts';
import { applyLog } from './apply-log.ts';

/**
 * Brings in what the grants log tells and this database does not: the last commit failed, or was answered and lost (a disk that
 * lied, a machine set back). Nobody can say which, so the right is with its kiosk until that one uses it or voids its question.
 * Before anything is granted. Returns how many lines.
 */
export function takeSurplus(store: Store, { surplus = [] }: GrantsLog, nowMs: number): number {
  const { known, term } = store.read((db) => ({ known: wholeSetting(db, 'granted', 0), term: termOf(db) }));
  const lines = surplus.filter(({ n }) => n > known);
  if (lines.some((line) => line.term > term))
    throw new Error(
      'the grants log tells of a newer term than this database: put a backup in place with `central restore`',
    );
  return lines.length === 0 ? 0 : store.write('grants.caught-up', (db) => applyLog(db, lines, nowMs));
}
