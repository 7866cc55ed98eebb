import { expect, test } from 'vitest';
import { openPlace, type Place, simulatedStory } from '#tests/hil/place/open-place.ts';

/** Where the controller dies, and what its next life must find: the verdict on right and blank, and what the person gets then. */
const deaths = [
  { after: 'lease.asked', outcomes: [], again: 'a card' },
  { after: 'lease.received', outcomes: [], again: 'a card' },
  { after: 'print.intended', outcomes: ['unused'], again: 'a card' },
  { after: 'print.inking', outcomes: ['in-doubt'], again: 'right/in-doubt' },
  { after: 'print.printed', outcomes: ['in-doubt'], again: 'right/in-doubt' },
  { after: 'print.presenting', outcomes: ['retained'], again: 'right/held' },
  { after: 'visit.ended', outcomes: ['issued'], again: 'right/already-issued' },
] as const;

simulatedStory.for(deaths)('killed right after $after: $outcomes, then $again', async ({ after, outcomes, again }) => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  place.kiosk.diesAfter(after);
  await siti.asksForHerCard({ until: 'review' });
  place.touches({ tap: 'answer', answer: 'yes' });
  if (after === 'visit.ended') await place.handTakesCard(siti);
  await place.kiosk.hasEnded();
  await place.kiosk.starts();
  await place.isReady();
  expect(place.entries('print.outcome').map(({ data }) => data.outcome)).toEqual(outcomes);
  await comesAgain(place, again);
});

simulatedStory.for(['y', 'c', 'o'] as const)(
  'killed under the head, at panel %s: that card goes to the box, and two people look at it',
  async (panel) => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    place.atPanel(panel, () => place.kiosk.dies());
    await siti.asksForHerCard({ until: 'review' });
    place.touches({ tap: 'answer', answer: 'yes' });
    await place.until('the head has printed', () =>
      place.world.history.some(({ what }) => what === `panel ${panel} printed`),
    );
    await place.kiosk.starts();
    await place.isReady();
    expect(place.stock).toMatchObject({ hopper: 9, 'in-doubt': 1 });
    await comesAgain(place, 'right/in-doubt');
  },
);

simulatedStory(
  'killed while the card waits at the exit, and nobody takes it: it is pulled in, and two people look at it',
  async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard();
    await place.screenShows('take-card');
    place.kiosk.dies();
    await place.kiosk.starts();
    await place.isReady();
    expect(place.stock).toMatchObject({ hopper: 9, 'in-doubt': 1 });
    await comesAgain(place, 'right/in-doubt');
  },
);

simulatedStory('killed while the card waits at the exit, and taken while nobody looked: issued, once', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await place.screenShows('take-card');
  place.kiosk.dies();
  await place.handTakesCard(siti);
  await place.kiosk.starts();
  await place.isReady();
  expect(place.stock).toMatchObject({ hopper: 9, issued: 1 });
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await comesAgain(place, 'right/already-issued');
});

simulatedStory(
  'killed while an untaken card waits inside for its second offer: nothing is presented again',
  async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard();
    await siti.leavesTheCard();
    await place.screenShows('offer-again');
    place.kiosk.dies();
    await place.kiosk.starts();
    await place.isReady();
    expect(place.entries('print.presenting')).toHaveLength(1);
    expect(place.stock).toMatchObject({ hopper: 9, retained: 1 });
    await comesAgain(place, 'right/held');
  },
);

simulatedStory(
  'killed before central ever heard of the card: told by the next life, when central is there',
  async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard();
    await place.screenShows('take-card');
    await place.central.goesAway();
    await siti.takesTheCard();
    place.kiosk.dies();
    await place.kiosk.starts();
    await place.screenShows('central/unreachable');
    await place.central.comesBack();
    await place.central.untilRightIs('issued', siti);
    await place.isReady();
    await comesAgain(place, 'right/already-issued');
  },
);

simulatedStory('killed again while it recovers: the verdict is the same', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  place.kiosk.diesAfter('print.printed');
  await siti.asksForHerCard({ until: 'review' });
  place.touches({ tap: 'answer', answer: 'yes' });
  await place.kiosk.hasEnded();
  place.kiosk.diesAfter('print.outcome');
  await place.kiosk.starts();
  await place.kiosk.hasEnded();
  await place.kiosk.starts();
  await place.isReady();
  expect(place.entries('print.outcome').map(({ data }) => data.outcome)).toEqual(['in-doubt']);
  await comesAgain(place, 'right/in-doubt');
});

test('stopped in order and started again while nobody is there: it goes on where it was', async () => {
  await using place = await openPlace();
  const [siti, budi] = [place.citizen('FIRST-01'), place.citizen('FIRST-02')];
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await siti.goesHome();
  await place.kiosk.starts();
  await place.isReady();
  expect(place.entries('kiosk.started').at(-1)?.data).toMatchObject({ cleanStop: true, openAttempts: 0 });
  await budi.asksForHisCard();
  await budi.takesTheCard();
  await place.addsUp();
});

/** The greedy end of every such story: the same person tries again, and there is never a second card. */
async function comesAgain(place: Place, again: string): Promise<void> {
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  if (again === 'a card') await siti.takesTheCard();
  else await place.screenShows(again);
  await siti.goesHome();
  expect(await place.cardsInHand(siti)).toHaveLength(again === 'right/held' || again === 'right/in-doubt' ? 0 : 1);
  await place.addsUp({ inDoubt: again === 'right/in-doubt' ? 1 : 0 });
}
