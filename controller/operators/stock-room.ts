import type { Account } from '#contract/uplink/accounts.ts';
import { countEvidence, countIn, moveBlanko } from '#controller/blanko/stock.ts';
import type { Append, Journal } from '#controller/journal/journal.ts';
import type { Db, Store } from '#kit/store.ts';
import { type BoxCount, bookBoxCount } from './box-count.ts';
import { takenByEdge } from './feeder-watch.ts';
import { bookOpening, needsOpeningCount, type OpeningCount } from './opening-count.ts';
import { actOfTwo, countOf, documentOf, named, reasonOf, someOf, type Two, twoOf } from './people.ts';
import { isTraining } from './training-stock.ts';

export type { BoxCount } from './box-count.ts';

/** What a count found beside the books; 0 = the books were right. */
export interface CountResult {
  counted: number;
  booked: number;
  difference: number;
}

type By = { by: readonly string[] };
type OnPaper = By & { count: number; document: string };

/** What two people do with blanks. Each act is one write; a difference is never an edit, but a movement that opens a case. */
export interface StockRoom {
  /** From the safe into the hopper. The very first load of a kiosk may be one person's: its books hold nothing yet. */
  load(what: OnPaper): void;
  /** From the hopper back into the safe; what the feeder had shown as gone meanwhile is explained by it. */
  unload(what: OnPaper): void;
  /** Blanks that cannot be printed on, out of the hopper and into the reject box. */
  spoil(what: By & { count: number; reason: string }): void;
  /** A blind count of the hopper: the number is typed before the books are shown. */
  countHopper(what: By & { count: number }): CountResult;
  /** The box is emptied and counted by kind; a shortage opens a case on each right whose card should have been there. */
  emptyBox(what: BoxCount & By): Record<keyof BoxCount, CountResult>;
  /** Spoiled cards are destroyed against a document (berita acara). */
  destroySpoiled(what: OnPaper): void;
  /** What lies in a kiosk whose books begin anew with a later epoch. Before it nobody is served. */
  openingCount(what: OpeningCount & By): void;
  /** True while that count is owed. */
  needsOpeningCount(): boolean;
}

export function openStockRoom(journal: Journal, store: Store, changed: () => void): StockRoom {
  const { epoch } = journal;
  /** One write, and nothing of it where the machine is in training or its books have not begun. */
  const act = <T>(name: string, work: (append: Append, db: Db) => T): T => {
    const result = journal.record(name, (append, db) => {
      refuseInTraining(db);
      if (needsOpeningCount(db, epoch)) throw new Error('the books of this epoch are empty: type opening-count first');
      return work(append, db);
    });
    changed();
    return result;
  };

  return {
    needsOpeningCount: () => store.read((db) => needsOpeningCount(db, epoch)),
    load({ count, document, by }) {
      const evidence = documentOf(document);
      const blanks = someOf(count);
      const loaded = { from: 'kecamatan-safe', to: 'hopper', count: blanks, evidence } as const;
      act('hopper.loaded', (append, db) => moveBlanko(append, db, { ...loaded, by: loaders(db, by) }));
    },
    unload({ count, document, by }) {
      const evidence = documentOf(document);
      const people = twoOf(by);
      const blanks = someOf(count);
      act('hopper.unloaded', (append, db) => unload(append, db, blanks, evidence, people));
    },
    spoil({ count, reason, by }) {
      const people = twoOf(by);
      const why = reasonOf(reason);
      const spoiled = { from: 'hopper', to: 'spoiled', count: someOf(count), evidence: `spoiled: ${why}` } as const;
      act('blanks.spoiled', (append, db) => {
        moveBlanko(append, db, { ...spoiled, by: people, kind: 'blank' });
        append({ type: 'operator.acted', data: actOfTwo('spoiled-blanks', people, { reason: why }) });
      });
    },
    destroySpoiled({ count, document, by }) {
      const people = twoOf(by);
      const gone = { from: 'spoiled', to: 'destroyed', count: someOf(count), evidence: documentOf(document) } as const;
      act('spoiled.destroyed', (append, db) => {
        requireIn(db, 'spoiled', gone.count);
        moveBlanko(append, db, { ...gone, by: people });
      });
    },
    countHopper({ count, by }) {
      const people = twoOf(by);
      const counted = countOf(count);
      return act('hopper.counted', (append, db) => bookHopperCount(append, db, counted, people));
    },
    emptyBox({ by, ...counts }) {
      const people = twoOf(by);
      return act('box.emptied', (append, db) => bookBoxCount(append, db, counts, people));
    },
    openingCount({ by, ...counts }) {
      const people = twoOf(by);
      journal.record('opening.counted', (append, db) => {
        refuseInTraining(db);
        if (!needsOpeningCount(db, epoch)) throw new Error('the books of this epoch have begun: type count-hopper');
        bookOpening(append, db, epoch, counts, people);
      });
      changed();
    },
  };
}

/** Only where the hopper was never booked may one person load: nobody can take anything out of books that hold nothing. */
function loaders(db: Db, by: readonly string[]): string[] {
  const isFirst = db.prepare("SELECT 1 FROM stock WHERE account = 'hopper'").get() === undefined;
  return isFirst && by.length === 1 ? by.map(named) : twoOf(by);
}

function refuseInTraining(db: Db): void {
  if (isTraining(db)) throw new Error('this kiosk is in training: turn that off first');
}

function requireIn(db: Db, account: Account, count: number): void {
  const held = countIn(db, account);
  if (held < count) throw new RangeError(`${account} holds ${held}, not ${count}`);
}

function unload(append: Append, db: Db, count: number, evidence: string, by: Two): void {
  const inHopper = countIn(db, 'hopper');
  const gone = Math.max(0, count - inHopper);
  if (gone > Math.min(takenByEdge(db), Math.max(0, countIn(db, 'unexplained'))))
    throw new RangeError(`hopper holds ${inHopper}, not ${count}`);
  const moved = (from: Account, some: number) =>
    some > 0 && moveBlanko(append, db, { from, to: 'kecamatan-safe', count: some, evidence, by });
  moved('hopper', count - gone);
  moved('unexplained', gone);
}

function bookHopperCount(append: Append, db: Db, counted: number, by: Two): CountResult {
  const booked = countIn(db, 'hopper');
  const difference = counted - booked;
  const [from, to]: [Account, Account] = difference > 0 ? ['unexplained', 'hopper'] : ['hopper', 'unexplained'];
  const evidence = `${countEvidence} ${difference > 0 ? 'more' : 'fewer'} than booked`;
  if (difference !== 0) moveBlanko(append, db, { from, to, count: Math.abs(difference), evidence, by });
  const reason = `${counted} counted, ${booked} booked`;
  append({ type: 'operator.acted', data: actOfTwo('counted-hopper', by, { reason }) });
  return { counted, booked, difference };
}
