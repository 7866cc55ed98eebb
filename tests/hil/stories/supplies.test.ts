import { expect, test } from 'vitest';
import { controllerOf, two } from '#tests/hil/place/desk.ts';
import { openPlace, simulatedStory } from '#tests/hil/place/open-place.ts';

test('an empty feeder keeps the right and prints the card once, after a refill', async () => {
  await using place = await openPlace({ cabinet: { cardsInFeeder: 0 } });
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await place.screenShows('card-printer/feeder-empty');
  await siti.goesHome();

  await place.operator.loads(50, { document: 'BA-0007' });
  await place.isReady();
  await siti.asksForHerCard();
  await siti.takesTheCard();

  expect(await place.cardsInHand(siti)).toHaveLength(1);
  expect(place.stock).toMatchObject({ hopper: 49, issued: 1, 'kecamatan-safe': -50 });
  await place.addsUp();
});

test('with nothing booked into the feeder only the status is told, and the welcome says why', async () => {
  await using place = await openPlace({ cabinet: { cardsInFeeder: 0 } });
  expect(place.screen.screen).toMatchObject({ at: 'welcome', service: { mode: 'status-only', cardsLeftToday: 0 } });
  const lina = place.citizen('ISSUED-01');
  await lina.asksForHerCard();
  await place.screenShows('right/already-issued');
  await place.addsUp();
});

simulatedStory(
  'the ribbon ends in the middle of a card: it is spoiled, and the right waits for a new ribbon',
  async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    place.technician.spoils({ fault: 'ribbon-ends', atPanel: 3 });
    await siti.asksForHerCard();
    await place.screenShows('card-printer/ribbon-ended');
    await siti.goesHome();
    expect(place.stock).toMatchObject({ hopper: 9, spoiled: 1 });
    expect(place.screen.screen).toMatchObject({ at: 'welcome', service: { mode: 'status-only' } });

    place.operator.changesRibbon();
    await place.isReady();
    await siti.asksForHerCard();
    await siti.takesTheCard();
    expect(await place.cardsInHand(siti)).toHaveLength(1);
    await place.addsUp();
  },
);

simulatedStory('a card jams under the head and a reset frees it: one new card comes by itself', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  place.technician.spoils({ fault: 'jam', atPanel: 3, freedBy: 'reset' });
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(place.entries('print.outcome').map(({ data }) => data.outcome)).toEqual(['spoiled', 'issued']);
  expect(place.stock).toMatchObject({ hopper: 8, spoiled: 1, issued: 1 });
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
});

simulatedStory('two spoiled cards in a row close the printer until somebody has looked', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  const jam = { fault: 'jam', atPanel: 2, freedBy: 'reset' } as const;
  place.technician.spoils(jam, jam);
  await siti.asksForHerCard();
  await place.screenShows('card-printer/spoiled-twice');
  await siti.goesHome();
  expect(place.stock).toMatchObject({ hopper: 8, spoiled: 2 });
  await place.screenShows('card-printer/spoiled-twice');

  place.operator.seesToThePrinter('roller cleaned');
  await place.isReady();
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});

simulatedStory('the feeder misfeeds: nothing is used, and the person may come again', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  place.technician.spoils({ fault: 'misfeed', times: 9 });
  await siti.asksForHerCard();
  await place.screenShows('card-printer/feed-failed', 'card-printer/feeder-empty');
  await siti.goesHome();
  expect(place.stock).toMatchObject({ hopper: 10 });
  await place.addsUp();
});

test('a full reject box refuses before anybody types a PIN', async () => {
  await using place = await openPlace({ cabinet: { rejectBoxHolds: 0 } });
  await place.screenShows('card-printer/reject-box-full');
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await place.screenShows('card-printer/reject-box-full');
  expect(place.watch.steps).not.toContain('pin');
  await place.addsUp();
});

test('after the cards of a day the next person is told so, and comes tomorrow', async () => {
  await using place = await openPlace({ dayLimit: 1 });
  const [siti, budi] = [place.citizen('FIRST-01'), place.citizen('FIRST-02')];
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await siti.goesHome();
  await place.screenShows('kiosk/day-limit');
  await budi.asksForHisCard();
  await place.screenShows('kiosk/day-limit');
  await budi.goesHome();
  await place.nextMorning();
  await place.isReady();
  await budi.asksForHisCard();
  await budi.takesTheCard();
  await place.addsUp();
});

test('a receipt printer without its cable costs nobody a card either', async () => {
  await using place = await openPlace();
  place.technician.unplugs('receipt-printer');
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(place.screen.screen).toMatchObject({ at: 'goodbye', paper: 'owed' });
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
});

test('no receipt paper: the card is handed over all the same, and the receipt is owed', async () => {
  await using place = await openPlace();
  place.technician.endsPaper();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(place.screen.screen).toMatchObject({ at: 'goodbye', outcome: 'issued', paper: 'owed' });
  expect(place.entries('receipt.owed').map(({ data }) => data)).toEqual([
    { paper: 'receipt', code: 'receipt-printer/paper-out' },
  ]);
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
});

const jam = { fault: 'jam', atPanel: 2, freedBy: 'reset' } as const;

simulatedStory(
  'a card that was spoiled before the kiosk died is counted: the next spoiled one is the last',
  async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    place.technician.spoils(jam, jam);
    place.kiosk.diesAfter('print.outcome');
    await siti.asksForHerCard({ until: 'review' });
    place.touches({ tap: 'answer', answer: 'yes' });
    await place.kiosk.hasEnded();
    await place.kiosk.starts();
    await place.isReady();
    await siti.asksForHerCard();
    await place.screenShows('card-printer/spoiled-twice');
    await siti.goesHome();
    expect(place.stock).toMatchObject({ hopper: 8, spoiled: 2 });
    await place.addsUp();
  },
);

simulatedStory(
  'two spoiled cards of one right end its turn, whatever came well between, until somebody has looked',
  async () => {
    await using place = await openPlace({ cabinet: { cardsInFeeder: 1 } });
    const [siti, budi] = [place.citizen('FIRST-01'), place.citizen('FIRST-02')];
    place.technician.spoils(jam);
    await siti.asksForHerCard();
    await siti.goesHome();
    place.scene.hands('loadHopper', 5, 'OP-DEWI');
    controllerOf(place).stock.load({ count: 5, document: 'BA-0002', by: two });
    await place.isReady();
    await budi.asksForHisCard();
    await budi.takesTheCard();
    await budi.goesHome();
    place.technician.spoils(jam);
    for (const _ of ['the second is spoiled', 'there is no third']) {
      await siti.asksForHerCard();
      await place.screenShows('card-printer/spoiled-twice');
      await siti.goesHome();
    }
    expect(place.stock).toMatchObject({ hopper: 3, spoiled: 2, issued: 1 });

    place.operator.seesToThePrinter('her portrait was too dark');
    await siti.asksForHerCard();
    await siti.takesTheCard();
    expect(await place.cardsInHand(siti)).toHaveLength(1);
    await place.addsUp();
  },
);
