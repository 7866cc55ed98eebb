import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { booksAddUp } from '#tests/processes/books.ts';
import { goesHome, picksUp, tap, walksTo, welcomes } from '#tests/processes/citizen.ts';
import { until } from '#tests/processes/events.ts';
import { type calls, type errors, failFromNow, fiuMissing, unless } from './faults.ts';
import { isOutOfOrder, openPlace, type Place } from './place.ts';

describe.skipIf(unless(fiuMissing()))('a disk that fails under the controller', () => {
  let place: Place;
  beforeAll(async () => {
    place = await openPlace({ pacing: 'fast', mayFail: true });
  }, 60_000);
  afterAll(() => place?.[Symbol.asyncDispose]());

  const faults: [keyof typeof calls, keyof typeof errors, 'kiosk/store-failed' | 'kiosk/disk-full'][] = [
    ['write', 'EIO', 'kiosk/store-failed'],
    ['write', 'ENOSPC', 'kiosk/disk-full'],
    ['fsync', 'EIO', 'kiosk/store-failed'],
    ['fsync', 'ENOSPC', 'kiosk/store-failed'], // whatever it says: what was synchronised is not known
  ];

  test.each(faults)(
    '%s answers %s: the screen says so, the process ends with 74, and the next one serves',
    async (call, error, code) => {
      await using life = await place.starts();
      await welcomes(life.product);
      const said = isOutOfOrder(life, code);
      failFromNow(place.folder, life.pid, call, error);
      await tap(life.product, { tap: 'start' }).catch(() => undefined); // the visit cannot be written down
      await said;
      const end = await life.ended;
      expect(end.code).toBe(74);
      expect(end.said.split('\n').at(-1)).toContain(code);
    },
    60_000,
  );

  test('under the print head: nothing moves any more, the next life puts the card away, and two people decide', async () => {
    const life = await place.starts();
    await welcomes(life.product);
    await walksTo(
      life.product,
      'FIRST-01',
      ({ at, ...more }) => at === 'printing' && 'fraction' in more && more.fraction > 0.3,
    );
    failFromNow(place.folder, life.pid, 'fsync', 'EIO');
    expect((await life.ended).code).toBe(74);
    const left = await until(life.product.world, 'the cabinet', (view) => view !== null);
    expect(left).toMatchObject({ inside: { panels: expect.anything() }, shutter: { open: false }, takenCount: 0 });
    await life.killed();

    await using next = await place.starts();
    await welcomes(next.product);
    await walksTo(next.product, 'FIRST-01', ({ at }) => at === 'trouble');
    await goesHome(next.product);
    await picksUp(next.product, 'FIRST-02');
    await next.killed();
    await place.closes();
    const books = booksAddUp(place.folder);
    expect(books.of('print.outcome').map(({ data }) => data.outcome)).toEqual(['in-doubt', 'issued']);
    expect(books.stock).toMatchObject({ 'in-doubt': 1, issued: 1 });
  }, 60_000);
});
