import { beforeEach, expect, test } from 'vitest';
import { type DeskBench, openDeskBench, two } from '#tests/support/desk-bench.ts';

let kiosk: DeskBench;
beforeEach(() => {
  kiosk = openDeskBench();
});

const change = (bag = 'K-0007', printsLeft: number | null = 200, by = two) =>
  kiosk.ribbons.change({ bag, printsLeft, by });

test('a used ribbon goes into a numbered bag and is destroyed on paper, each time by two', () => {
  change();
  expect(kiosk.journal.entries(1, 1)).toMatchObject([
    { type: 'ribbon.changed', data: { by: two, oldBag: 'K-0007', printsLeft: 200 } },
  ]);
  expect(kiosk.ribbons.bags()).toMatchObject([{ bag: 'K-0007', by: two }]);
  kiosk.ribbons.destroy({ bag: 'K-0007', document: 'BA-0020', by: two });
  expect(kiosk.ribbons.bags()).toEqual([]);
  expect(kiosk.journal.entries(2, 2)).toMatchObject([
    { data: { action: 'destroyed-ribbon', document: 'BA-0020', by: two, reason: 'K-0007' } },
  ]);
});

test.each([
  ['one person', () => change('K-1', 200, ['OP-DEWI']), 'two different people'],
  ['the same person twice', () => change('K-1', 200, ['OP-DEWI', 'OP-DEWI']), 'two different people'],
  ['no bag', () => change('  '), 'number of the bag'],
  ['a bag that is in the books', () => change('K-0000'), 'in the books already'],
  ['fewer than no prints', () => change('K-1', -1), '-1 is not a number'],
  ['more prints than any ribbon has', () => change('K-1', 2_001), '2001 is not a number'],
  ['a bag that nobody has', () => kiosk.ribbons.destroy({ bag: 'K-9', document: 'BA', by: two }), 'no bag K-9'],
  ['no document', () => kiosk.ribbons.destroy({ bag: 'K-0000', document: '', by: two }), 'document'],
])('%s: refused, and written nowhere', (_, act, why) => {
  change('K-0000');
  expect(act).toThrow(why);
  expect(kiosk.journal.head().seq).toBe(1);
});

test('a bag is destroyed once', () => {
  change();
  kiosk.ribbons.destroy({ bag: 'K-0007', document: 'BA-0020', by: two });
  expect(() => kiosk.ribbons.destroy({ bag: 'K-0007', document: 'BA-0020', by: two })).toThrow('no bag K-0007');
});
