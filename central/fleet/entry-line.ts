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
