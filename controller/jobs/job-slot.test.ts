import { describe, expect, test } from 'vitest';
import { placesOf } from '#tests/support/job-bench.ts';
import { jobStories } from '#tests/support/job-stories.ts';

const story = jobStories();
const { withHeldCard, takesTheCard, takesFromInside, everythingIsInOrder } = story;

describe('after presenting no machine restores the right', () => {
  test('a shutter that does not open: the finished card goes to the box and is held', async () => {
    const { life, world, held } = await withHeldCard();
    world.wedgeShutter();
    const ended = await life.presents(held, 1);
    expect(ended).toMatchObject({ outcome: 'retained', code: 'panel/shutter-stuck' });
    expect(story.bench.accounts()).toMatchObject({ retained: 1 });
    everythingIsInOrder();
  });

  test('a card that jams on its way out is held or in doubt, never usable again, and the way out is shut', async () => {
    const { life, world, held, misbehaves } = await withHeldCard();
    misbehaves({ fault: 'jam', on: 'Se' });
    const ended = await life.presents(held, 1);
    if (ended.at !== 'ended') throw new Error('it did not end');
    expect(['retained', 'in-doubt']).toContain(ended.outcome);
    expect(world.now.shutter.open).toBe(false);
    everythingIsInOrder();
  });

  test('a card that a hand took out of the printer is never usable again, and the way out is shut', async () => {
    const { life, world, held } = await withHeldCard();
    takesFromInside();
    const ended = await life.presents(held, 1);
    if (ended.at !== 'ended') throw new Error('it did not end');
    expect(['issued', 'in-doubt']).toContain(ended.outcome);
    expect(world.now.shutter.open).toBe(false);
    everythingIsInOrder();
  });

  test('a card that cannot be pulled in is in doubt: the hand that takes it later changes nothing', async () => {
    const { life, world, held, misbehaves } = await withHeldCard();
    misbehaves({ fault: 'move-hangs', on: 'Sib' });
    const ended = await life.presents(held, 1);
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    world.takeCard('late');
    everythingIsInOrder();
  });

  test('a full box keeps the card inside: in doubt', async () => {
    const { life, world, held } = await withHeldCard(3, { rejectBoxCapacity: 1 });
    Object.assign(world.now.rejectBox, { capacity: 0 });
    await life.presents(held, 1);
    const ended = await life.soon(held.retain(new AbortController().signal));
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(placesOf(world.now)).toMatchObject({ printer: 1, box: 0 });
    everythingIsInOrder();
  });

  test('a printer that cannot say so any more when the card is taken: in doubt soon, and the way out is shut', async () => {
    const { life, world, held } = await withHeldCard();
    const ended = await life.presents(held, 1, () => {
      world.unplug('card-printer');
      takesTheCard();
    });
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(story.bench.clock.monotonicMs()).toBeLessThan(60_000);
    expect(world.now.shutter.open).toBe(false);
    everythingIsInOrder();
  });
});

test('a card that staff take through the open door before it comes out is in doubt, not in the hand of its owner', async () => {
  const { life, world, held } = await withHeldCard();
  let over: Promise<void> | undefined;
  const reachesIn = async () => {
    world.openDoor('operator');
    takesFromInside();
    await story.bench.clock.sleep(200);
    world.closeDoor('operator');
  };
  const stop = world.onChange((now) => {
    if (now.history.at(-1)?.what === 'shutter opened') over ??= reachesIn();
  });
  expect(await life.presents(held, 1)).toMatchObject({ outcome: 'in-doubt' });
  stop();
  await life.soon(over ?? Promise.reject(new Error('nobody reached in')));
  everythingIsInOrder();
});

describe('the exit sensor counts each edge', () => {
  /** A hand takes the card; somebody else has the next thing ready, and at once. */
  const takesAndAnotherPushes = (afterMs: number) => () =>
    void story.bench.clock.sleep(400).then(async () => {
      story.bench.cabinet.world.takeCard('rani');
      if (afterMs > 0) await story.bench.clock.sleep(afterMs);
      story.bench.cabinet.world.pushForeignCard('stranger'); // where the slot still lets it in
    });

  test.each([
    [0, 'in-doubt'],
    [5, 'issued'],
    [60, 'issued'],
  ])('a foreign card %i ms after the taking is not the one that was presented: %s', async (afterMs, outcome) => {
    const { life, held } = await withHeldCard();
    const ended = await life.presents(held, 1, takesAndAnotherPushes(afterMs));
    expect(ended).toMatchObject({ outcome });
    expect(placesOf(story.bench.cabinet.world.now)).toMatchObject({ hand: 1, box: 0 });
    everythingIsInOrder();
    await life.recovers(); // clears the slot for the next visit
    expect(Object.keys(story.bench.accounts())).not.toContain('spoiled'); // nothing of it is booked as a blank
    everythingIsInOrder();
  });

  test('a card that was out of the slot for a moment and stands there until the end is nobody’s for certain', async () => {
    const { life, world, held } = await withHeldCard();
    const ended = await life.presents(held, 1, () => {
      void story.bench.clock.sleep(400).then(async () => {
        world.takeCard('rani');
        world.pushCardBack('rani');
      });
    });
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(placesOf(world.now)).toMatchObject({ box: 1, hand: 0, printer: 0 });
    everythingIsInOrder();
  });

  test('pushed back and then taken after all is issued', async () => {
    const { life, world, held } = await withHeldCard();
    const ended = await life.presents(held, 1, () => {
      void story.bench.clock.sleep(400).then(async () => {
        world.takeCard('rani');
        world.pushCardBack('rani');
        await story.bench.clock.sleep(8_000);
        world.takeCard('rani');
      });
    });
    expect(ended).toMatchObject({ outcome: 'issued' });
    everythingIsInOrder();
  });
});

describe('a printer that loses its power while it presents', () => {
  test('and drops the card into the box by itself: in doubt, not in a hand', async () => {
    const { life, world, held } = await withHeldCard();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what !== 'shutter opened') return;
      world.switchOff('card-printer');
      world.cardPath.reject();
      world.switchOn('card-printer');
    });
    const ended = await life.presents(held, 1);
    stop();
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(placesOf(world.now)).toMatchObject({ box: 1, hand: 0 });
    everythingIsInOrder();
  });

  test('and keeps it: in doubt as well, for two people to look at', async () => {
    const { life, world, held } = await withHeldCard();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what !== 'shutter opened') return;
      world.switchOff('card-printer');
      world.switchOn('card-printer');
    });
    const ended = await life.presents(held, 1);
    stop();
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(placesOf(world.now)).toMatchObject({ hand: 0, printer: 0, box: 1 });
    everythingIsInOrder();
  });

  test('a cable that slips for a moment proves the opposite: the card that is still inside is held', async () => {
    const { life, world, held } = await withHeldCard();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what !== 'shutter opened') return;
      world.unplug('card-printer');
      world.replug('card-printer');
    });
    const ended = await life.presents(held, 1);
    stop();
    expect(ended).toMatchObject({ outcome: 'retained' });
    everythingIsInOrder();
  });
});
