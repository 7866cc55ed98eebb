import { expect, test } from 'vitest';
import { controllerMigrations } from '#controller/controller.ts';
import { openJournal } from '#controller/journal/journal.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openMemoryStore } from '#kit/store.ts';
import { openVisitBook } from './visit-book.ts';

test('a visit that is running is not ended by the clearing up after an earlier life, and a lost one is, once', () => {
  const store = openMemoryStore({ migrations: controllerMigrations });
  const journalOf = (boot: string) => openJournal({ store, clock: manualClock(), kiosk: 'SU1-A', epoch: 1, boot });
  const first = openVisitBook(journalOf('boot-1'), store, 'SU1');
  const lost = first.begin();
  expect(first.closeLost()).toBe(0);
  const journal = journalOf('boot-2');
  const second = openVisitBook(journal, store, 'SU1');
  const running = second.begin();
  expect(running).not.toBe(lost);
  expect(second.closeLost()).toBe(1);
  expect(second.closeLost()).toBe(0);
  expect(journal.entries(1, 9).map(({ type, visitNo }) => [type, visitNo])).toEqual([['visit.ended', lost]]);
});
