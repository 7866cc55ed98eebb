import { expect, test } from 'vitest';
import { openPlace } from '#tests/hil/place/open-place.ts';

test('central is away before anybody comes: the kiosk is closed in clear words, and opens by itself', async () => {
  await using place = await openPlace();
  await place.central.goesAway();
  await place.screenShows('central/unreachable');
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  expect(place.screen.screen).toMatchObject({ at: 'welcome', service: { mode: 'closed' } });
  await place.central.comesBack();
  await place.isReady();
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});

test.for(['number', 'pin', 'review'] as const)(
  'central goes away at the step "%s": clear words, nothing printed, and the card comes another time',
  async (step) => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard({ until: step });
    await place.central.goesAway();
    await siti.asksForHerCard();
    await place.screenShows('central/unreachable');
    expect(place.entries('print.intended')).toEqual([]);
    await siti.goesHome();
    await place.central.comesBack();
    await place.isReady();
    if (step === 'review') await place.central.untilRightIs('usable', siti);
    await siti.asksForHerCard();
    await siti.takesTheCard();
    expect(await place.cardsInHand(siti)).toHaveLength(1);
    await place.addsUp();
  },
);

test('central goes away while the card is printed: it is handed over, and reported when central is back', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await place.central.goesAway();
  await siti.takesTheCard();
  expect(place.reported).toBe(false);
  expect(place.journalAheadOfCentral()).toBe(true);
  await place.central.comesBack();
  await place.central.untilRightIs('issued', siti);
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
});

test('central restarts between review and printing: nothing is asked twice of the person', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'review' });
  await place.central.restarts();
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});

test('the answer to a granted right is lost on the way: asked again, it is the same right', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'review' });
  place.scene.writes.after('lease.asked', () => place.central.dropsTheLine());
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(place.entries('lease.received')).toHaveLength(1);
  await place.addsUp();
});
