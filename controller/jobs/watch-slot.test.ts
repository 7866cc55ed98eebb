import { expect, onTestFinished, test } from 'vitest';
import type { PanelSensors } from '#drivers/panel/panel.ts';
import { Remembered } from '#kit/async.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { waitUntilTaken } from './slot.ts';
import { watchSlot } from './watch-slot.ts';

/** The levels of a panel, as a driver remembers them: whoever looks late sees the last ones only. */
function front(now: Partial<PanelSensors> = {}) {
  const calm = { cardAtExit: false, exitEmptied: 0, shutterClosed: true, doorClosed: true, mainsPresent: true };
  const levels = new Remembered<PanelSensors>({ ...calm, ...now });
  const panel = {
    watch: (signal: AbortSignal) => levels.changes(signal),
    get sensors() {
      return levels.value;
    },
  };
  const report = (cardAtExit: PanelSensors['cardAtExit'], exitEmptied = levels.value.exitEmptied ?? 0) =>
    levels.set({ ...levels.value, cardAtExit, exitEmptied });
  return { panel, report, levels, clock: manualClock() };
}

/** A card has been presented, and stands in the slot. */
async function cardInSlot(emptiedBefore = 0) {
  const place = front({ exitEmptied: emptiedBefore });
  const watch = watchSlot(place.panel);
  onTestFinished(() => watch[Symbol.dispose]());
  watch.allowShutter(() => undefined);
  place.report(true);
  await place.clock.advance(0);
  return { ...place, watch };
}

test('a card that is taken, and another in its place before anybody looks, are both seen', async () => {
  const { watch, report, clock } = await cardInSlot(4);
  report(false, 5);
  report(true, 5);
  await clock.advance(0);
  expect(watch.exit).toMatchObject({ standing: true, arrivals: 2, departures: 1 });
});

test('a card that came and went before anybody looked has been there', async () => {
  const { panel, report, clock } = front();
  using watch = watchSlot(panel);
  watch.allowShutter(() => undefined);
  report(true);
  report(false, 1);
  await clock.advance(0);
  expect(watch.exit).toMatchObject({ standing: false, arrivals: 1, departures: 1 });
});

test('while it stands there nothing has been emptied for good; once it goes too, it has', async () => {
  const { watch, report, clock } = await cardInSlot();
  report(false, 1);
  report(true, 1);
  let emptied = false;
  const { signal } = new AbortController();
  void watch.untilEmptied(0, clock, 60_000, signal).then((is) => {
    emptied = is;
  });
  await clock.advance(1_000);
  expect(emptied).toBe(false);
  report(false, 2);
  await clock.advance(0);
  expect(emptied).toBe(true);
  expect(watch.exit).toMatchObject({ arrivals: 2, departures: 2 });
});

test('a driver that is opened anew counts from none: nothing is counted twice, and an empty slot is one edge', async () => {
  const { watch, levels, report, clock } = await cardInSlot(4);
  const { exitEmptied: _, ...silent } = levels.value;
  levels.set({ ...silent, cardAtExit: 'unknown' });
  await clock.advance(0);
  report(false, 0);
  await clock.advance(0);
  expect(watch.exit).toMatchObject({ standing: false, arrivals: 1, departures: 1 });
  expect(watch.breach).toBe('the sensors were silent');
});

test.each([
  ['taken, and another pushed in at once', [[false, 1] as const, [true, 1] as const], true],
  ['taken', [[false, 1] as const], true],
  ['left', [], false],
])('a SPECIMEN that is %s', async (_, reports, isTaken) => {
  const { panel, report, clock } = front({ cardAtExit: true });
  const waiting = waitUntilTaken(panel, clock, 10_000, new AbortController().signal);
  await clock.advance(0);
  for (const [cardAtExit, exitEmptied] of reports) report(cardAtExit, exitEmptied);
  await clock.advance(10_001);
  expect(await waiting).toBe(isTaken);
});
