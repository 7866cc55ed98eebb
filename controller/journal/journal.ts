import { entryHash, genesisHash, hashBytes, sameBytes } from '#contract/uplink/chain.ts';
import { type Entry, type EntryType, isEntry } from '#contract/uplink/entries.ts';
import { maxEntryBytes } from '#contract/uplink/messages.ts';
import type { Clock } from '#kit/clock.ts';
import type { Db, Store } from '#kit/store.ts';

/** A fact before it has a time: what the caller says. */
export type Fact = { [K in EntryType]: Omit<Entry<K>, 'at'> }[EntryType];

export interface Head {
  seq: number;
  hash: Uint8Array;
}

export interface Appended extends Head {
  text: string;
}

export interface Acked extends Head {
  term: number;
}

export interface Batch {
  first: number;
  prev: Uint8Array;
  texts: string[];
}

/** Appends facts inside the caller's transaction. */
export type Append = (fact: Fact) => Appended;

export interface Journal {
  readonly kiosk: string;
  readonly epoch: number;
  /** This process life; a new one each start. */
  readonly boot: string;
  /** One named durable write with the facts that belong to it. Throws StoreBroken when the disk fails. */
  record<T>(name: string, work: (append: Append, db: Db) => T): T;
  head(): Head;
  acked(): Acked;
  /** Entries after `seq`, at most so many and so many bytes; null where there are none. */
  batchAfter(seq: number, maxEntries: number, maxBytes: number): Batch | null;
  hashAt(seq: number): Uint8Array | null;
  /** Remembers what central has committed; written with the next record, or by `saveAcked`. */
  acknowledge(acked: Acked): void;
  saveAcked(): void;
  entries(fromSeq: number, toSeq: number): Entry[];
  /** Called after each commit that appended something. */
  onAppend(listener: () => void): void;
}

export interface JournalOptions {
  store: Store;
  clock: Clock;
  kiosk: string;
  epoch: number;
  boot: string;
}

export function openJournal({ store, clock, kiosk, epoch, boot }: JournalOptions): Journal {
  const genesis: Head = { seq: 0, hash: genesisHash(kiosk, epoch) };
  const listeners: (() => void)[] = [];
  let acked = readAcked(store, epoch) ?? { ...genesis, term: 1 };
  let saved = acked;

  const headIn = (db: Db): Head => {
    const row = db.prepare('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1').get() as Row | undefined;
    return row ? { seq: row.seq, hash: new Uint8Array(row.hash) } : genesis;
  };

  const appendIn =
    (db: Db): Append =>
    (fact) => {
      const text = JSON.stringify({
        ...fact,
        at: { wallMs: Math.round(clock.wallMs()), boot, upMs: Math.round(clock.monotonicMs()) },
      });
      if (!isEntry(fact.type, JSON.parse(text))) throw new TypeError(`${fact.type}: not as the contract says: ${text}`);
      if (Buffer.byteLength(text) > maxEntryBytes) throw new RangeError(`${fact.type}: entry too large`);
      const head = headIn(db);
      const hash = entryHash(head.hash, text);
      const seq = head.seq + 1;
      db.prepare('INSERT INTO journal (seq, text, prev_hash, hash) VALUES (?, ?, ?, ?)').run(
        seq,
        text,
        head.hash,
        hash,
      );
      return { seq, hash, text };
    };

  const writeAcked = (db: Db) => {
    if (acked === saved) return;
    db.prepare('INSERT OR REPLACE INTO acked (epoch, term, seq, hash) VALUES (?, ?, ?, ?)').run(
      epoch,
      acked.term,
      acked.seq,
      acked.hash,
    );
  };

  function write<T>(name: string, work: (append: Append, db: Db) => T): T {
    const before = acked;
    const result = store.write(name, (db) => {
      const value = work(appendIn(db), db);
      writeAcked(db);
      return value;
    });
    saved = before;
    return result;
  }

  return {
    kiosk,
    epoch,
    boot,
    record(name, work) {
      const result = write(name, work);
      for (const listener of listeners) listener();
      return result;
    },
    head: () => store.read(headIn),
    acked: () => acked,
    batchAfter: (seq, maxEntries, maxBytes) => store.read((db) => batchIn(db, seq, maxEntries, maxBytes)),
    hashAt: (seq) => (seq === 0 ? genesis.hash : store.read((db) => hashIn(db, seq))),
    acknowledge(next) {
      if (next.seq !== acked.seq || next.term !== acked.term) acked = next;
    },
    saveAcked() {
      if (acked !== saved) write('acked', () => undefined);
    },
    entries: (from, to) =>
      store.read((db) => {
        const rows = db.prepare('SELECT text FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq').all(from, to) as {
          text: string;
        }[];
        return rows.map((row) => JSON.parse(row.text) as Entry);
      }),
    onAppend: (listener) => listeners.push(listener),
  };
}

interface Row {
  seq: number;
  hash: Uint8Array;
}

function readAcked(store: Store, epoch: number): Acked | null {
  const row = store.read((db) => db.prepare('SELECT term, seq, hash FROM acked WHERE epoch = ?').get(epoch)) as
    | (Row & { term: number })
    | undefined;
  return row ? { term: row.term, seq: row.seq, hash: new Uint8Array(row.hash) } : null;
}

function hashIn(db: Db, seq: number): Uint8Array | null {
  const row = db.prepare('SELECT hash FROM journal WHERE seq = ?').get(seq) as { hash: Uint8Array } | undefined;
  return row ? new Uint8Array(row.hash) : null;
}

function batchIn(db: Db, seq: number, maxEntries: number, maxBytes: number): Batch | null {
  const rows = db
    .prepare('SELECT seq, text, prev_hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?')
    .all(seq, maxEntries) as {
    seq: number;
    text: string;
    prev_hash: Uint8Array;
  }[];
  const [start] = rows;
  if (!start) return null;
  const texts: string[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += Buffer.byteLength(row.text);
    if (texts.length > 0 && bytes > maxBytes) break;
    texts.push(row.text);
  }
  return { first: start.seq, prev: new Uint8Array(start.prev_hash), texts };
}

export interface ChainFault {
  seq: number;
  what: 'gap' | 'prev-hash' | 'hash';
}

/** Walks the chain from `fromSeq` (its predecessor is trusted); null where every link holds. */
export function verifyChain(store: Store, kiosk: string, epoch: number, fromSeq = 1): ChainFault | null {
  return store.read((db) => {
    let seq = fromSeq - 1;
    let prev = seq === 0 ? genesisHash(kiosk, epoch) : hashIn(db, seq);
    const rows = db
      .prepare('SELECT seq, text, prev_hash, hash FROM journal WHERE seq >= ? ORDER BY seq')
      .iterate(fromSeq);
    for (const row of rows as Iterable<{ seq: number; text: string; prev_hash: Uint8Array; hash: Uint8Array }>) {
      if (row.seq !== seq + 1 || !prev) return { seq: row.seq, what: 'gap' };
      if (!sameBytes(prev, new Uint8Array(row.prev_hash))) return { seq: row.seq, what: 'prev-hash' };
      prev = entryHash(prev, row.text);
      if (!sameBytes(prev, new Uint8Array(row.hash))) return { seq: row.seq, what: 'hash' };
      seq = row.seq;
    }
    return null;
  });
}

/** Reads a head as it stands in a message. */
export function headFromText(head: { seq: number; hash: string }): Head {
  return { seq: head.seq, hash: hashBytes(head.hash) };
}
