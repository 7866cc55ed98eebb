import { afterEach, expect, test } from 'vitest';
import { StoreBroken } from '#kit/store.ts';
import { type JobBench, openJobBench, placesOf } from '#tests/support/job-bench.ts';

let bench: JobBench | undefined;
afterEach(async () => {
  await bench?.[Symbol.asyncDispose]();
  bench = undefined;
});

test('a card that no attempt explains is moved to the box and booked as unexplained', async () => {
  const place = await openJobBench();
  bench = place;
  place.cabinet.world.cardPath.feed('print');
  const life = await place.begins();
  await life.recovers();
  expect(placesOf(place.cabinet.world.now)).toMatchObject({ printer: 0, box: 1, hopper: 2 });
  expect(place.accounts()).toMatchObject({ spoiled: 1, unexplained: -1, hopper: 3 });
});

async function foreignCardInTheSlot() {
  const place = await openJobBench();
  bench = place;
  const life = await place.begins();
  await life.recovers();
  const books = place.accounts();
  await life.soon(life.devices.panel.openShutter({ signal: new AbortController().signal }));
  expect(place.cabinet.world.pushForeignCard('stranger')).toBe(true);
  return { place, life, books };
}

test('a card in the slot that no attempt explains is moved to the box, and no blank is booked for it', async () => {
  const { place, life, books } = await foreignCardInTheSlot();
  await place.clock.advance(1_000);
  await life.recovers();
  expect(place.cabinet.world.now.cards.find(({ kind }) => kind === 'foreign')?.place).toBe('box');
  expect(place.accounts()).toEqual(books);
  expect(place.entries().at(-1)).toMatchObject({ type: 'operator.acted', data: { action: 'found-in-slot' } });
  expect(place.cabinet.world.now.shutter.open).toBe(false);
});

test('and where a hand takes it again before it is moved, what lies inside later is not taken for it', async () => {
  const { place, life } = await foreignCardInTheSlot();
  const { world } = place.cabinet;
  await life.ends();
  await place.clock.advance(3_000);
  place.afterWrite('slot.found', () => {
    world.wedgeShutter();
    world.takeCard('stranger');
    world.freeShutter();
  });
  const next = await place.begins();
  await next.recovers().catch(() => undefined); // there is nothing to pull in
  await next.recovers();
  world.cardPath.feed('print');
  await next.recovers();
  expect(place.accounts()).toMatchObject({ spoiled: 1, unexplained: -1 });
});

test('also where the program dies while it is pulled in: the next life does not take it for a blank', async () => {
  const { place, life, books } = await foreignCardInTheSlot();
  await life.ends();
  await place.clock.advance(3_000);
  const second = await place.begins({ atWrite: 2, commits: false });
  await expect(second.recovers()).rejects.toThrow(StoreBroken);
  expect(second.writes, 'and then it dies').toEqual(['slot.found']);
  await second.ends();
  const third = await place.begins();
  await third.recovers();
  expect(place.cabinet.world.now.cards.find(({ kind }) => kind === 'foreign')?.place).toBe('box');
  expect(place.accounts()).toEqual(books);
});
