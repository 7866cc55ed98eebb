import { expect, test } from 'vitest';
import { moveBlanko } from '#controller/blanko/stock.ts';
import { openDeskBench, two } from '#tests/support/desk-bench.ts';
import { needsOpeningCount } from './opening-count.ts';

const nothing = { hopper: 0, complete: 0, partial: 0, blank: 0, by: two };

test('the first epoch begins with an empty machine and owes no count', () => {
  expect(openDeskBench(1).stock.needsOpeningCount()).toBe(false);
});

test('a later epoch owes its opening count, and until then no blank is loaded, taken or counted', () => {
  const { stock, store, books, types } = openDeskBench(2);
  expect(stock.needsOpeningCount()).toBe(true);
  const acts = [
    () => stock.load({ count: 5, document: 'BA-1', by: two }),
    () => stock.load({ count: 5, document: 'BA-1', by: ['OP-DEWI'] }),
    () => stock.unload({ count: 5, document: 'BA-1', by: two }),
    () => stock.countHopper({ count: 5, by: two }),
    () => stock.emptyBox({ complete: 0, partial: 0, blank: 0, by: two }),
  ];
  for (const act of acts) expect(act).toThrow('opening-count first');
  expect([types(), books()]).toEqual([[], {}]);
  stock.openingCount({ ...nothing, hopper: 40 });
  expect(store.read((db) => needsOpeningCount(db, 2))).toBe(false);
  stock.load({ count: 5, document: 'BA-1', by: two });
  expect(books()).toEqual({ hopper: 45, unexplained: -40, 'kecamatan-safe': -5 });
});

test('it books by kind what two people found, opens no case, and is taken once', () => {
  const { stock, journal, desk, books } = openDeskBench(3);
  expect(() => stock.openingCount({ ...nothing, by: ['OP-DEWI'] })).toThrow('two different people');
  expect(() => stock.openingCount({ ...nothing, hopper: 10, partial: -1 })).toThrow('-1 is not a number');
  expect(books()).toEqual({});
  stock.openingCount({ hopper: 10, complete: 1, partial: 2, blank: 3, by: two });
  expect(books()).toEqual({ hopper: 10, retained: 1, spoiled: 5, unexplained: -16 });
  expect(desk.cases()).toEqual([]);
  const moved = journal.entries(1, 99).flatMap((one) => (one.type === 'blanko.moved' ? [one.data] : []));
  expect(moved[0]).toEqual({
    from: 'unexplained',
    to: 'hopper',
    count: 10,
    evidence: 'opening count of epoch 3',
    by: two,
  });
  expect(() => stock.openingCount(nothing)).toThrow('have begun');
  expect(
    stock.emptyBox({ complete: 0, partial: 0, blank: 0, by: two }).partial.difference,
    'the box was emptied for it',
  ).toBe(0);
});

test('an empty machine is counted too: nothing was found, and that is a fact', () => {
  const { stock, types } = openDeskBench(2);
  stock.openingCount(nothing);
  expect(stock.needsOpeningCount()).toBe(false);
  expect(types()).toEqual(['operator.acted']);
  expect(() => stock.load({ count: 5, document: 'BA-1', by: two })).not.toThrow();
});

test('a card that the start of the epoch found inside and moved to the box is among what they count, and is booked once', () => {
  const { stock, journal, desk, books } = openDeskBench(2);
  const evidence = 'a card that no attempt explains, moved to the box';
  journal.record('blanko.found', (append, db) =>
    moveBlanko(append, db, { from: 'unexplained', to: 'spoiled', count: 1, kind: 'partial', evidence }),
  );
  stock.openingCount({ ...nothing, hopper: 7, blank: 1 });
  expect(books()).toMatchObject({ hopper: 7, spoiled: 1, unexplained: -8 });
  expect(desk.cases()).toEqual([]);
});
