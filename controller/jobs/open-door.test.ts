import { describe, expect, test } from 'vitest';
import { jobStories } from '#tests/support/job-stories.ts';

/** The sensors see that a card has left the path, and not whether the box or a hand at the open door has it. */

const story = jobStories();
const { withHeldCard, takesFromInside, everythingIsInOrder } = story;

/** Where the newest outcome says that the card is. */
const placeTold = () => {
  const outcome = story.bench.entries().findLast(({ type }) => type === 'print.outcome');
  return outcome?.type === 'print.outcome' ? outcome.data.place : null;
};

/** The move to the box hangs for a while: time enough for whoever has the key. */
const hangs = { fault: 'move-hangs', on: 'Ser' } as const;

async function takesItThroughTheDoor() {
  const { clock, cabinet } = story.bench;
  await clock.sleep(1_000);
  cabinet.world.openDoor('technician');
  takesFromInside();
  await clock.sleep(200);
  cabinet.world.closeDoor('technician');
}

const nothingIsInTheBox = () =>
  expect(story.bench.cabinet.world.now.cards.filter(({ place }) => place === 'box')).toEqual([]);

/** The program ends at this moment of a presentation. */
async function endsAt(moment: string) {
  const { life, world, held, misbehaves } = await withHeldCard();
  let over: Promise<void> | undefined;
  const stop = world.onChange((now) => {
    if (now.history.at(-1)?.what === moment) over ??= life.ends();
  });
  await expect(life.presents(held, 1)).rejects.toThrow();
  stop();
  await over;
  await story.bench.clock.advance(3_000);
  return { misbehaves };
}

describe('staff take a card through the door while it is on its way to the box', () => {
  test.each([
    ['from the slot', 'card presented'],
    ['from inside', 'shutter opened'],
  ])('at a start, %s: in doubt, and nobody is told that it lies in the box', async (_, moment) => {
    const { misbehaves } = await endsAt(moment);
    misbehaves(hangs);
    const next = await story.bench.begins();
    const [taken] = [takesItThroughTheDoor(), await next.recovers()];
    await next.soon(taken);
    expect(story.bench.outcomes()).toEqual(['in-doubt']);
    expect(placeTold()).toBe('unknown');
    nothingIsInTheBox();
    everythingIsInOrder();
  });

  test('because nobody took it from the slot: in doubt, and not held in the box', async () => {
    const { life, held, misbehaves } = await withHeldCard();
    expect(await life.presents(held, 1)).toEqual({ at: 'left' });
    misbehaves(hangs);
    const retained = held.retain(new AbortController().signal);
    const taken = takesItThroughTheDoor();
    expect(await life.soon(retained)).toMatchObject({ outcome: 'in-doubt' });
    await life.soon(taken);
    expect(placeTold()).toBe('unknown');
    nothingIsInTheBox();
    everythingIsInOrder();
  });
});
