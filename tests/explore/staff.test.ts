import { beforeAll, describe, expect, test } from 'vitest';
import { factsIn, journalOf } from './books.ts';
import { begun, readyTown } from './record.ts';
import { handedOver } from './scenarios/in-doubt.ts';
import { removal } from './scenarios/refill.ts';
import type { Scenario } from './scenarios/scenario.ts';

describe('what officers of a story came for', () => {
  let ready: Awaited<ReturnType<typeof readyTown>>;
  beforeAll(async () => {
    ready = await readyTown();
  }, 60_000);

  async function told(scenario: Scenario) {
    const universe = begun(ready.town, ready.from, scenario);
    await universe.untilQuiet();
    const facts = universe.kiosk ? factsIn(journalOf(universe.kiosk.store)) : [];
    const { world } = universe;
    universe.end();
    return { types: facts.map(({ type }) => type), cards: world.cards };
  }

  test('a held card goes to its owner, booked first', async () => {
    const { types, cards } = await told(handedOver);
    expect(types).toContain('card.handed-over');
    expect(cards.filter(({ place }) => place === 'hand:FIRST-01')).toHaveLength(1);
  });

  test('the feeder is empty, and so are its books', async () => {
    const { cards } = await told(removal);
    expect(cards.filter(({ place }) => place === 'hopper')).toEqual([]);
  });
});
