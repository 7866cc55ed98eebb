import { clearSpoiled } from '#controller/jobs/spoiled.ts';
import type { Journal } from '#controller/journal/journal.ts';
import { withoutNumbers } from '#kit/personal-numbers.ts';
import type { Db, Store } from '#kit/store.ts';
import { named } from './people.ts';
import { openStockRoom } from './stock-room.ts';

export interface Duty {
  officerPresent(): boolean;
  /** This very person opened a duty here and has not closed it. */
  isOnDuty(operatorId: string): boolean;
}

export interface Operators extends Duty {
  /** The first load of a kiosk, whose books hold nothing: one named person and a document. Later loads take two. */
  load(what: { count: number; document: string; operatorId: string }): void;
  openDuty(who: { operatorId: string; certificateId: string }): void;
  closeDuty(who: { operatorId: string; certificateId: string }): void;
  /** The printer was looked at after two spoiled cards in a row. */
  printerSeen(who: { operatorId: string; reason: string }): void;
}

export function openOperators(journal: Journal, store: Store, changed: () => void): Operators {
  const stock = openStockRoom(journal, store, changed);
  return {
    officerPresent: () =>
      store.read(
        (db) =>
          (db.prepare("SELECT value FROM counter WHERE name = 'duty'").get() as { value: number } | undefined)
            ?.value === 1,
      ),
    isOnDuty: (operatorId) => store.read((db) => lastOfDuty(db, operatorId)) === 'duty.opened',
    load: ({ count, document, operatorId }) => stock.load({ count, document, by: [operatorId] }),
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
          data: { action: 'printer-seen', operatorId: named(operatorId), reason: withoutNumbers(reason).slice(0, 120) },
        });
        clearSpoiled(db);
      });
      changed();
    },
  };
}

function lastOfDuty(db: Db, operatorId: string): string | undefined {
  const row = db
    .prepare(
      `SELECT json_extract(text, '$.type') AS type FROM journal
       WHERE json_extract(text, '$.type') IN ('duty.opened', 'duty.closed')
         AND lower(json_extract(text, '$.data.operatorId')) = lower(?)
       ORDER BY seq DESC LIMIT 1`,
    )
    .get(operatorId) as { type: string } | undefined;
  return row?.type;
}
