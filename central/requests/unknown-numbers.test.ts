import { expect, test } from 'vitest';
import { centralMigrations } from '#central/central.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openMemoryStore } from '#kit/store.ts';
import { openUnknownNumbers, unknownNumbersPerHour } from './unknown-numbers.ts';

test('whoever tries twenty unknown numbers within an hour is told to a person, once; slower ones are not', async () => {
  const clock = manualClock();
  const store = openMemoryStore({ migrations: centralMigrations });
  const note = openUnknownNumbers(store, clock);
  const alarms = () => (store.read((db) => db.prepare('SELECT count(*) AS n FROM anomaly').get()) as { n: number }).n;
  for (let n = 0; n < unknownNumbersPerHour - 1; n += 1) note('SU1-A', 1);
  await clock.advance(3_600_000);
  note('SU1-A', 1);
  expect(alarms()).toBe(0);
  for (let n = 0; n < unknownNumbersPerHour - 1; n += 1) note('SU1-A', 1);
  expect(alarms()).toBe(1);
  note('SU1-A', 1);
  expect(alarms()).toBe(1);
});
