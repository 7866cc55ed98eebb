import { expect } from 'vitest';
import type { Place } from '#tests/hil/place/open-place.ts';
import { openPlace, simulatedStory } from '#tests/hil/place/open-place.ts';
import { kioskOf } from '#tests/hil/place/scene.ts';

const two = ['OP-DEWI', 'OP-AGUS'];
const controller = (place: Place) => kioskOf(place.scene).controller;

simulatedStory('a refill takes two, and is refused to the one who loaded first', async () => {
  await using place = await openPlace({ cabinet: { cardsInFeeder: 2 } });
  place.scene.hands('loadHopper', 5, 'OP-DEWI');
  expect(() => controller(place).operators.load({ count: 5, document: 'BA-0002', operatorId: 'OP-DEWI' })).toThrow(
    'two different people',
  );
  controller(place).stock.load({ count: 5, document: 'BA-0002', by: two });
  expect(place.stock.hopper).toBe(7);
  await place.addsUp();
});
