import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import { booksAddUp } from '#tests/processes/books.ts';
import { picksUp, shows, tap, welcomes } from '#tests/processes/citizen.ts';
import { mountSmallDisk, mountsForbidden, type SmallDisk, unless } from './faults.ts';
import { isOutOfOrder, type Life, openPlace, type Place } from './place.ts';

/** More than the room that a kiosk leaves to others. */
const diskMegabytes = 100;

describe.skipIf(unless(mountsForbidden()))('a file system of its own', () => {
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
