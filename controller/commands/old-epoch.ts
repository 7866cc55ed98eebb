import { overwriteDeleted, wipeDeleted } from '#controller/leases/wipe.ts';
import type { Store } from '#kit/store.ts';

/**
 * An enrolment for a newer epoch ends the one before for good: no key and no record of it stays on the disk. Nothing is
 * said to central: whether a lease of a closed epoch was used is for people to decide, who count first. `store` is that
 * epoch's journal, opened for writing: for this, and never again.
 */
export function forgetOldEpoch(store: Store): void {
  overwriteDeleted(store);
  store.write('leases.forgotten', (db) => {
    db.prepare("UPDATE lease SET state = 'revoked' WHERE state = 'live'").run();
    db.prepare('DELETE FROM offline_lease').run();
  });
  wipeDeleted(store);
}
