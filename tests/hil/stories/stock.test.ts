import { expect } from 'vitest';
import { controllerOf, openCaseKinds, two } from '#tests/hil/place/desk.ts';
import { openPlace, simulatedStory } from '#tests/hil/place/open-place.ts';

simulatedStory('a refill takes two, and is refused to the one who loaded first', async () => {
  await using place = await openPlace({ cabinet: { cardsInFeeder: 2 } });
  place.scene.hands('loadHopper', 5, 'OP-DEWI');
  expect(() => controllerOf(place).operators.load({ count: 5, document: 'BA-0002', operatorId: 'OP-DEWI' })).toThrow(
    'two different people',
  );
  controllerOf(place).stock.load({ count: 5, document: 'BA-0002', by: two });
  expect(place.stock.hopper).toBe(7);
  await place.addsUp();
});

simulatedStory(
  'blanks that left the feeder without a word are unexplained ten minutes later, until a count finds them',
  async () => {
    await using place = await openPlace({ cabinet: { cardsInFeeder: 4 } });
    place.scene.hands('emptyFeeder', 'somebody');
    await place.screenShows('card-printer/feeder-empty');
    await place.passes(660);
    await place.until('the books say so', () => place.stock.unexplained === 4);
    expect(openCaseKinds(place)).toEqual(['unexplained']);
    place.scene.hands('loadHopper', 4, 'OP-DEWI');
    controllerOf(place).stock.countHopper({ count: 4, by: two });
    expect([place.stock.hopper, openCaseKinds(place)]).toEqual([4, []]);
    await place.isReady();
    await place.addsUp();
  },
);
