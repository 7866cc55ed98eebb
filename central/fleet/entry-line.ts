import { hashText } from '#contract/uplink/chain.ts';
import type { Entry, EntryType } from '#contract/uplink/entries.ts';
import type { Db } from '#kit/store.ts';

/** One committed fact, as a line of a story. */
export interface EntryLine {
  kiosk: string;
  epoch: number;
  seq: number;
  type: EntryType | 'unknown';
  visitNo: string | null;
  subject: string | null;
  /** By the kiosk's clock, and when central had it. */
  atMs: number;
  receivedMs: number;
  /** Empty where the entry could not be used: what stands in such a text is known to nobody. */
  data: Record<string, unknown>;
  quarantined: string | null;
  /** The first ten characters of its hash, as on a receipt. */
  hash: string;
}

/**
 * The row before the first that came in at `sinceMs` or later. Rows are never deleted and come in as time goes on, so
 * twenty looks find it among a million: what happened today is among the rows after it, and no scan is needed.
 */
export function rowBefore(db: Db, sinceMs: number): number {
  const receivedMs = db.prepare('SELECT received_ms AS ms FROM entry WHERE rowid = ?');
  const { last } = db.prepare('SELECT ifnull(max(rowid), 0) AS last FROM entry').get() as { last: number };
  let [before, from] = [0, last + 1];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    const { ms } = receivedMs.get(middle) as { ms: number };
    if (ms < sinceMs) before = middle;
    else from = middle;
  }
  return before;
}

interface Row {
  kiosk: string;
  epoch: number;
  seq: number;
  type: EntryType | 'unknown';
  visit_no: string | null;
  subject: string | null;
  at_ms: number;
  received_ms: number;
  text: string;
  quarantined: string | null;
  hash: Uint8Array;
}

/** Lines in the order of each kiosk's journal. `where` is SQL over the table `entry`; values come as parameters. */
export function linesWhere(db: Db, where: string, ...values: unknown[]): EntryLine[] {
  const rows = db.prepare(`SELECT * FROM entry WHERE ${where} ORDER BY kiosk, epoch, seq LIMIT 500`).all(...values);
  return (rows as Row[]).map(lineFrom);
}

function lineFrom(row: Row): EntryLine {
  return {
    kiosk: row.kiosk,
    epoch: row.epoch,
    seq: row.seq,
    type: row.type,
    visitNo: row.visit_no,
    subject: row.subject,
    atMs: row.at_ms,
    receivedMs: row.received_ms,
    data: row.quarantined === null ? { ...(JSON.parse(row.text) as Entry).data } : {},
    quarantined: row.quarantined,
    hash: hashText(row.hash).slice(0, 10),
  };
}
