import type { Store } from '#kit/store.ts';
import { beginning, hashIn } from './chain.ts';
import { ackedIn, batchIn, type Head, keepAcked, type Outbox } from './outbox.ts';

/** A journal of an earlier epoch: read-only, and drained until central has all of it. */
export interface OldJournal {
  epoch: number;
  /** Opened read-only; what it was acknowledged is kept in the newest journal. */
  store: Pick<Store, 'read'>;
}

/** `home` is the newest journal's store. Late facts are still accepted: they may tell what became of a card. */
export function openOldOutbox({ epoch, store }: OldJournal, kiosk: string, home: Store): Outbox {
  const start = store.read((db) => beginning(db, { kiosk, epoch }));
  const head = store.read((db) => {
    const row = db.prepare('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1').get() as Head | undefined;
    return row ? { seq: row.seq, hash: new Uint8Array(row.hash) } : start;
  });
  const known = home.read((db) => ackedIn(db, epoch)) ?? store.read((db) => ackedIn(db, epoch));
  let acked = known ?? { ...start, term: 1 };
  let saved = acked;
  return {
    kiosk,
    epoch,
    head: () => head,
    acked: () => acked,
    batchAfter: (seq, maxEntries, maxBytes) => store.read((db) => batchIn(db, seq, maxEntries, maxBytes)),
    hashAt: (seq) => (seq === start.seq ? start.hash : store.read((db) => hashIn(db, seq))),
    acknowledge(next) {
      if (next.seq !== acked.seq || next.term !== acked.term) acked = next;
    },
    saveAcked() {
      if (acked === saved) return;
      home.write('acked', (db) => keepAcked(db, epoch, acked));
      saved = acked;
    },
  };
}
