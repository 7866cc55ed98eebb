import { expect, test } from 'vitest';
import { allAccounts } from '#controller/blanko/stock.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { openJournal } from '#controller/journal/journal.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openMemoryStore } from '#kit/store.ts';
import { openOperators } from './operators.ts';

const nurul = { operatorId: 'op-nurul', certificateId: 'cert-17' };

function cabinet() {
  const store = openMemoryStore({ migrations: controllerMigrations });
  const journal = openJournal({ store, clock: manualClock(), kiosk: 'SU1-A', epoch: 1, boot: 'b' });
  let changes = 0;
  const operators = openOperators(journal, store, () => {
    changes += 1;
  });
  const entries = () => journal.entries(1, journal.head().seq);
  return { store, journal, operators, entries, changes: () => changes };
}

test('a load is booked from the safe to the hopper, with who and by which document', () => {
  const { store, operators, entries, changes } = cabinet();
  operators.load({ count: 50, document: ' BA-0007 ', operatorId: 'op-nurul' });
  expect(allAccounts(store)).toEqual({ 'kecamatan-safe': -50, hopper: 50 });
  expect(entries()).toMatchObject([
    { type: 'blanko.moved', data: { count: 50, evidence: 'BA-0007', by: ['op-nurul'] } },
  ]);
  expect(changes()).toBe(1);
});

test.each([
  ['no card', { count: 0, document: 'BA-1', operatorId: 'op' }],
  ['half a card', { count: 1.5, document: 'BA-1', operatorId: 'op' }],
  ['more than a box', { count: 501, document: 'BA-1', operatorId: 'op' }],
  ['a number that is none', { count: Number.NaN, document: 'BA-1', operatorId: 'op' }],
  ['no document', { count: 5, document: '  ', operatorId: 'op' }],
  ['nobody', { count: 5, document: 'BA-1', operatorId: '' }],
  ['a name instead of an id', { count: 5, document: 'BA-1', operatorId: 'Nurul Hidayah' }],
])('a load of %s is refused and booked nowhere', (_, what) => {
  const { store, operators, entries, changes } = cabinet();
  expect(() => operators.load(what)).toThrow();
  expect([allAccounts(store), entries(), changes()]).toEqual([{}, [], 0]);
});

test('duty is a fact: it is opened and closed by name, and outlives the program', () => {
  const { store, journal, operators, entries } = cabinet();
  expect(operators.officerPresent()).toBe(false);
  operators.openDuty(nurul);
  expect(openOperators(journal, store, () => undefined).officerPresent()).toBe(true);
  operators.closeDuty(nurul);
  expect(operators.officerPresent()).toBe(false);
  expect(entries().map(({ type, data }) => [type, data])).toEqual([
    ['duty.opened', nurul],
    ['duty.closed', nurul],
  ]);
  expect(() => operators.openDuty({ ...nurul, operatorId: 'k/#' })).toThrow('operator id');
});

test('a NIK that somebody types is kept nowhere: not as a document, not in a reason', () => {
  const { operators, entries } = cabinet();
  const document = '3171234567890000';
  expect(() => operators.load({ count: 5, document, operatorId: 'op-nurul' })).toThrow('no NIK');
  expect(() => operators.printerSeen({ operatorId: document, reason: 'x' })).toThrow('is not an operator id');
  operators.printerSeen({ operatorId: 'op-nurul', reason: `kartu ${document} diperiksa` });
  expect(entries()).toMatchObject([{ data: { action: 'printer-seen', reason: 'kartu … diperiksa' } }]);
});
