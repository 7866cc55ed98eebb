import { entryHash, hashBytes } from '#contract/uplink/chain.ts';
import { type Entry, type EntryType, isEntry } from '#contract/uplink/entries.ts';
import { maxEntryBytes } from '#contract/uplink/messages.ts';
import type { Clock } from '#kit/clock.ts';
import type { Db, Store } from '#kit/store.ts';
import { beginning, hashIn } from './chain.ts';
import { ackedIn, batchIn, type Head, keepAcked, type Outbox } from './outbox.ts';

/** A fact before it has a time: what the caller says. */
export type Fact = { [K in EntryType]: Omit<Entry<K>, 'at'> }[EntryType];

export interface Appended extends Head {
  text: string;
}

/** Appends facts inside the caller's transaction. */
export type Append = (fact: Fact) => Appended;

export interface Journal extends Outbox {
  /** This process life; a new one each start. */
  readonly boot: string;
  /** The start of the board that this life runs in; null where that is not known. */
  readonly boardBoot: string | null;
  /** One named durable write with the facts that belong to it. Throws StoreBroken when the disk fails. */
  record<T>(name: string, work: (append: Append, db: Db) => T): T;
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
  boardBoot?: string | null;
}

export function openJournal({ store, clock, kiosk, epoch, boot, boardBoot = null }: JournalOptions): Journal {
  const start = () => store.read((db) => beginning(db, { kiosk, epoch }));
  const listeners: (() => void)[] = [];
  let acked = store.read((db) => ackedIn(db, epoch)) ?? { ...start(), term: 1 };
  let saved = acked;

  const headIn = (db: Db): Head => {
    const row = db.prepare('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1').get() as Head | undefined;
    return row ? { seq: row.seq, hash: new Uint8Array(row.hash) } : beginning(db, { kiosk, epoch });
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
    if (acked !== saved) keepAcked(db, epoch, acked);
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
    boardBoot,
    record(name, work) {
      const result = write(name, work);
      for (const listener of listeners) listener();
      return result;
    },
    head: () => store.read(headIn),
    acked: () => acked,
    batchAfter: (seq, maxEntries, maxBytes) => store.read((db) => batchIn(db, seq, maxEntries, maxBytes)),
    hashAt(seq) {
      const { seq: first, hash } = start();
      return seq === first ? hash : store.read((db) => hashIn(db, seq));
    },
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

/** Reads a head as it stands in a message. */
export function headFromText(head: { seq: number; hash: string }): Head {
  return { seq: head.seq, hash: hashBytes(head.hash) };
}
