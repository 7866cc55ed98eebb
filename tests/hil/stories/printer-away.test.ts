import { expect, test } from 'vitest';
import { openPlace, type Place, simulatedStory } from '#tests/hil/place/open-place.ts';

test('the printer is unplugged before anybody comes: only the status is told, until it is back', async () => {
  await using place = await openPlace();
  place.technician.unplugs('card-printer');
  await place.screenShows('card-printer/unreachable');
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await place.screenShows('card-printer/unreachable');
  await siti.goesHome();
  expect(place.stock).toMatchObject({ hopper: 10 });

  place.technician.plugsIn('card-printer');
  await place.isReady();
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});

simulatedStory('unplugged in the middle of a card, and back after a while: that card never leaves', async () => {
  await using place = await openPlace();
  place.atPanel('m', () => place.technician.unplugs('card-printer'));
  await place.citizen('FIRST-01').asksForHerCard();
  await place.passes(20);
  expect(place.entries('print.outcome')).toEqual([]);
  place.technician.plugsIn('card-printer');
  await comesOnANewCard(place);
  await place.addsUp();
});

simulatedStory('unplugged in the middle of a card and gone for good: in doubt, and the right is held', async () => {
  await using place = await openPlace();
  place.atPanel('m', () => place.technician.unplugs('card-printer'));
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await place.screenShows('card-printer/outcome-unknown');
  await siti.goesHome();
  await place.central.untilRightIs('in-doubt', siti);
  await place.addsUp({ inDoubt: 1 });
});

simulatedStory(
  'unplugged in the middle of a card and plugged in at once: the body goes to the box, and one new card comes',
  async () => {
    await using place = await openPlace();
    place.atPanel('m', () => {
      place.technician.unplugs('card-printer');
      place.technician.plugsIn('card-printer');
    });
    await comesOnANewCard(place);
    await place.addsUp();
  },
);

test('unplugged while the card waits at the exit: whoever takes it has it, and a person finds out for certain', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await place.screenShows('take-card');
  place.technician.unplugs('card-printer');
  await siti.takesTheCard();
  await place.screenShows('card-printer/outcome-unknown');
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await siti.goesHome();
  place.technician.plugsIn('card-printer');
  await place.isReady();
  await siti.asksForHerCard();
  await place.screenShows('right/in-doubt');
  await place.addsUp({ inDoubt: 1 });
});

simulatedStory('the printer loses its power in the middle of a card: that card never leaves', async () => {
  await using place = await openPlace();
  place.atPanel('c', () => {
    place.technician.switchesOff('card-printer');
    place.technician.switchesOn('card-printer');
  });
  await comesOnANewCard(place);
  await place.addsUp();
});

simulatedStory(
  'unplugged in the middle of a panel until the card is given up: plugged in, it is freed without anybody at its switch',
  async () => {
    await using place = await openPlace({ cabinet: { printerBranches: { halfDownload: 'kept' } } });
    const siti = place.citizen('FIRST-01');
    unplugsInsideAPanel(place);
    await siti.asksForHerCard();
    await place.screenShows('card-printer/outcome-unknown');
    await siti.goesHome();
    place.technician.plugsIn('card-printer');
    await place.isReady();
    const budi = place.citizen('FIRST-02');
    await budi.asksForHerCard();
    await budi.takesTheCard();
    expect(await place.cardsInHand(siti)).toEqual([]);
    await place.addsUp({ inDoubt: 1 });
  },
);

/** Half of the first panel has come to the printer, and then no more. */
function unplugsInsideAPanel({ technician, scene }: Place): void {
  const { cabinet } = scene.parts;
  cabinet.simulators['card-printer'].misbehave({ fault: 'unplugged', afterBytes: 20_000 });
  const stop = cabinet.onPlug(() => {
    if (cabinet.isConnected('card-printer')) return;
    stop();
    technician.unplugs('card-printer');
  });
}

/** The body is proved to lie in the box, so the right is whole, and one new card comes by itself. */
async function comesOnANewCard(place: Place): Promise<void> {
  const siti = place.citizen('FIRST-01');
  if (place.screen.screen.at === 'welcome') await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(place.entries('print.outcome').map(({ data }) => data.outcome)).toEqual(['spoiled', 'issued']);
  expect(place.stock).toMatchObject({ hopper: 8, spoiled: 1, issued: 1 });
  expect(await place.cardsInHand(siti)).toHaveLength(1);
}
