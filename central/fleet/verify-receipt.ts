import { entryHash, genesisHash, hashBytes, hashText, sameBytes } from '#contract/uplink/chain.ts';
import type { Entry, PrintOutcome } from '#contract/uplink/entries.ts';
import { nextTurn } from '#kit/async.ts';
import type { Db, Store } from '#kit/store.ts';

/** The entry that a receipt names, and what can be proved of it. */
export interface ReceiptEntry {
  kiosk: string;
  epoch: number;
  seq: number;
  visitNo: string | null;
  outcome: PrintOutcome | null;
  atMs: number;
  receivedMs: number;
  hash: string;
  /** All texts from the first entry of the epoch on give this hash. */
  chainVerifies: boolean;
  /** Committed, and told to the kiosk as such. */
  acknowledged: boolean;
}

/** `genuine` only where one entry has this hash, its chain verifies, and it says that a card was issued. */
export type ReceiptVerdict =
  | { verdict: 'genuine' | 'not-issued' | 'broken-chain'; entry: ReceiptEntry }
  | { verdict: 'ambiguous'; entries: ReceiptEntry[] }
  | { verdict: 'unknown' };

/**
 * Tells whether a receipt is genuine, by the hash it bears: the ten characters, grouped or not, the text of its QR, or the
 * whole hash. Reading a long chain lets others go on in between. Rejects what can be no such hash.
 */
export async function verifyReceipt(store: Store, typed: string): Promise<ReceiptVerdict> {
  const hash = receiptHash(typed);
  if (hash === null) throw new Error('this is no receipt hash: ten characters stand on the receipt, like Ab3d E9x Kq7');
  const found = store.read((db) => rowsByHash(db, hash));
  const entries: ReceiptEntry[] = [];
  for (const row of found) entries.push(await entryFrom(store, row));
  const [entry, other] = entries;
  if (!entry) return { verdict: 'unknown' };
  if (other) return { verdict: 'ambiguous', entries };
  if (!entry.chainVerifies || !entry.acknowledged) return { verdict: 'broken-chain', entry };
  return { verdict: entry.outcome === 'issued' ? 'genuine' : 'not-issued', entry };
}

/** What was typed, without its groups and without what stands before it in a QR; null where it cannot be a hash. */
export function receiptHash(typed: string): string | null {
  const hash = (typed.trim().split(':').at(-1) ?? '').replaceAll(' ', '');
  return /^[A-Za-z0-9_-]{10,43}$/.test(hash) ? hash : null;
}

export interface HashRow {
  kiosk: string;
  epoch: number;
  seq: number;
  visit_no: string | null;
  at_ms: number;
  received_ms: number;
  text: string;
  quarantined: string | null;
  hash: Uint8Array;
}

/** The ends of print jobs whose hash begins so. */
export function rowsByHash(db: Db, hash: string): HashRow[] {
  const from = hashBytes(hash.slice(0, 8)); // six whole bytes; the rest is compared as text
  const to = new Uint8Array(32).fill(0xff);
  to.set(from);
  const rows = db
    .prepare("SELECT * FROM entry WHERE type = 'print.outcome' AND hash >= ? AND hash <= ? ORDER BY kiosk, epoch, seq")
    .all(Buffer.from(from), Buffer.from(to)) as HashRow[];
  return rows.filter((row) => hashText(row.hash).startsWith(hash));
}

async function entryFrom(store: Store, row: HashRow): Promise<ReceiptEntry> {
  const { kiosk, epoch, seq } = row;
  const mark = store.read((db) =>
    db.prepare('SELECT seq FROM epoch WHERE kiosk = ? AND epoch = ?').get(kiosk, epoch),
  ) as { seq: number } | undefined;
  return {
    ...{ kiosk, epoch, seq, visitNo: row.visit_no, atMs: row.at_ms, receivedMs: row.received_ms },
    outcome: row.quarantined === null ? (JSON.parse(row.text) as Entry<'print.outcome'>).data.outcome : null,
    hash: hashText(row.hash),
    chainVerifies: await chainLeadsTo(store, row),
    acknowledged: mark !== undefined && mark.seq >= seq,
  };
}

const entriesAtOnce = 2_000;

/** Walks the epoch from its first entry on: no entry is missing and each hash follows from the one before. */
async function chainLeadsTo(store: Store, { kiosk, epoch, seq }: HashRow): Promise<boolean> {
  let hash = genesisHash(kiosk, epoch);
  for (let done = 0; done < seq; done += entriesAtOnce) {
    const upTo = Math.min(seq, done + entriesAtOnce);
    const rows = store.read((db) =>
      db
        .prepare('SELECT text, hash FROM entry WHERE kiosk = ? AND epoch = ? AND seq > ? AND seq <= ? ORDER BY seq')
        .all(kiosk, epoch, done, upTo),
    ) as { text: string; hash: Uint8Array }[];
    if (rows.length !== upTo - done) return false;
    for (const row of rows) {
      hash = entryHash(hash, row.text);
      if (!sameBytes(hash, new Uint8Array(row.hash))) return false;
    }
    if (upTo < seq) await nextTurn();
  }
  return true;
}
