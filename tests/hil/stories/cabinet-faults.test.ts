import { expect, test } from 'vitest';
import { openPlace, simulatedStory } from '#tests/hil/place/open-place.ts';

test('mains cut while nobody is there: the screen says so on its battery, and all is well when it is back', async () => {
  await using place = await openPlace();
  place.technician.cutsMains();
  await place.screenShows('panel/mains-lost');
  place.technician.restoresMains();
  await place.isReady();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});

simulatedStory(
  'mains cut in the middle of a card: that card never leaves, and the next is printed when it is back',
  async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    place.atPanel('m', () => place.technician.cutsMains());
    await siti.asksForHerCard();
    await place.passes(5);
    place.technician.restoresMains();
    await siti.takesTheCard();
    expect(place.entries('print.outcome').map(({ data }) => data.outcome)).toEqual(['spoiled', 'issued']);
    expect(await place.cardsInHand(siti)).toHaveLength(1);
    await place.addsUp();
  },
);

test('an open door closes the kiosk for cards, and for nothing else', async () => {
  await using place = await openPlace();
  place.technician.opensDoor();
  await place.screenShows('panel/door-open');
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await place.screenShows('panel/door-open');
  await siti.goesHome();
  place.technician.closesDoor();
  await place.isReady();
  await place.addsUp();
});

simulatedStory(
  'the door is opened while the right is asked for: no card is fed, and the right comes back',
  async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard({ until: 'review' });
    place.technician.opensDoor();
    await siti.says('yes');
    await place.screenShows('panel/door-open');
    await siti.goesHome();
    await place.central.untilRightIs('usable', siti);
    place.technician.closesDoor();
    await place.isReady();
    await siti.asksForHerCard();
    await siti.takesTheCard();
    await place.addsUp();
  },
);

simulatedStory('a shutter that does not open: the card stays inside and the right is held', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  place.atPanel('o', () => place.technician.wedgesShutter());
  await siti.asksForHerCard();
  await place.screenShows('answer', 'trouble');
  expect(place.entries('print.outcome').at(-1)?.data).toMatchObject({ outcome: 'retained' });
  expect(await place.cardsInHand(siti)).toEqual([]);
  await siti.goesHome();
  await place.addsUp();
});

simulatedStory('a shutter that does not close again after the card was taken closes the kiosk', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await place.screenShows('take-card');
  place.technician.wedgesShutter();
  await siti.takesTheCard();
  await siti.goesHome();
  await place.screenShows('panel/shutter-stuck');
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  place.technician.freesShutter();
  await place.addsUp();
});

simulatedStory('a shutter that was freed opens the kiosk again', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await place.screenShows('take-card');
  place.technician.wedgesShutter();
  await siti.takesTheCard();
  await siti.goesHome();
  place.technician.freesShutter();
  await place.passes(40);
  expect(place.screen.screen).toMatchObject({ service: { mode: 'full' } });
});

simulatedStory('the board of the panel is unplugged: nothing is known of the slot, so nothing is printed', async () => {
  await using place = await openPlace();
  place.technician.unplugs('panel');
  await place.screenShows('panel/unreachable', 'panel/sensor-silent');
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await place.screenShows('panel/unreachable', 'panel/sensor-silent');
  await siti.goesHome();
  place.technician.plugsIn('panel');
  await place.isReady();
  await place.addsUp();
});
