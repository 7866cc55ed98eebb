import { entryHash, genesisHash } from '#contract/uplink/chain.ts';
import { type Head, keepAcked } from '#controller/journal/outbox.ts';
import type { Store } from '#kit/store.ts';

export interface Filling {
  kiosk: string;
  epoch: number;
  entries: number;
  /** Whether central is said to have all of them. */
  isAcked: boolean;
}

const perWrite = 50_000;

/** Adds so many facts, one second apart, as the kiosk itself would have written them; faster, for there is one write for many. */
export function fillJournal(store: Store, { kiosk, epoch, entries, isAcked }: Filling, untilMs: number): void {
  const head = store.read((db) => db.prepare('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1').get()) as
    | Head
    | undefined;
  let { seq, hash } = head ?? { seq: 0, hash: genesisHash(kiosk, epoch) };
  const lastSeq = seq + entries;
  while (seq < lastSeq) {
    store.write('fill', (db) => {
      const insert = db.prepare('INSERT INTO journal (seq, text, prev_hash, hash) VALUES (?, ?, ?, ?)');
      for (const stop = Math.min(lastSeq, seq + perWrite); seq < stop; ) {
        const text = factAt(untilMs - (lastSeq - seq) * 1_000, seq);
        const next = entryHash(hash, text);
        seq += 1;
        insert.run(seq, text, hash, next);
        hash = next;
      }
      if (isAcked) keepAcked(db, epoch, { term: 1, seq, hash });
    });
  }
}

function factAt(wallMs: number, upMs: number): string {
  const at = { wallMs: Math.round(wallMs), boot: 'benchbenchbenchbench', upMs };
  const data = { device: 'camera', state: upMs % 2 ? 'ready' : 'away', code: upMs % 2 ? null : 'camera/unreachable' };
  return JSON.stringify({ type: 'device.changed', subject: 'camera', at, data });
}
