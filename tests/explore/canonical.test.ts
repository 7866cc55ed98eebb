import { expect, test } from 'vitest';
import { restoreOffice } from './authority.ts';
import { keysOf, nowAfterEvent } from './canonical.ts';
import { mendLater } from './mending.ts';
import { visitor } from './people.ts';
import { begun, readyTown } from './record.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Universe } from './universe.ts';

const restored = (times: number): Scenario => ({
  name: `restored ${times} times`,
  tells: 'the office is restored while a card is printed, as often as it takes two people to believe it',
  visitors: [visitor('FIRST-01')],
  happens: [{ at: /^store kiosk print\.intended after/, does: (universe) => restore(universe, times) }],
  oldOffice: true,
});

function restore(universe: Universe, times: number): void {
  const [bytes] = universe.authority.officeDisks;
  if (!bytes) throw new Error('nobody kept the disks of the office');
  universe.killCentral();
  for (let time = 0; time < times; time++) restoreOffice(universe, bytes, 'applied');
  void mendLater(universe, 6_000, () => universe.startCentral());
}

test('an office restored twice is, for a second event, one restored once; for a first event it is not', async () => {
  const { town, from } = await readyTown();
  const afterwards = async (times: number) => {
    const universe = begun(town, from, restored(times));
    expect(await universe.untilQuiet()).toBe(true);
    const keys = { asFirst: keysOf(universe), asSecond: nowAfterEvent(universe) };
    universe.end();
    return keys;
  };
  const [once, twice] = [await afterwards(1), await afterwards(2)];
  expect(twice.asSecond.situation).toBe(once.asSecond.situation);
  expect(twice.asFirst.situation).not.toBe(once.asFirst.situation);
});
