import { expect, test } from 'vitest';
import { controllerMigrations } from '#controller/controller.ts';
import { openJournal } from '#controller/journal/journal.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openMemoryStore } from '#kit/store.ts';
import { owedPaper } from './owed.ts';

const site = { office: 'KECAMATAN SEBERANG ULU I', siteName: 'Kota Palembang', kiosk: 'SU1-A' };

function visited() {
  const store = openMemoryStore({ migrations: controllerMigrations });
  const journal = openJournal({ store, clock: manualClock(), kiosk: 'SU1-A', epoch: 1, boot: 'b' });
  return { store, journal };
}

const textOf = (lines: { kind: string }[]) => JSON.stringify(lines);

test('a receipt that was owed is made again from the journal, with the same proof and no initials', () => {
  const { store, journal } = visited();
  const visitNo = 'SU1-0001-3';
  journal.record('story', (append, db) => {
    append({
      type: 'print.outcome',
      subject: 'l/1',
      visitNo,
      data: { rightId: 'r', leaseId: 'l', outcome: 'issued', reason: 'done', place: 'hand' },
    });
    db.prepare("INSERT INTO owed_paper VALUES (?, 'receipt')").run(visitNo);
  });
  const paper = owedPaper(store, site, visitNo);
  const proof = Buffer.from(journal.head().hash).toString('base64url').slice(0, 4);
  expect(paper?.paper).toBe('receipt');
  expect(textOf(paper?.lines ?? [])).toContain(proof);
  expect(textOf(paper?.lines ?? [])).not.toContain('Penerima');
});

test('nothing is owed for a visit that has its paper, or that never was', () => {
  const { store } = visited();
  expect(owedPaper(store, site, 'SU1-0009-9')).toBeNull();
});
