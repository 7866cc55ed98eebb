import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { controllerMigrations } from '#controller/controller.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openFileStore } from '#kit/store.ts';
import { type Fact, openJournal } from './journal.ts';
import { openOldJournals } from './old-journals.ts';

const migrations = controllerMigrations;
const fact: Fact = { type: 'device.changed', data: { device: 'camera', state: 'ready', code: null } };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anjungan-old-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function journalOf(epoch: number, entries: number): string {
  const path = join(folder, `journal-${epoch}.db`);
  using store = openFileStore(path, { migrations });
  const journal = openJournal({ store, clock: manualClock(), kiosk: 'SU1-A', epoch, boot: 'boot' });
  journal.record('facts', (append) => Array.from({ length: entries }, () => append(fact)));
  return path;
}

const countIn = (store: { read: (work: (db: never) => unknown) => unknown }, table: string) =>
  store.read((db: { prepare: (sql: string) => { get: () => unknown } }) =>
    db.prepare(`SELECT count(*) AS n FROM ${table}`).get(),
  ) as { n: number };

test('journals of earlier epochs are found, in order, and can only be read', () => {
  for (const epoch of [3, 1, 2]) journalOf(epoch, epoch);
  using old = openOldJournals(folder, 3, migrations);
  expect(old.journals.map(({ epoch, store }) => [epoch, countIn(store as never, 'journal').n])).toEqual([
    [1, 1],
    [2, 2],
  ]);
});

test('one that is damaged is left as it is, and the others are drained', () => {
  journalOf(2, 5);
  const damaged = join(folder, 'journal-1.db');
  writeFileSync(damaged, 'this was a database');
  using old = openOldJournals(folder, 3, migrations);
  expect(old.journals.map(({ epoch }) => epoch)).toEqual([2]);
  expect(readFileSync(damaged, 'utf8')).toBe('this was a database');
});

test('keys and records that an old epoch kept are gone once it is over', () => {
  const path = journalOf(1, 3);
  const columns = (store: ReturnType<typeof openFileStore>) =>
    store.read((db) =>
      db.prepare('SELECT name, type, "notnull" AS must FROM pragma_table_info(\'offline_lease\')').all(),
    ) as {
      name: string;
      type: string;
    }[];
  {
    using store = openFileStore(path, { migrations });
    const values = columns(store).map(({ type }) => (type === 'INTEGER' ? 1 : 'a-secret-of-the-old-epoch'));
    store.write('kept', (db) =>
      db.prepare(`INSERT INTO offline_lease VALUES (${values.map(() => '?').join(', ')})`).run(...values),
    );
  }
  using old = openOldJournals(folder, 2, migrations);
  expect(countIn(old.journals[0]?.store as never, 'offline_lease').n).toBe(0);
  expect(readFileSync(path).includes('a-secret-of-the-old-epoch')).toBe(false);
});
