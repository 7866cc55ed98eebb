import { accountsFrom, type Fact, factsIn, journalOf, stockIn } from '../books.ts';
import { blanksAt, blanksOutOfTheBox, blanksThroughTheDoor, isInBoxOrTakenOut, isOutside } from '../cards.ts';
import { booksOver, journalsOf } from '../epochs.ts';
import type { Expectations } from '../expectations.ts';
import type { Universe } from '../universe.ts';

/**
 * Invariant 3. What lies somewhere and is not booked there must be one of the cards in doubt, unless the kiosk says by itself that
 * its books do not explain the printer; the sum never changes.
 */
export function blankoFaults(universe: Universe, { unbooked, mayDoubt }: Expectations): string[] {
  const { world, kiosk, central } = universe;
  if (!kiosk || !central) return [];
  const books = booksOver(universe);
  const facts = factsIn(journalOf(kiosk.store));
  const own = accountsFrom(facts);
  const isTold = mayDoubt && facts.some(({ data }) => data.action === 'counter-unexplained'); // nobody here explains one
  const of = (...accounts: string[]) => accounts.reduce((sum, account) => sum + (books[account] ?? 0), 0);
  const more = {
    hopper: blanksAt(world, 'hopper') - of('hopper'),
    box: blanksAt(world, 'box') + blanksOutOfTheBox(world) - of('retained', 'spoiled', 'destroyed'),
    'a hand at the door': blanksThroughTheDoor(world),
    hands: world.cards.filter(isOutside).length - of('issued'),
    'the printer': blanksAt(world, 'print', 'contact', 'contactless', 'exit', 'bezel') - of('in-process'),
  };
  const open = of('in-doubt', 'unexplained');
  const places = Object.entries(more);
  const fits = places.every(([, count]) => count >= 0) && places.reduce((sum, [, count]) => sum + count, 0) === open;
  const sum = Object.values(books).reduce((total, count) => total + count, 0);
  return [
    ...(fits || unbooked || isTold ? [] : [`3 blanks: ${JSON.stringify(more)} more than booked, ${open} in doubt`]),
    ...(sum === 0 ? [] : [`3 the books do not balance: ${sum}`]),
    ...(same(stockIn(kiosk.store), own) ? [] : ['3 the stock of the kiosk is not what its movements add up to']),
    ...(same(stockIn(central.store), books) ? [] : ["3 the office's stock is not the kiosk's"]),
  ];
}

const same = (a: object, b: object): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** No ink before it is written that there may be some, and no card counted as blank that bears any. Each epoch counts for itself: a new one counts anew. */
export function inkFaults(universe: Universe, facts: readonly Fact[]): string[] {
  const { world } = universe;
  const inked = world.cards.filter(({ ink }) => ink.length > 0);
  const written = facts.filter(({ type }) => type === 'print.inking').length;
  const blank = Math.max(0, ...journalsOf(universe).map(({ rows }) => countedBlank(factsIn(rows))));
  const bareInBox = world.cards.filter((card) => card.ink.length === 0 && isInBoxOrTakenOut(card)).length;
  return [
    ...(inked.length > written
      ? [`2 ${inked.length} cards bear ink, and print.inking is written ${written} times`]
      : []),
    ...(blank > bareInBox
      ? [`3 ${blank} cards in the box are booked as blank, and ${bareInBox} there and taken out are`]
      : []),
  ];
}

const countedBlank = (facts: readonly Fact[]): number =>
  facts.filter(({ type, data }) => type === 'blanko.moved' && data.kind === 'blank').length;
