import { beforeEach, expect, test } from 'vitest';
import { type DeskBench, openDeskBench, two } from '#tests/support/desk-bench.ts';
import { type FeederWatch, openFeederWatch, reconcileFeeder } from './feeder-watch.ts';

let kiosk: DeskBench;
let watch: FeederWatch;
let told: number;
beforeEach(() => {
  kiosk = openDeskBench();
  told = 0;
  watch = openFeederWatch(kiosk.journal, kiosk.store, kiosk.clock, () => {
    told += 1;
  });
});

const load = (count = 5) => kiosk.stock.load({ count, document: 'BA-0001', by: two });
const kinds = () => kiosk.desk.cases().map(({ kind }) => kind);

/** The sensor says the same all the time, looked at every 15 s. */
async function sensorSays(feederHasCards: boolean | 'unknown', minutes: number): Promise<void> {
  for (let seconds = 0; seconds <= minutes * 60; seconds += 15) {
    watch.look(feederHasCards);
    await kiosk.clock.advance(15_000);
  }
}

test('a feeder that stays empty while the books hold cards: they are unexplained, with the edge as evidence and a case', async () => {
  load();
  await sensorSays(false, 11);
  expect(kiosk.books()).toEqual({ 'kecamatan-safe': -5, unexplained: 5 });
  const moved = kiosk.journal.entries(1, 99).at(-1);
  expect(moved).toMatchObject({ data: { from: 'hopper', to: 'unexplained', count: 5, evidence: 'feeder empty edge' } });
  expect(kinds()).toEqual(['unexplained']);
  expect(told).toBe(1);
});

test('people who empty the feeder and type it a few minutes later are believed', async () => {
  load();
  await sensorSays(false, 8);
  kiosk.stock.unload({ count: 5, document: 'BA-0002', by: two });
  await sensorSays(false, 30);
  expect([kiosk.books(), kinds()]).toEqual([{}, []]);
});

test('who types it only after the edge was booked explains it by the same act', async () => {
  load();
  await sensorSays(false, 11);
  expect(() => kiosk.stock.unload({ count: 6, document: 'BA-0002', by: two })).toThrow('hopper holds 0');
  kiosk.stock.unload({ count: 5, document: 'BA-0002', by: two });
  expect([kiosk.books(), kinds()]).toEqual([{}, []]);
});

test('what a count missed is not found by a number: who takes all out and types the old one is refused', async () => {
  load();
  kiosk.stock.countHopper({ count: 4, by: two });
  expect(() => kiosk.stock.unload({ count: 5, document: 'BA-0002', by: two })).toThrow('hopper holds 4, not 5');
  await sensorSays(false, 11);
  expect(() => kiosk.stock.unload({ count: 5, document: 'BA-0002', by: two })).toThrow('hopper holds 0, not 5');
  kiosk.stock.unload({ count: 4, document: 'BA-0002', by: two });
  expect([kiosk.books(), kinds()]).toEqual([{ 'kecamatan-safe': -1, unexplained: 1 }, ['unexplained', 'unexplained']]);
});

test('cards in a feeder whose books are empty: a case without a number, until they are booked or counted', async () => {
  await sensorSays(true, 30);
  expect([kiosk.books(), kinds()]).toEqual([{}, ['unbooked-cards']]);
  expect(kiosk.types()).toEqual(['operator.acted']);
  load();
  expect(kinds()).toEqual([]);
});

test('a sensor that wavers or says nothing proves nothing', async () => {
  load();
  for (let times = 0; times < 100; times += 1) {
    await sensorSays(false, 1);
    watch.look(times % 2 === 0 ? true : 'unknown');
  }
  expect([kiosk.books().hopper, kinds()]).toEqual([5, []]);
});

test('an edge that agrees with the books books nothing', () => {
  load();
  expect(reconcileFeeder(kiosk.journal, 'not-empty')).toBe(false);
  expect(kiosk.journal.head().seq).toBe(1);
});
