import type { Db } from '#kit/store.ts';

export interface Head {
  seq: number;
  hash: Uint8Array;
}

/** What central has committed: up to `seq`, in that term of its database. */
export interface Acked extends Head {
  term: number;
}

export interface Batch {
  first: number;
  prev: Uint8Array;
  texts: string[];
}

/** What of a journal the sender needs: that of this epoch, or an older one that is still drained. */
export interface Outbox {
  readonly kiosk: string;
  readonly epoch: number;
  head(): Head;
  acked(): Acked;
  /** Entries after `seq`, at most so many and so many bytes; null where there are none. */
  batchAfter(seq: number, maxEntries: number, maxBytes: number): Batch | null;
  /** Null where this journal has no such entry, or has it no more. */
  hashAt(seq: number): Uint8Array | null;
  /** Remembers what central has committed; written with the next record, or by `saveAcked`. */
  acknowledge(acked: Acked): void;
  saveAcked(): void;
}

export function ackedIn(db: Db, epoch: number): Acked | null {
  const row = db.prepare('SELECT term, seq, hash FROM acked WHERE epoch = ?').get(epoch) as Acked | undefined;
  return row ? { term: row.term, seq: row.seq, hash: new Uint8Array(row.hash) } : null;
}

export function keepAcked(db: Db, epoch: number, { term, seq, hash }: Acked): void {
  db.prepare('INSERT OR REPLACE INTO acked (epoch, term, seq, hash) VALUES (?, ?, ?, ?)').run(epoch, term, seq, hash);
}

export function batchIn(db: Db, seq: number, maxEntries: number, maxBytes: number): Batch | null {
  const rows = db
    .prepare('SELECT seq, text, prev_hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?')
    .all(seq, maxEntries) as { seq: number; text: string; prev_hash: Uint8Array }[];
  const [start] = rows;
  if (!start) return null;
  const texts: string[] = [];
  let bytes = 0;
  for (const { text } of rows) {
    bytes += Buffer.byteLength(text);
    if (texts.length > 0 && bytes > maxBytes) break;
    texts.push(text);
  }
  return { first: start.seq, prev: new Uint8Array(start.prev_hash), texts };
}
