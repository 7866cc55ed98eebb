import { entryHash, genesisHash, hashBytes, hashText, sameBytes } from '#contract/uplink/chain.ts';
import { type Entry, isEntry, isEntryType } from '#contract/uplink/entries.ts';
import type { Message } from '#contract/uplink/messages.ts';
import type { Clock } from '#kit/clock.ts';
import type { Db, Store } from '#kit/store.ts';

/** Where an entry stands: which kiosk, which database file of it, which row. */
export interface EntryPlace {
  kiosk: string;
  epoch: number;
  seq: number;
}

/** Applies one well-formed entry to central's tables; returns what looked wrong about it, or null. */
export type ApplyEntry = (db: Db, place: EntryPlace, entry: Entry) => string | null;

export interface Intake {
  /** Takes one batch in; returns the acknowledgement, or null where nothing may be said (unknown kiosk, epoch or place). */
  take(evt: Message<'evt'>): Message<'ack'> | null;
  /** Several batches, from one kiosk or many, in one durable write: a backlog costs one fsync for all that came together. */
  takeAll(evts: readonly Message<'evt'>[]): (Message<'ack'> | null)[];
  /** The acknowledgement for a snapshot: where central stands, and whether the kiosk's head is another history. */
  compare(state: Message<'state'>): Message<'ack'> | null;
  /**
   * The acknowledgements for the older epochs of a kiosk that shows itself. Where central was restored, a journal that had been
   * heard to its end learns from this one alone that it is to be sent again.
   */
  older(state: Message<'state'>): Message<'ack'>[];
}

/** How far a journal has come in. */
export interface Mark {
  seq: number;
  hash: Uint8Array;
}

/** `term` is the life of central's database; it grows when a backup is restored. */
export function openIntake(store: Store, clock: Clock, term: number, apply: ApplyEntry): Intake {
  const ack = (epoch: number, mark: Mark, more: Partial<Message<'ack'>> | undefined = {}): Message<'ack'> => ({
    v: 1,
    term,
    epoch,
    seq: mark.seq,
    hash: hashText(mark.hash),
    gap: false,
    ...more,
  });

  /** Inside a transaction. Throws only for a fault of ours; the transaction then leaves nothing of any batch. */
  function answer(db: Db, evt: Message<'evt'>): Message<'ack'> | null {
    const mark = markOf(db, evt.dev, evt.epoch);
    if (!mark) return null;
    if (evt.first > mark.seq + 1) return ack(evt.epoch, mark, { gap: true });
    const taken = takeIn(db, evt, clock.wallMs(), apply);
    return ack(evt.epoch, taken.mark, taken.fork && { fork: taken.fork });
  }

  /** A batch that would change nothing costs no durable write. */
  function isIdle(db: Db, evt: Message<'evt'>): boolean {
    const mark = markOf(db, evt.dev, evt.epoch);
    return !mark || evt.first > mark.seq + 1;
  }

  function take(evt: Message<'evt'>): Message<'ack'> | null {
    if (store.read((db) => isIdle(db, evt))) return store.read((db) => answer(db, evt));
    return store.write('intake', (db) => answer(db, evt));
  }

  return {
    take,
    takeAll(evts) {
      const [only] = evts;
      if (only && evts.length === 1) return [take(only)];
      return store.write('intake', (db) => evts.map((evt) => answer(db, evt)));
    },
    compare(state) {
      const mark = store.read((db) => markOf(db, state.dev, state.epoch));
      if (!mark || !state.head) return null;
      const known = store.read((db) => hashAt(db, state.dev, state.epoch, state.head?.seq ?? 0));
      const other = known && !sameBytes(known, hashBytes(state.head.hash));
      const behind = state.head.seq < mark.seq;
      if (other || behind)
        return ack(state.epoch, mark, { fork: { seq: state.head.seq, hash: hashText(known ?? mark.hash) } });
      return ack(state.epoch, mark);
    },
    older({ dev, epoch }) {
      const marks = store.read((db) =>
        db.prepare('SELECT epoch, seq, hash FROM epoch WHERE kiosk = ? AND epoch < ? ORDER BY epoch').all(dev, epoch),
      ) as (Mark & { epoch: number })[];
      return marks.map((mark) => ack(mark.epoch, { seq: mark.seq, hash: new Uint8Array(mark.hash) }));
    },
  };
}

function takeIn(
  db: Db,
  evt: Message<'evt'>,
  nowMs: number,
  apply: ApplyEntry,
): { mark: Mark; fork?: { seq: number; hash: string } } {
  const before = markOf(db, evt.dev, evt.epoch) as Mark;
  let hash = hashBytes(evt.prev);
  const forked = (seq: number, known: Uint8Array) => {
    db.prepare('INSERT INTO fork VALUES (?, ?, ?, ?, ?)').run(
      evt.dev,
      evt.epoch,
      evt.first,
      JSON.stringify(evt),
      nowMs,
    );
    return { mark: before, fork: { seq, hash: hashText(known) } };
  };
  const start = hashAt(db, evt.dev, evt.epoch, evt.first - 1);
  if (!start || !sameBytes(start, hash)) return forked(evt.first - 1, start ?? before.hash);
  // First walk the whole batch: nothing of a batch that forks is kept.
  const fresh: { seq: number; text: string; hash: Uint8Array }[] = [];
  for (const [index, text] of evt.evs.entries()) {
    const seq = evt.first + index;
    hash = entryHash(hash, text);
    const known = seq <= before.seq ? hashAt(db, evt.dev, evt.epoch, seq) : null;
    if (known && !sameBytes(known, hash)) return forked(seq, known);
    if (seq > before.seq) fresh.push({ seq, text, hash });
  }
  for (const row of fresh)
    insert(db, { kiosk: evt.dev, epoch: evt.epoch, seq: row.seq }, row.text, row.hash, nowMs, apply);
  const last = fresh.at(-1);
  if (!last) return { mark: before };
  db.prepare('UPDATE epoch SET seq = ?, hash = ? WHERE kiosk = ? AND epoch = ?').run(
    last.seq,
    last.hash,
    evt.dev,
    evt.epoch,
  );
  return { mark: { seq: last.seq, hash: last.hash } };
}

function insert(db: Db, place: EntryPlace, text: string, hash: Uint8Array, nowMs: number, apply: ApplyEntry): void {
  const entry = readEntry(text);
  const wrong = typeof entry === 'string' ? entry : null;
  const row = typeof entry === 'string' ? null : entry;
  db.prepare('INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    place.kiosk,
    place.epoch,
    place.seq,
    text,
    hash,
    row?.type ?? 'unknown',
    row?.subject ?? null,
    row?.visitNo ?? null,
    row?.at.wallMs ?? nowMs,
    nowMs,
    wrong,
  );
  const odd = row ? apply(db, place, row) : wrong;
  if (odd)
    db.prepare('INSERT INTO anomaly VALUES (?, ?, ?, ?, ?)').run(place.kiosk, place.epoch, place.seq, odd, nowMs);
}

/** The entry, or why it cannot be used. */
function readEntry(text: string): Entry | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const type = (value as { type?: unknown } | null)?.type;
  if (typeof type !== 'string') return `no type, but ${typeof type}`;
  if (!isEntryType(type)) return `unknown type ${type.slice(0, 60)}`;
  if (!isEntry(type, value)) return `${type}: not as the contract says`;
  return Number.isSafeInteger(value.at.wallMs) ? value : `${type}: a time beyond all clocks`; // no column could hold it
}

export function markOf(db: Db, kiosk: string, epoch: number): Mark | null {
  const row = db.prepare('SELECT seq, hash FROM epoch WHERE kiosk = ? AND epoch = ?').get(kiosk, epoch) as
    | Mark
    | undefined;
  return row ? { seq: row.seq, hash: new Uint8Array(row.hash) } : null;
}

function hashAt(db: Db, kiosk: string, epoch: number, seq: number): Uint8Array | null {
  if (seq === 0) return genesisHash(kiosk, epoch);
  const row = db.prepare('SELECT hash FROM entry WHERE kiosk = ? AND epoch = ? AND seq = ?').get(kiosk, epoch, seq) as
    | { hash: Uint8Array }
    | undefined;
  return row ? new Uint8Array(row.hash) : null;
}

/** Opens the book for one database file of a kiosk. */
export function openEpoch(db: Db, kiosk: string, epoch: number, nowMs: number): void {
  db.prepare('INSERT INTO epoch (kiosk, epoch, opened_ms, seq, hash) VALUES (?, ?, ?, 0, ?)').run(
    kiosk,
    epoch,
    nowMs,
    genesisHash(kiosk, epoch),
  );
}
