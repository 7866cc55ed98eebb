import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accounts } from '#contract/uplink/accounts.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { openJournal } from '#controller/journal/journal.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openMemoryStore } from '#kit/store.ts';
import { allAccounts, hopperCount, type Movement, moveBlanko } from './stock.ts';

function books() {
  const store = openMemoryStore({ migrations: controllerMigrations });
  const journal = openJournal({ store, clock: manualClock(), kiosk: 'SU1-A', epoch: 1, boot: 'b' });
  const move = (from: Movement['from'], to: Movement['to'], count: number) =>
    journal.record('moved', (append, db) => moveBlanko(append, db, { from, to, count, evidence: 'BA-1' }));
  return { store, journal, move };
}

test('whatever is moved, the sum stays, no card is taken that is not there, and the journal tells it all again', () => {
  const anyMove = fc.tuple(fc.constantFrom(...accounts), fc.constantFrom(...accounts), fc.integer({ min: 1, max: 20 }));
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 40 }), (moves) => {
      const { store, journal, move } = books();
      for (const [from, to, count] of moves) {
        const before = allAccounts(store);
        const tooMany = (from === 'hopper' || from === 'in-process') && (before[from] ?? 0) < count;
        if (tooMany) expect(() => move(from, to, count)).toThrow(RangeError);
        else move(from, to, count);
        if (tooMany) expect(allAccounts(store)).toEqual(before);
      }
      const now = allAccounts(store);
      expect(Object.values(now).reduce((sum, count) => sum + count, 0)).toBe(0);
      expect(hopperCount(store)).toBeGreaterThanOrEqual(0);
      const again: Record<string, number> = {};
      for (const entry of journal.entries(1, journal.head().seq)) {
        if (entry.type !== 'blanko.moved') continue;
        const { from, to, count } = entry.data;
        again[from] = (again[from] ?? 0) - count;
        again[to] = (again[to] ?? 0) + count;
      }
      expect(again).toEqual(now);
    }),
    { numRuns: 60 },
  );
});

test('hopper and books start at nothing', () => {
  const { store, move } = books();
  expect([hopperCount(store), allAccounts(store)]).toEqual([0, {}]);
  expect(() => move('hopper', 'in-process', 1)).toThrow('hopper holds 0, not 1');
});
