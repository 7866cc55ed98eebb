import { allAccounts, moveBlanko } from '#controller/blanko/stock.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { type Journal, openJournal } from '#controller/journal/journal.ts';
import { type Desk, openDesk } from '#controller/operators/desk.ts';
import { openRibbons, type Ribbons } from '#controller/operators/ribbons.ts';
import { openStockRoom, type StockRoom } from '#controller/operators/stock-room.ts';
import { type ManualClock, manualClock } from '#kit/manual-clock.ts';
import { type MemoryStore, openMemoryStore } from '#kit/store.ts';

export const two = ['OP-DEWI', 'OP-AGUS'];

export interface CardEnd {
  outcome: 'retained' | 'in-doubt' | 'spoiled' | 'unused';
  place: 'box' | 'printer' | 'unknown';
  visitNo: string;
  lease: string;
  phase: 'inking' | 'presenting';
}

/** The rooms of the operators over one journal, without a machine. */
export interface DeskBench {
  store: MemoryStore;
  journal: Journal;
  clock: ManualClock;
  stock: StockRoom;
  desk: Desk;
  ribbons: Ribbons;
  /** How often the kiosk was told that something changed. */
  changes(): number;
  books(): Record<string, number>;
  types(): string[];
  /** One card that ended so, as the jobs write it; gives its subject. */
  cardEnded(end?: Partial<CardEnd>): string;
  /** The same kiosk with a disk that fails when this table is written next. */
  diskFailsAt(table: string): void;
}

export function openDeskBench(epoch = 1): DeskBench {
  const store = openMemoryStore({ migrations: controllerMigrations });
  const clock = manualClock();
  const journal = openJournal({ store, clock, kiosk: 'SU1-A', epoch, boot: 'b' });
  let changes = 0;
  const changed = () => {
    changes += 1;
  };
  return {
    store,
    journal,
    clock,
    stock: openStockRoom(journal, store, changed),
    desk: openDesk(journal, store, changed),
    ribbons: openRibbons(journal, store, changed),
    changes: () => changes,
    books: () => withoutZeros(allAccounts(store)),
    types: () => journal.entries(1, journal.head().seq).map(({ type }) => type),
    cardEnded: (end = {}) => writeCard(journal, { ...usual(end.outcome ?? 'in-doubt'), ...end }),
    diskFailsAt: (table) =>
      store.write('a disk that fails', (db) =>
        db
          .prepare(`CREATE TRIGGER fails BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'the disk failed'); END`)
          .run(),
      ),
  };
}

const usual = (outcome: CardEnd['outcome']): CardEnd => ({
  outcome,
  place: outcome === 'in-doubt' || outcome === 'unused' ? 'unknown' : 'box',
  visitNo: 'SU1-0001-3',
  lease: 'lease-1',
  phase: 'presenting',
});

const kinds = { retained: 'complete', 'in-doubt': 'partial', spoiled: 'partial', unused: 'blank' } as const;

function writeCard(journal: Journal, { outcome, place, visitNo, lease, phase }: CardEnd): string {
  const subject = `${lease}/1`;
  const rightId = `right-of-${lease}`;
  const where = { subject, visitNo };
  const witness = { serial: 'CP-1', cardsFed: 41, ribbonPrintsLeft: 7 };
  journal.record('story', (append, db) => {
    append({ type: 'print.intended', ...where, data: { rightId, leaseId: lease, attempt: 1, witness } });
    moveBlanko(append, db, { from: 'hopper', to: 'in-process', count: 1, evidence: 'intent' }, where);
    db.prepare(
      "INSERT INTO attempt (subject, lease_id, right_id, number, visit_no, boot, phase, outcome) VALUES (?, ?, ?, 1, ?, 'b', ?, ?)",
    ).run(subject, lease, rightId, visitNo, phase, outcome);
    const reason = outcome === 'retained' ? 'handover/not-taken' : 'card-printer/outcome-unknown';
    append({ type: 'print.outcome', ...where, data: { rightId, leaseId: lease, outcome, reason, place } });
    const to = outcome === 'unused' ? (place === 'box' ? 'spoiled' : 'in-doubt') : outcome;
    const boxed = place === 'box' && { kind: kinds[outcome] };
    moveBlanko(append, db, { from: 'in-process', to, count: 1, evidence: 'story', ...boxed }, where);
  });
  return subject;
}

function withoutZeros(accounts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(accounts).filter(([, count]) => count !== 0));
}
