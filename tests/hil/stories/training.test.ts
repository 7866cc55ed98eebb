import { expect } from 'vitest';
import { controllerOf, two } from '#tests/hil/place/desk.ts';
import type { Place } from '#tests/hil/place/open-place.ts';
import { openPlace, simulatedStory } from '#tests/hil/place/open-place.ts';
import { prepare } from './offline-office.ts';

/** Two officers take out what is real, book it, and begin to train with so many SPECIMEN. */
async function beginsTraining(place: Place, real: number, specimen: number): Promise<void> {
  const { stock, training } = controllerOf(place);
  place.scene.hands('emptyFeeder', 'OP-DEWI');
  if (real > 0) stock.unload({ count: real, document: 'BA-0002', by: two });
  await training.turnOn({ by: two });
  place.scene.hands('loadHopper', specimen, 'OP-DEWI');
  training.load({ count: specimen, document: 'SP-0001', by: two });
}

async function endsTraining(place: Place, counts: { feeder: number; box: number; printed: number }): Promise<void> {
  place.scene.hands('emptyFeeder', 'OP-DEWI');
  place.scene.hands('emptyRejectBox', 'OP-DEWI');
  await controllerOf(place).training.turnOff({ ...counts, by: two });
}

simulatedStory('a kiosk in training serves nobody, prints SPECIMEN, and afterwards serves as before', async () => {
  await using place = await openPlace({ cabinet: { cardsInFeeder: 3 } });
  await beginsTraining(place, 3, 2);
  await place.screenShows('kiosk/training');
  const before = place.stock;
  place.touches({ tap: 'start' });
  expect(place.screen.screen.at).toBe('welcome');
  expect(await controllerOf(place).training.print({ operatorId: 'OP-DEWI', to: 'box' })).toMatchObject({ to: 'box' });
  expect(place.stock, 'the real ledger').toEqual(before);
  expect(place.entries('print.intended')).toEqual([]);
  await endsTraining(place, { feeder: 1, box: 1, printed: 0 });
  expect(controllerOf(place).desk.cases()).toEqual([]);
  place.scene.hands('loadHopper', 3, 'OP-DEWI');
  controllerOf(place).stock.load({ count: 3, document: 'BA-0003', by: two });
  await place.isReady();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  expect(place.stock).toEqual({ 'kecamatan-safe': -3, hopper: 2, issued: 1 }); // the SPECIMEN that was printed is in no account
});

simulatedStory(
  'a kiosk that dies while it trains is still in training, and no real blank was ever touched',
  async () => {
    await using place = await openPlace({ cabinet: { cardsInFeeder: 3 } });
    await beginsTraining(place, 3, 2);
    const before = place.stock;
    place.kiosk.diesAfter('training.fed');
    await controllerOf(place)
      .training.print({ operatorId: 'OP-DEWI', to: 'slot' })
      .catch(() => undefined);
    await place.kiosk.starts();
    await place.screenShows('kiosk/training');
    const { training } = controllerOf(place);
    await place.until('the SPECIMEN was put away', () => training.books()['in-process'] === 0);
    expect(place.stock).toEqual(before);
    const { feeder, box } = training.books();
    expect(place.world.cards.filter(({ place: where }) => where === 'box')).toHaveLength(box);
    await endsTraining(place, { feeder: 2 - box, box, printed: 0 });
    expect([feeder, controllerOf(place).desk.cases()]).toEqual([1, []]);
    await place.addsUp();
  },
);

simulatedStory(
  'a kiosk that started while it trained meets its printer when training ends, and takes leases',
  async () => {
    await using place = await openPlace({ cabinet: { cardsInFeeder: 3 } });
    await beginsTraining(place, 3, 2);
    place.kiosk.dies();
    await place.kiosk.starts();
    await place.screenShows('kiosk/training');
    await endsTraining(place, { feeder: 2, box: 0, printed: 0 });
    place.scene.hands('loadHopper', 3, 'OP-DEWI');
    controllerOf(place).stock.load({ count: 3, document: 'BA-0003', by: two });
    await place.isReady();
    const siti = place.citizen('FIRST-01');
    await prepare(place, siti);
    await siti.asksForHerCard();
    await siti.takesTheCard();
    expect(place.entries('lease.received').map(({ data }) => data.mode)).toEqual(['offline']);
    await place.addsUp();
  },
);
