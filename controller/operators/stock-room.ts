import type { Account } from '#contract/uplink/accounts.ts';
import { boxContent, countEvidence, countIn, emptyBoxBooks, moveBlanko } from '#controller/blanko/stock.ts';
import type { Append, Journal } from '#controller/journal/journal.ts';
import type { Db, Store } from '#kit/store.ts';
import { countOf, documentOf, twoOf } from './people.ts';

export interface BoxCount {
  complete: number;
  partial: number;
  blank: number;
}

/** What a count found beside the books; 0 = the books were right. */
export interface CountResult {
  counted: number;
  booked: number;
  difference: number;
}

/** What two people do with blanks. Each act is one write; a difference is never an edit, but a movement that opens a case. */
export interface StockRoom {
  /** From the safe into the hopper. The very first load of a kiosk may be one person's: nobody else is named yet. */
  load(what: { count: number; document: string; by: readonly string[] }): void;
  /** From the hopper back into the safe. */
  unload(what: { count: number; document: string; by: readonly string[] }): void;
  /** A blind count of the hopper: the number is typed before the books are shown. */
  countHopper(what: { count: number; by: readonly string[] }): CountResult;
  /** The box is emptied and counted by kind; a shortage opens a case on each right whose card should have been there. */
  emptyBox(what: BoxCount & { by: readonly string[] }): Record<keyof BoxCount, CountResult>;
  /** Spoiled cards are destroyed against a document (berita acara). */
  destroySpoiled(what: { count: number; document: string; by: readonly string[] }): void;
}

const mostAtOnce = 500;

export function openStockRoom(journal: Journal, store: Store, changed: () => void): StockRoom {
  const act = <T>(name: string, work: (append: Append, db: Db) => T): T => {
    const result = journal.record(name, work);
    changed();
    return result;
  };
  const firstLoad = () =>
    store.read((db) => db.prepare("SELECT 1 FROM stock WHERE account = 'hopper'").get()) === undefined;
  const move = (from: Account, to: Account) => (what: { count: number; document: string; by: readonly string[] }) => {
    const count = countOf(what.count, mostAtOnce);
    const evidence = documentOf(what.document);
    const by = twoOf(what.by);
    act(`${from} to ${to}`, (append, db) => moveBlanko(append, db, { from, to, count, evidence, by }));
  };

  return {
    load(what) {
      const [only] = what.by;
      if (firstLoad() && what.by.length === 1 && only) return loadFirst(what.count, what.document, only, act);
      return move('kecamatan-safe', 'hopper')(what);
    },
    unload: move('hopper', 'kecamatan-safe'),
    destroySpoiled: move('spoiled', 'destroyed'),
    countHopper({ count, by }) {
      const people = twoOf(by);
      const counted = countOf(count, mostAtOnce);
      return act('hopper.counted', (append, db) => {
        const booked = countIn(db, 'hopper');
        bookDifference(append, db, 'hopper', counted - booked, people);
        append({
          type: 'operator.acted',
          data: { action: 'counted-hopper', operatorId: people[0], reason: `${counted} counted, ${booked} booked` },
        });
        return { counted, booked, difference: counted - booked };
      });
    },
    emptyBox({ by, ...counts }) {
      const people = twoOf(by);
      return act('box.emptied', (append, db) => {
        const booked = boxContent(db);
        const results = { complete: compare('complete'), partial: compare('partial'), blank: compare('blank') };
        append({
          type: 'operator.acted',
          data: { action: 'emptied-box', operatorId: people[0], reason: JSON.stringify(counts).slice(0, 120) },
        });
        emptyBoxBooks(db);
        return results;

        function compare(kind: keyof BoxCount): CountResult {
          const counted = countOf(counts[kind], mostAtOnce);
          bookDifference(
            append,
            db,
            kind === 'complete' ? 'retained' : 'spoiled',
            counted - booked[kind],
            people,
            kind,
          );
          return { counted, booked: booked[kind], difference: counted - booked[kind] };
        }
      });
    },
  };
}

function loadFirst(
  count: number,
  document: string,
  operator: string,
  act: (name: string, work: (append: Append, db: Db) => void) => void,
): void {
  const evidence = documentOf(document);
  if (countOf(count, mostAtOnce) === 0) throw new Error('nothing was loaded');
  const by = [operator];
  act('hopper.loaded', (append, db) =>
    moveBlanko(append, db, { from: 'kecamatan-safe', to: 'hopper', count, evidence, by }),
  );
}

/** More or less than the books say goes to `unexplained`, signed, with what was counted as its evidence. */
function bookDifference(
  append: Append,
  db: Db,
  account: Account,
  difference: number,
  by: [string, string],
  kind?: keyof BoxCount,
): void {
  if (difference === 0) return;
  const [from, to]: [Account, Account] = difference > 0 ? ['unexplained', account] : [account, 'unexplained'];
  const evidence = `${countEvidence} ${difference > 0 ? 'more' : 'fewer'} than booked`;
  moveBlanko(append, db, { from, to, count: Math.abs(difference), evidence, by, ...(kind && { kind }) });
}
