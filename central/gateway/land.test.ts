import { copyFileSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Db, migrationsIn, openFileStore, openMemoryStore, type Store } from '#kit/store.ts';
import { writePopulationDrop } from '#tools/population/population.ts';
import { importFileDrop } from './file-drop/file-drop.ts';

const today = '2026-11-23';
const ports = { clock: { wallMs: () => 1_795_000_000_000 }, lookupKey: new Uint8Array(32).fill(7) };
const migrations = migrationsIn(join(import.meta.dirname, '../migrations'));
const options = { seed: 'landing', city: 'both', today } as const;

let drops = '';
let home = '';
beforeAll(async () => {
  drops = await mkdtemp(join(tmpdir(), 'drops-'));
  await writePopulationDrop(join(drops, 'city'), { ...options, count: 1000 });
  await writePopulationDrop(join(drops, 'village'), { ...options, count: 100 });
}, 60_000);
afterAll(() => rm(drops, { recursive: true, force: true }));
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'landing-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const counts = (store: Store) =>
  ['dataset', 'record', 'pickup'].map((table) =>
    store.read((db) => (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n),
  );

/** The same store, but something happens after so many statements have run within a transaction. */
function interrupted(store: Store, afterStatements: number, happen: () => void): Store {
  let left = afterStatements;
  const counting = (db: Db): Db => ({
    prepare: ((sql: string) => {
      const statement = db.prepare(sql);
      const run = (...given: unknown[]) => {
        left -= 1;
        if (left === 0) happen();
        return statement.run(...given);
      };
      return { run, get: statement.get.bind(statement) };
    }) as unknown as Db['prepare'],
  });
  return { ...store, write: (name, work) => store.write(name, (db) => work(counting(db))) };
}

test('1,000 people land in one transaction, the ones of a second city beside them', async () => {
  const names: string[] = [];
  using store = openMemoryStore({ migrations, onWrite: (name) => names.push(name) });
  const report = await importFileDrop(join(drops, 'city'), { ...ports, store });
  expect(report).toMatchObject({ rows: 1000, landed: 1000, codes: 1000, refused: [] });
  expect(counts(store)).toEqual([1, 1000, 1000]);
  expect(names).toEqual(['gateway.import']);
  const places = store.read((db) => db.prepare('SELECT DISTINCT kecamatan_code FROM record').all());
  expect(places).toHaveLength(27);
});

test('an import that fails half-way leaves nothing, and the next one lands all', async () => {
  using store = openMemoryStore({ migrations });
  const folder = join(drops, 'village');
  const failing = interrupted(store, 60, () => {
    throw new Error('pulled the plug');
  });
  await expect(importFileDrop(folder, { ...ports, store: failing })).rejects.toThrow('pulled the plug');
  expect(counts(store)).toEqual([0, 0, 0]);
  expect(await importFileDrop(folder, { ...ports, store })).toMatchObject({ landed: 100 });
});

// 100 people fill more than the page cache: the later kills find part of them in the write-ahead log
test.each([1, 2, 60, 250])('a kill at statement %i leaves a file with what was there before', async (at) => {
  const folder = join(drops, 'village');
  using store = openFileStore(join(home, 'central.db'), { migrations });
  const killed = interrupted(store, at, () => copyDatabase('central.db', 'after-kill.db'));
  expect(await importFileDrop(folder, { ...ports, store: killed })).toMatchObject({ landed: 100 });

  using next = openFileStore(join(home, 'after-kill.db'), { migrations });
  expect(counts(next)).toEqual([0, 0, 0]);
  expect(await importFileDrop(folder, { ...ports, store: next })).toMatchObject({ landed: 100 });
});

/** What the disk holds at this moment is what a killed process leaves: pages and write-ahead log. */
function copyDatabase(from: string, to: string): void {
  for (const part of ['', '-wal']) {
    if (existsSync(join(home, from + part))) copyFileSync(join(home, from + part), join(home, to + part));
  }
}
