import type { Db } from '#kit/store.ts';
import { countableNow } from './count.ts';
import { epochsOf } from './epochs.ts';

/** Two people looked into the cabinet after an epoch was over: at the kiosk when a later one began, or for the office. */
export interface LaterCount {
  /** The epoch that it is the count of. */
  epoch: number;
  by: string[];
  atMs: number;
}

/**
 * The first count of a later epoch; null where there is none. Whoever made it has seen what lies there, so nothing more will be
 * found; but it was never held against the books of the epoch that was not counted, so it restores no right of it.
 */
export function laterCount(db: Db, kiosk: string, epoch: number): LaterCount | null {
  const row = db
    .prepare(
      `SELECT epoch, by, atMs FROM (SELECT * FROM (
         SELECT epoch, json_extract(text, '$.data.by') AS by, at_ms AS atMs FROM entry
         WHERE kiosk = $kiosk AND epoch > $epoch AND type = 'operator.acted' AND quarantined IS NULL
           AND json_extract(text, '$.data.action') = 'opening-count'
           AND upper(json_extract(text, '$.data.by[0]')) <> upper(json_extract(text, '$.data.by[1]'))
         ORDER BY epoch, seq LIMIT 1) -- a count stands near the beginning of its journal: the rest is not read
         UNION ALL
         SELECT epoch, counted_by, at_ms FROM office_count WHERE kiosk = $kiosk AND epoch > $epoch
       ) ORDER BY epoch LIMIT 1`,
    )
    .get({ kiosk, epoch }) as { epoch: number; by: string; atMs: number } | undefined;
  return row ? { ...row, by: JSON.parse(row.by) as string[] } : null;
}

/** Refuses in words a decision about an epoch that nobody counted, unless a later count is enough for it. */
export function refuseUnlessLooked(db: Db, kiosk: string, epoch: number, restores: boolean): void {
  const later = laterCount(db, kiosk, epoch);
  if (later && !restores) return;
  const uncounted = `epoch ${epoch} of ${kiosk} was not counted`;
  if (later)
    throw new Error(`${uncounted} before epoch ${later.epoch} began: no right of it is restored; issued or lost`);
  const next = countableNow(epochsOf(db, kiosk));
  if (next?.epoch === epoch) throw new Error(`${uncounted}: count-kiosk first`);
  if (next) throw new Error(`${uncounted}: count-kiosk first (it counts epoch ${next.epoch} now), then issued or lost`);
  const newest = epochsOf(db, kiosk).at(-1);
  throw new Error(
    `${uncounted}, and epoch ${newest?.epoch} has begun: opening-count at the kiosk first, then issued or lost`,
  );
}
