import { entryHash, genesisHash, sameBytes } from '#contract/uplink/chain.ts';
import type { Clock } from '#kit/clock.ts';
import type { Db, Store } from '#kit/store.ts';

/** Which journal: its name goes into the first hash. */
export interface JournalName {
  kiosk: string;
  epoch: number;
}

export interface ChainFault {
  seq: number;
  what: 'gap' | 'prev-hash' | 'hash';
}

/** The journal on the disk is not what was written: it is set aside, and nothing is printed on the strength of it. */
export class ChainBroken extends Error {
  override readonly name = 'ChainBroken';
  constructor({ seq, what }: ChainFault) {
    super(`the journal's chain is broken at entry ${seq} (${what})`);
  }
}

interface Row {
  seq: number;
  text: string;
  prev_hash: Uint8Array;
  hash: Uint8Array;
}

/** Entries per slice of a walk: a few milliseconds, so that screens and cards do not wait for it. */
const sliceEntries = 250;
const leastRestMs = 5;
/** Three quarters of every board's time are for whoever waits: a start has many short steps, and each would wait for a slice. */
const restsPerSlice = 3;

/** Where the chain begins: at the genesis, or where trimming has left off. */
export function beginning(db: Db, { kiosk, epoch }: JournalName): { seq: number; hash: Uint8Array } {
  const row = db.prepare('SELECT seq, hash FROM trimmed ORDER BY seq DESC LIMIT 1').get() as
    | { seq: number; hash: Uint8Array }
    | undefined;
  return row ? { seq: row.seq, hash: new Uint8Array(row.hash) } : { seq: 0, hash: genesisHash(kiosk, epoch) };
}

/** Walks the chain from `fromSeq` (its predecessor is trusted), `limit` entries at most; null where every link holds. */
export function verifyChain(
  store: Store,
  kiosk: string,
  epoch: number,
  fromSeq = 1,
  limit = Number.MAX_SAFE_INTEGER,
): ChainFault | null {
  return store.read((db) => {
    const start = beginning(db, { kiosk, epoch });
    const first = Math.max(fromSeq, start.seq + 1);
    let seq = first - 1;
    let prev = seq === start.seq ? start.hash : hashIn(db, seq);
    const rows = db
      .prepare('SELECT seq, text, prev_hash, hash FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?')
      .iterate(first, limit);
    for (const row of rows as Iterable<Row>) {
      if (row.seq !== seq + 1 || !prev) return { seq: row.seq, what: 'gap' };
      if (!sameBytes(prev, row.prev_hash)) return { seq: row.seq, what: 'prev-hash' };
      prev = entryHash(prev, row.text);
      if (!sameBytes(prev, row.hash)) return { seq: row.seq, what: 'hash' };
      seq = row.seq;
    }
    return null;
  });
}

/** How far the walk over the whole chain has come. */
export interface WalkProgress {
  checked: number;
  of: number;
}

/**
 * Walks the whole chain up to `toSeq`, slice by slice beside everything else. Rejects with ChainBroken where a link does
 * not hold; ends early, and quietly, when `signal` aborts.
 */
export async function walkChain(
  { store, clock, name, toSeq }: { store: Store; clock: Clock; name: JournalName; toSeq: number },
  signal: AbortSignal,
  onProgress: (progress: WalkProgress) => void,
): Promise<void> {
  let checked = store.read((db) => beginning(db, name)).seq;
  while (checked < toSeq && !signal.aborted) {
    const startMs = clock.monotonicMs();
    const fault = verifyChain(store, name.kiosk, name.epoch, checked + 1, sliceEntries);
    const restMs = Math.max(leastRestMs, restsPerSlice * (clock.monotonicMs() - startMs));
    if (fault) throw new ChainBroken(fault);
    checked = Math.min(toSeq, checked + sliceEntries);
    onProgress({ checked, of: toSeq });
    if (checked < toSeq) await clock.sleep(restMs, signal).catch(() => undefined);
  }
}

export function hashIn(db: Db, seq: number): Uint8Array | null {
  const row = db.prepare('SELECT hash FROM journal WHERE seq = ?').get(seq) as { hash: Uint8Array } | undefined;
  return row ? new Uint8Array(row.hash) : null;
}
