import type { Message } from '#contract/uplink/messages.ts';
import type { Db } from '#kit/store.ts';
import { markOf } from './intake.ts';

const dayMs = 24 * 3_600_000;

/**
 * A kiosk names an acknowledgement of this very term that reaches further than what is here: this database came back older than
 * it was. The kiosk does not send those entries again, for within one term a lower acknowledgement is a late one; only a new
 * term asks for them. Tells a person, once a day while it lasts; returns what is new to tell.
 */
export function noteLoss(
  db: Db,
  { dev, epoch, acked, term: said }: Message<'state'>,
  { term, nowMs }: { term: number; nowMs: number },
): string | null {
  const mark = markOf(db, dev, epoch);
  if (!mark || !acked || said !== term || acked.seq <= mark.seq) return null;
  const what = `entries were lost here: ${acked.seq} were acknowledged in term ${term}, ${mark.seq} are left; make a backup and put it in place (central restore): the kiosk sends them again in a new term`;
  const told = db.prepare(
    'SELECT 1 FROM anomaly WHERE kiosk = ? AND epoch = ? AND seq = ? AND what = ? AND seen_ms > ?',
  );
  if (told.get(dev, epoch, acked.seq, what, nowMs - dayMs)) return null;
  db.prepare('INSERT INTO anomaly VALUES (?, ?, ?, ?, ?)').run(dev, epoch, acked.seq, what, nowMs);
  return what;
}
