import type { Journal } from '#controller/journal/journal.ts';
import type { Store } from '#kit/store.ts';

/**
 * Whether central knows all that this kiosk knew when this life began. An older disk passes where central never heard of what
 * it lacks: that, the printer's counters tell. A lease that an unclean end lies behind, or another start of the board, waits for it, over restarts too.
 */
export interface HeadCheck {
  /** At the start of a life, once its first entry is written. */
  begin(isSameDisk: boolean): void;
  /** Called when central has acknowledged something. */
  acknowledged(): void;
  readonly passed: boolean;
}

export function openHeadCheck(journal: Journal, store: Store): HeadCheck {
  let startSeq = Number.POSITIVE_INFINITY;
  let passed = false;
  const waiting = () =>
    store.read((db) => db.prepare('SELECT 1 FROM offline_lease WHERE needs_check = 1').get() !== undefined);
  return {
    begin(isSameDisk) {
      startSeq = journal.head().seq;
      const kept = store.read((db) => db.prepare('SELECT 1 FROM offline_lease').get() !== undefined);
      if (isSameDisk || !kept) return;
      store.write('leases.need-check', (db) => db.prepare('UPDATE offline_lease SET needs_check = 1').run());
    },
    acknowledged() {
      if (passed || journal.acked().seq < startSeq) return; // only our own hash is ever taken as acknowledged
      passed = true;
      if (waiting())
        store.write('leases.checked', (db) => db.prepare('UPDATE offline_lease SET needs_check = 0').run());
    },
    get passed() {
      return passed;
    },
  };
}
