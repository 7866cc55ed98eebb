import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import { type Db, openFileStore, StoreBroken } from '#kit/store.ts';
import { booksAddUp } from '#tests/processes/books.ts';
import { picksUp, shows, tap, welcomes } from '#tests/processes/citizen.ts';
import { mountSmallDisk, mountsForbidden, type SmallDisk, unless } from './faults.ts';
import { isOutOfOrder, type Life, openPlace, type Place } from './place.ts';

/** More than the room that a kiosk leaves to others. */
const diskMegabytes = 100;

const skipped = unless(mountsForbidden());

describe.skipIf(skipped)('a file system of its own', () => {
  let place: Place;
  let disk: SmallDisk;
  beforeAll(async () => {
    const prepare = (state: string) => {
      disk = mountSmallDisk(state, diskMegabytes);
      return disk;
    };
    place = await openPlace({ pacing: 'zero', prepare });
  }, 60_000);
  afterAll(() => place?.[Symbol.asyncDispose]());

  const saysFull = ({ screen }: ScreenState) =>
    (screen.at === 'preparing' && screen.code === 'kiosk/disk-full') ||
    (screen.at === 'welcome' && screen.service.reason === 'kiosk/disk-full');

  /** Somebody touches the page until the kiosk has noticed that nothing can be written. */
  async function noticesThatItIsFull(life: Life): Promise<void> {
    const said = shows(life.product, 'that the disk is full', saysFull);
    await tap(life.product, { tap: 'start' }).catch(() => undefined);
    await said;
  }

  test('that fills up while the kiosk runs: no card is printed until there is room again', async () => {
    const life = await place.starts();
    await welcomes(life.product);
    disk.fill();
    await noticesThatItIsFull(life);
    await life.killed();
    disk.fill(); // what that life let go of is taken as well

    await using next = await place.starts();
    await shows(next.product, 'that the disk is full still', saysFull);
    disk.empty();
    await picksUp(next.product, 'FIRST-01');
  }, 60_000);

  test('that is read-only at the start: the screen says so, and the kiosk opens by itself when it is not any more', async () => {
    disk.readOnly(true);
    await using life = await place.starts();
    await isOutOfOrder(life, 'kiosk/store-failed');
    disk.readOnly(false);
    await picksUp(life.product, 'FIRST-02');
    await life.killed();
    await place.closes();
    expect(existsSync(join(place.state, 'journal-1.db'))).toBe(true);
    expect(booksAddUp(place.folder).stock).toMatchObject({ hopper: 48, issued: 2 });
  }, 60_000);
});

describe.skipIf(skipped)('room for one card', () => {
  const card = 2 ** 20;
  const migrations = [{ name: '0001.sql', sql: 'CREATE TABLE fact (text TEXT NOT NULL) STRICT' }];
  const entry = (db: Db) => db.prepare('INSERT INTO fact VALUES (?)').run('x'.repeat(1_000));

  test('that was set aside is there when the disk is full; that cannot be set aside is refused, and breaks nothing', () => {
    const at = mkdtempSync(join(tmpdir(), 'anjungan-room-'));
    using disk = mountSmallDisk(at, 16);
    using store = openFileStore(join(at, 'journal-1.db'), { migrations });
    disk.fill();
    expect(() => store.reserve(card)).toThrow(expect.objectContaining({ code: 'kiosk/disk-full' }));
    disk.empty();
    store.reserve(card);
    disk.fill();
    for (let n = 0; n < 60; n += 1) store.write('entry', entry);
    expect(store.read((db) => db.prepare('SELECT count(*) AS n FROM fact').get())).toEqual({ n: 60 });
    const fillItsRoom = () => {
      for (let n = 0; n < 3_000; n += 1) store.write('entry', entry);
    };
    expect(fillItsRoom, 'and the end of the room is the end of the store').toThrow(StoreBroken);
  });
});
