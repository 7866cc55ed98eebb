import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrationsIn, openMemoryStore, type Store } from '#kit/store.ts';
import { makePopulation } from '#tools/population/make-population.ts';
import { writeDrop } from '#tools/population/write-drop.ts';
import { fingersOf } from '../fingers.ts';
import { findByNik } from '../records.ts';
import { importFileDrop } from './file-drop.ts';
import { maxFingerBytes, maxFingerRecordBytes } from './finger-records.ts';

const today = '2026-11-23';
const lookupKey = new Uint8Array(32).fill(7);
const clock = { wallMs: () => 1_795_000_000_000 };
const dataset = { name: 'palembang', version: today, cutOff: today };
const people = makePopulation({ count: 3, seed: 'fingers', city: 'palembang', today }).map((citizen, index) => ({
  ...citizen,
  face: index,
  signature: index,
  row: { ...citizen.row, status: 'PRINT_READY_RECORD', class: 'FIRST', fingers: index === 2 ? '0' : '10' },
}));
const [siti, budi, salamah] = people as [(typeof people)[number], (typeof people)[number], (typeof people)[number]];

let home = '';
let golden = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'fingers-'));
  golden = join(home, 'golden');
  await writeDrop(golden, dataset, people);
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** A record by its head; what follows is the kiosk's to read. */
function record(...body: number[]): Uint8Array {
  return Uint8Array.from([
    ...Buffer.from('FMR\0 20\0', 'latin1'),
    0,
    0,
    0,
    24 + body.length,
    ...Array(12).fill(0),
    ...body,
  ]);
}

async function dropWith(files: Record<string, Uint8Array | string>): Promise<string> {
  const folder = await mkdtemp(join(home, 'drop-'));
  await cp(golden, folder, { recursive: true });
  await mkdir(join(folder, 'fingers'), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, 'fingers', name), bytes);
  return folder;
}

function openOffice() {
  const store = openMemoryStore({ migrations: migrationsIn(join(import.meta.dirname, '../../migrations')) });
  return { store, take: (folder: string) => importFileDrop(folder, { store, clock, lookupKey }) };
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const known = (store: Store, { row }: typeof siti) =>
  store.read((db) => fingersOf(db, lookupKey, findByNik(db, lookupKey, row.nik)?.record.person ?? ''));

test('finger records come with the drop, by person and in the order of the fingers', async () => {
  const { store, take } = openOffice();
  const folder = await dropWith({
    [`${siti.row.nik}-10.fmr`]: record(10),
    [`${siti.row.nik}-2.fmr`]: record(2),
    [`${budi.row.nik}-7.fmr`]: record(7),
  });
  expect(await take(folder)).toMatchObject({ landed: 3, withFingers: 2, refused: [], warnings: [] });
  expect(known(store, siti)).toEqual([record(2), record(10)].map(base64));
  expect(known(store, budi)).toEqual([base64(record(7))]);
  expect(known(store, salamah)).toEqual([]);
  expect(await take(folder), 'the same drop again').toMatchObject({ unchanged: 3, updated: 0 });
});

test('they are not to be read in the database, nor under the name of somebody else', async () => {
  const { store, take } = openOffice();
  await take(await dropWith({ [`${siti.row.nik}-2.fmr`]: record(1, 2, 3, 4) }));
  const rows = store.read((db) => db.prepare('SELECT * FROM finger_reference').all()) as { locked: Uint8Array }[];
  expect(rows).toHaveLength(1);
  expect(Buffer.from(rows[0]?.locked ?? []).includes('FMR')).toBe(false);
  expect(JSON.stringify(rows)).not.toContain(siti.row.nik);
  store.write('swapped', (db) => db.prepare('UPDATE finger_reference SET person = ?').run('somebody'));
  expect(() => store.read((db) => fingersOf(db, lookupKey, 'somebody'))).toThrow();
});

test('a new delivery replaces them, also by none', async () => {
  const { store, take } = openOffice();
  await take(await dropWith({ [`${siti.row.nik}-2.fmr`]: record(1), [`${siti.row.nik}-7.fmr`]: record(2) }));
  expect(await take(await dropWith({ [`${siti.row.nik}-7.fmr`]: record(3) }))).toMatchObject({ updated: 1 });
  expect(known(store, siti)).toEqual([base64(record(3))]);
  expect(await take(await dropWith({}))).toMatchObject({ updated: 1, withFingers: 0 });
  expect(known(store, siti)).toEqual([]);
});

const long = (bytes: number) => record(...Array(bytes - 24).fill(1));
const third = Math.ceil((maxFingerBytes + 1) / 3);
test.each([
  ['words that are no record', { '2.fmr': 'no record' }],
  ['an empty file', { '2.fmr': '' }],
  ['a head cut short', { '2.fmr': record().subarray(0, 23) }],
  ['one good record and one that is none', { '2.fmr': record(), '7.fmr': 'x' }],
  ['a record too big for a sealed one', { '2.fmr': long(maxFingerRecordBytes + 1) }],
  ['records that are too big together', { '2.fmr': long(third), '3.fmr': long(third), '7.fmr': long(third) }],
])('%s: a warning, no finger of that person, and the card is printed all the same', async (_, files) => {
  const { store, take } = openOffice();
  const named = Object.entries(files).map(([name, bytes]) => [`${siti.row.nik}-${name}`, bytes]);
  const report = await take(await dropWith({ ...Object.fromEntries(named), [`${budi.row.nik}-2.fmr`]: record() }));
  expect(report).toMatchObject({ landed: 3, withFingers: 1, refused: [] });
  expect(report.warnings).toMatchObject([{ row: 2, code: 'import/bad-fingers', nikTail: siti.row.nik.slice(-4) }]);
  expect(JSON.stringify(report)).not.toContain(siti.row.nik);
  expect(known(store, siti)).toEqual([]);
  expect(known(store, budi)).toHaveLength(1);
});

test('where the registry says that no finger is enrolled, a record is somebody else’s', async () => {
  const { store, take } = openOffice();
  const report = await take(await dropWith({ [`${salamah.row.nik}-2.fmr`]: record() }));
  expect(report.warnings).toMatchObject([{ row: 4, code: 'import/bad-fingers' }]);
  expect(known(store, salamah)).toEqual([]);
});

test('files with other names belong to nobody', async () => {
  const { store, take } = openOffice();
  const names = [`${siti.row.nik}.fmr`, `${siti.row.nik}-0.fmr`, `${siti.row.nik}-11.fmr`, `${siti.row.nik}-2.txt`];
  await take(await dropWith(Object.fromEntries(names.map((name) => [name, record()]))));
  expect(known(store, siti)).toEqual([]);
});
