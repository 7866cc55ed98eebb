import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { controllerMigrations } from '#controller/controller.ts';
import { openFileStore } from '#kit/store.ts';
import { picksUp, shows } from '#tests/processes/citizen.ts';
import { lastWords } from '#tests/processes/product.ts';
import { demoKiosk } from '#tools/place/place.ts';
import { isOutOfOrder, openPlace, type Place } from './place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace({ pacing: 'zero' });
  await using life = await place.starts();
  await picksUp(life.product, 'FIRST-01');
  await life.killed(); // its last entries stand in the log beside the file
  cpSync(place.state, keptAt(), { recursive: true, filter: isNoSocket });
}, 60_000);
afterAll(() => place?.[Symbol.asyncDispose]());

const isNoSocket = (path: string) => !path.endsWith('.sock');
const keptAt = () => join(place.folder, 'kept');
const journal = (epoch = 1) => join(place.state, `journal-${epoch}.db`);
const aside = () => readdirSync(place.state).filter((name) => name.includes('.damaged-'));

/** Each story begins with the disk as the kill left it. */
beforeEach(() => {
  rmSync(place.state, { recursive: true });
  cpSync(keptAt(), place.state, { recursive: true });
});

function change(path: string, work: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path);
  work(bytes);
  writeFileSync(path, bytes);
}

function flipAt(path: string, at: number): void {
  change(path, (bytes) => bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at));
}

/** Brings the log into the file, as a stop in good order does. */
function closeInOrder(): void {
  openFileStore(journal(), { migrations: controllerMigrations }).close();
}

/** What a technician brings from central: the same kiosk, in the next epoch. */
function bringEnrolment(epoch: number): void {
  const path = join(place.state, 'enrolment.json');
  const enrolment = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(`${path}.new`, JSON.stringify({ ...enrolment, epoch }));
  renameSync(`${path}.new`, path);
}

/** The page on which a table begins: read by SQLite itself, before anybody else holds the file. */
function firstPageOf(table: string): { at: number; bytes: number } {
  closeInOrder();
  using db = closing(new Database(journal(), { readonly: true }));
  const { rootpage } = db.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').get(table) as {
    rootpage: number;
  };
  const bytes = db.pragma('page_size', { simple: true }) as number;
  return { at: (rootpage - 1) * bytes, bytes };
}

const closing = (db: Database.Database) => Object.assign(db, { [Symbol.dispose]: () => void db.close() });

describe('a journal that is not what was written', () => {
  test('waits aside, restart after restart, until central has opened another epoch; then the kiosk goes on by itself', async () => {
    flipAt(journal(), 3);
    const [file, log] = [readFileSync(journal()), readFileSync(`${journal()}-wal`)];
    for (const _ of ['found', 'remembered']) {
      await using life = await place.starts();
      await isOutOfOrder(life, 'kiosk/journal-damaged');
      await life.killed();
      expect(existsSync(journal()), 'no empty journal takes its place').toBe(false);
    }
    const names = aside();
    expect(names).toEqual([
      expect.stringMatching(/^journal-1\.damaged-\d{4}-\d\d-\d\d$/),
      expect.stringMatching(/-wal$/),
    ]);

    await using life = await place.starts();
    await isOutOfOrder(life, 'kiosk/journal-damaged');
    bringEnrolment(1); // of the epoch that is damaged: it changes nothing
    bringEnrolment(2);
    await shows(life.product, 'another screen', ({ screen }) => screen.at !== 'preparing' || screen.code === null);
    expect(existsSync(journal(2))).toBe(true);
    expect(
      names.map((name) => readFileSync(join(place.state, name)).equals(name.endsWith('-wal') ? log : file)),
    ).toEqual([true, true]);
  }, 60_000);

  test.each<[string, () => void]>([
    [
      'its end is cut off',
      () => {
        closeInOrder();
        truncateSync(journal(), 8_192);
      },
    ],
    [
      'a bit of its last entry is flipped',
      () => {
        closeInOrder();
        change(journal(), (bytes) => bytes.write('0.1.1', bytes.lastIndexOf('"software":"0.1.0"') + 12));
      },
    ],
    ['a bit of an early commit in its log is flipped', () => flipAt(`${journal()}-wal`, 32 + 4_120 + 3_000)],
  ])(
    '%s: nothing is opened on the strength of it',
    async (_, harm) => {
      harm();
      await using life = await place.starts();
      await isOutOfOrder(life, 'kiosk/journal-damaged');
      expect(aside().length).toBeGreaterThan(0);
      expect(existsSync(journal())).toBe(false);
    },
    60_000,
  );

  test('a page that is read only later: that life ends with 74, and the next one asks for a technician', async () => {
    const { at, bytes } = firstPageOf('lease');
    change(journal(), (file) => file.fill(0xff, at, at + bytes));
    {
      await using life = await place.starts();
      const { code, said } = await life.ended;
      expect([code, said]).toEqual([74, expect.stringContaining('kiosk/journal-damaged')]);
    }
    await using next = await place.starts();
    await isOutOfOrder(next, 'kiosk/journal-damaged');
    expect(existsSync(journal())).toBe(false);
  }, 60_000);
});

test('a kiosk in good order goes on to the next epoch between two visits, and keeps the old journal', async () => {
  await using life = await place.starts();
  await shows(life.product, 'a welcome', ({ screen }) => screen.at === 'welcome');
  bringEnrolment(2);
  expect((await life.ended).code).toBe(0);
  await using next = await place.starts();
  await shows(next.product, 'a welcome', ({ screen }) => screen.at === 'welcome');
  expect([existsSync(journal(1)), existsSync(journal(2))]).toEqual([true, true]);
}, 60_000);

test('central opens another epoch for a kiosk whose journal is damaged: it comes back, and waits to be counted', async () => {
  flipAt(journal(), 3);
  await using life = await place.starts();
  await isOutOfOrder(life, 'kiosk/journal-damaged');
  const file = join(place.state, 'enrolment.json');
  const by = ['--reason', 'journal damaged', '--by', 'OP-DEWI', '--by', 'OP-BUDI', '--out', `${file}.new`];
  const central = [process.execPath, 'central/main.ts', 'open-epoch', demoKiosk];
  const { code, said } = await lastWords(central, [...by, '--state', join(place.folder, 'central')]);
  expect([code, said]).toEqual([0, expect.anything()]);
  renameSync(`${file}.new`, file);
  const { screen } = await shows(life.product, 'a welcome', ({ screen: { at } }) => at === 'welcome');
  expect(screen).toMatchObject({ service: { cardsLeftToday: 0 } });
  expect(existsSync(journal(2))).toBe(true);
}, 60_000);
