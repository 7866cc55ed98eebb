import type { Two } from '#central/commands/people.ts';
import { moveRight, rightOf } from '#central/rights/follow.ts';
import type { RightState } from '#contract/uplink/rights.ts';
import type { Db } from '#kit/store.ts';

/** A right that waits because its holder said that the data is wrong. */
export interface Pause {
  rightId: string;
  sinceMs: number;
  /** The visit that said so; the last one, where there were several. */
  visitNo: string | null;
  /** The delivery that last changed the person's record: what came before the pause does not end it. */
  dataset: string | null;
}

/** The oldest first. */
export function pausedRights(db: Db): Pause[] {
  const rows = db
    .prepare(
      `SELECT right_id AS rightId, changed_ms AS sinceMs, dataset FROM print_right LEFT JOIN record USING (person)
       WHERE state = 'paused' ORDER BY changed_ms, right_id`,
    )
    .all() as Omit<Pause, 'visitNo'>[];
  const visits = visitsThatPaused(db, new Set(rows.map(({ rightId }) => rightId)));
  return rows.map((row) => ({ ...row, visitNo: visits.get(row.rightId) ?? null }));
}

/** The last visit of each, looked for from the newest entry back, and no further than needed: there is no index for it. */
function visitsThatPaused(db: Db, rightIds: ReadonlySet<string>): Map<string, string | null> {
  const found = new Map<string, string | null>();
  if (rightIds.size === 0) return found;
  const visits = db
    .prepare(
      `SELECT json_extract(text, '$.data.rightId') AS rightId, visit_no AS visitNo FROM entry
       WHERE type = 'visit.ended' AND quarantined IS NULL AND json_extract(text, '$.data.outcome') = 'data-disputed'
       ORDER BY rowid DESC`,
    )
    .iterate() as Iterable<{ rightId: string | null; visitNo: string | null }>;
  for (const { rightId, visitNo } of visits) {
    if (rightId !== null && rightIds.has(rightId) && !found.has(rightId)) found.set(rightId, visitNo);
    if (found.size === rightIds.size) break;
  }
  return found;
}

/**
 * Ends a pause that no delivery will end, in the caller's transaction: the correction had landed before the kiosk could say
 * that there was a dispute, or the record was right all along. Who, when and why stands in the look-up log. Throws why not.
 */
export function endPause(
  db: Db,
  nowMs: number,
  rightId: string,
  { by, reason }: { by: Two; reason: string },
): { state: RightState } {
  const right = rightOf(db, rightId);
  if (!right) throw new Error(`there is no right ${rightId}`);
  const odd = moveRight(db, right, 'decided:resumed', nowMs);
  if (odd) throw new Error(`right ${rightId} is ${right.state}: there is no pause to end`);
  const log = db.prepare("INSERT INTO lookup VALUES (?, 'end-pause', ?, ?)");
  for (const who of by) log.run(who, `right ${rightId}: ${reason}`, nowMs);
  return { state: 'usable' };
}
