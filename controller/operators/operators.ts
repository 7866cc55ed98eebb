import { idPattern } from '#contract/uplink/topics.ts';
import { moveBlanko } from '#controller/blanko/stock.ts';
import type { Journal } from '#controller/journal/journal.ts';
import { clearSpoiled } from '#controller/kiosk/visit-book.ts';
import type { Store } from '#kit/store.ts';

export interface Duty {
  officerPresent(): boolean;
}

export interface Operators extends Duty {
  /** Blanks from the safe into the hopper, against a document. The first load of a kiosk too: its books start at 0. */
  load(what: { count: number; document: string; operatorId: string }): void;
  openDuty(who: { operatorId: string; certificateId: string }): void;
  closeDuty(who: { operatorId: string; certificateId: string }): void;
  /** The printer was looked at after two spoiled cards in a row. */
  printerSeen(who: { operatorId: string; reason: string }): void;
}

const mostBlanksAtOnce = 500;

export function openOperators(journal: Journal, store: Store, changed: () => void): Operators {
  const named = (id: string) => {
    if (!idPattern.test(id)) throw new Error(`${JSON.stringify(id)} is not an operator id`);
    return id;
  };
  return {
    officerPresent: () =>
      store.read(
        (db) =>
          (db.prepare("SELECT value FROM counter WHERE name = 'duty'").get() as { value: number } | undefined)
            ?.value === 1,
      ),
    load({ count, document, operatorId }) {
      if (!Number.isInteger(count) || count < 1 || count > mostBlanksAtOnce)
        throw new Error(`${count} is not a number of cards from 1 to ${mostBlanksAtOnce}`);
      if (!document.trim()) throw new Error('a load needs its document number');
      const by = [named(operatorId)];
      journal.record('hopper.loaded', (append, db) => {
        moveBlanko(append, db, {
          from: 'kecamatan-safe',
          to: 'hopper',
          count,
          evidence: document.trim().slice(0, 120),
          by,
        });
      });
      changed();
    },
    openDuty({ operatorId, certificateId }) {
      journal.record('duty.opened', (append, db) => {
        append({ type: 'duty.opened', data: { operatorId: named(operatorId), certificateId: named(certificateId) } });
        db.prepare("INSERT OR REPLACE INTO counter VALUES ('duty', 1)").run();
      });
      changed();
    },
    closeDuty({ operatorId, certificateId }) {
      journal.record('duty.closed', (append, db) => {
        append({ type: 'duty.closed', data: { operatorId: named(operatorId), certificateId: named(certificateId) } });
        db.prepare("INSERT OR REPLACE INTO counter VALUES ('duty', 0)").run();
      });
      changed();
    },
    printerSeen({ operatorId, reason }) {
      journal.record('operator.acted', (append, db) => {
        append({
          type: 'operator.acted',
          data: { action: 'printer-seen', operatorId: named(operatorId), reason: reason.slice(0, 120) },
        });
        clearSpoiled(db);
      });
      changed();
    },
  };
}
