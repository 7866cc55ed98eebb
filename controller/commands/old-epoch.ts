import { openJournal } from '#controller/journal/journal.ts';
import { authorityIsClosed } from '#controller/leases/claims.ts';
import { unusedRequests, voidIn } from '#controller/leases/ending.ts';
import { overwriteDeleted, wipeDeleted } from '#controller/leases/wipe.ts';
import type { Clock } from '#kit/clock.ts';
import type { Store } from '#kit/store.ts';
import { closeAuthority } from './ends.ts';

export interface OldEpoch {
  /** The journal's store of that epoch, opened for writing: for this, and never again. */
  store: Store;
  clock: Clock;
  kiosk: string;
  epoch: number;
  boot: string;
}

/**
 * An enrolment for a newer epoch ends this one for good: what no ink has touched is given back in its own journal, whose
 * late facts central still takes in, and no key of it stays on the disk. Done once, before that journal is only read.
 */
export function giveBackOldEpoch({ store, ...name }: OldEpoch): void {
  overwriteDeleted(store);
  if (!store.read(authorityIsClosed)) {
    const journal = openJournal({ store, ...name });
    closeAuthority(journal);
    for (const reqId of store.read(unusedRequests))
      journal.record('lease.voided', (append, db) => voidIn(append, db, reqId, 'epoch-closed'));
  }
  wipeDeleted(store);
}
