import { forgetRibbon } from '#controller/jobs/counter.ts';
import type { Journal } from '#controller/journal/journal.ts';
import { holdsNik } from '#kit/personal-numbers.ts';
import type { Db, Store } from '#kit/store.ts';
import { type DeskFact, deskFacts } from './desk-facts.ts';
import { actOfTwo, documentOf, twoOf } from './people.ts';

/** A used ribbon carries the face and the number of everybody it printed: it lies in a numbered bag until it is destroyed. */
export interface RibbonBag {
  bag: string;
  sinceMs: number;
  by: string[];
}

/** Ribbons are booked items: taken out and destroyed by two people. */
export interface Ribbons {
  /** The old ribbon went into a numbered bag, a new one with so many prints is in; null where nobody knows how many. */
  change(what: { bag: string; printsLeft: number | null; by: readonly string[] }): void;
  /** A bag from the safe was destroyed against a document (berita acara). */
  destroy(what: { bag: string; document: string; by: readonly string[] }): void;
  /** The bags that should lie in the safe, oldest first. */
  bags(): RibbonBag[];
}

export function openRibbons(journal: Journal, store: Store, changed: () => void): Ribbons {
  return {
    bags: () => store.read((db) => bagsIn(deskFacts(db))),
    change({ bag, printsLeft, by }) {
      const people = twoOf(by);
      const oldBag = bagOf(bag);
      const left = printsOf(printsLeft);
      journal.record('ribbon.changed', (append, db) => {
        if (wasUsed(db, oldBag)) throw new Error(`bag ${oldBag} is in the books already: take a new number`);
        append({ type: 'ribbon.changed', data: { by: people, oldBag, printsLeft: left } });
        forgetRibbon(db);
      });
      changed();
    },
    destroy({ bag, document, by }) {
      const people = twoOf(by);
      const evidence = documentOf(document);
      const wanted = bagOf(bag);
      journal.record('ribbon.destroyed', (append, db) => {
        if (!bagsIn(deskFacts(db)).some((one) => one.bag === wanted)) throw new Error(`no bag ${wanted} in the safe`);
        const data = actOfTwo('destroyed-ribbon', people, { document: evidence, reason: wanted });
        append({ type: 'operator.acted', subject: bagSubject(wanted), data });
      });
      changed();
    },
  };
}

const mostPrints = 2_000;

function bagOf(text: string): string {
  const bag = text.trim();
  if (bag === '' || bag.length > 40) throw new Error('this needs the number of the bag: --bag NO, at most 40 letters');
  if (holdsNik(bag)) throw new Error('this needs the number of the bag, and no NIK: --bag NO');
  return bag;
}

function printsOf(count: number | null): number | null {
  if (count !== null && (!Number.isInteger(count) || count < 0 || count > mostPrints))
    throw new Error(`${count} is not a number of prints from 0 to ${mostPrints}`);
  return count;
}

const bagSubject = (bag: string): string => `ribbon/${bag}`;

function bagsIn(facts: readonly DeskFact[]): RibbonBag[] {
  const bags = new Map<string, RibbonBag>();
  for (const { entry } of facts) {
    if (entry.type === 'ribbon.changed')
      bags.set(bagSubject(entry.data.oldBag), { bag: entry.data.oldBag, sinceMs: entry.at.wallMs, by: entry.data.by });
    if (entry.type === 'operator.acted' && entry.data.action === 'destroyed-ribbon') bags.delete(entry.subject ?? '');
  }
  return [...bags.values()];
}

function wasUsed(db: Db, bag: string): boolean {
  return deskFacts(db).some(({ entry }) => entry.type === 'ribbon.changed' && entry.data.oldBag === bag);
}
