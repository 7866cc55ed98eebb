import { expect, test } from 'vitest';
import { assess } from '#drivers/fingerprint/matching/quality.ts';
import { systemClock } from '#kit/clock.ts';
import { platenOf } from '../finger-picture.ts';
import { openWorld } from '../world/open-world.ts';
import { manners } from '../world/plain.ts';
import { drawnFingers } from './drawn-fingers.ts';

const draw = drawnFingers();
const placed = { person: 'siti', finger: 'right-index', manner: 'well', placement: 1 } as const;

test('a placement is one picture, as large as the scanner sees; another placement is another one', async () => {
  const [first, again, second] = await Promise.all([draw(placed), draw(placed), draw({ ...placed, placement: 2 })]);
  expect(first).toMatchObject({ widthPx: 256, heightPx: 288, dpi: 500 });
  expect(again.pixels).toEqual(first.pixels);
  expect(second.pixels).not.toEqual(first.pixels);
});

test('how a finger is put down shows: three ways get the hint that helps, one needs none', async () => {
  const hints = await Promise.all(
    manners.map(async (manner) => [manner, assess(await draw({ ...placed, manner })).hint]),
  );
  expect(Object.fromEntries(hints)).toEqual({ well: null, lightly: 'press', wet: 'dry', beside: 'centre' });
});

test('the finger comes down when it is drawn, and none is left where it was lifted before', async () => {
  const world = openWorld({ clock: systemClock });
  const glass = platenOf(world, draw);
  world.putFinger('siti', 'right-index');
  expect(glass.finger).toBeNull();
  const drawn = await draw({ ...placed, placement: 1 }); // asked after it, so drawn after it
  expect(glass.finger?.pixels).toEqual(drawn.pixels);
  world.putFinger('budi', 'right-index');
  expect(glass.finger).toBeNull();
  world.liftFinger();
  await draw(placed);
  expect(glass.finger).toBeNull();
});

test('a finger that cannot be drawn never comes down, and says so', async () => {
  const world = openWorld({ clock: systemClock });
  const told: unknown[] = [];
  const glass = platenOf(
    world,
    () => Promise.reject(new Error('no ink')),
    (error) => told.push(error),
  );
  world.putFinger('siti', 'right-index');
  expect(glass.finger).toBeNull();
  await Promise.resolve();
  expect([glass.finger, String(told)]).toEqual([null, 'Error: no ink']);
});
