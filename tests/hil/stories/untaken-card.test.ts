import { expect, test } from 'vitest';
import { openPlace } from '#tests/hil/place/open-place.ts';

test('a card not taken is pulled in, offered once more against the PIN, and taken', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.leavesTheCard();
  await place.screenShows('offer-again');
  await siti.provesToBeStillHere();
  await siti.takesTheCard();

  expect(place.entries('print.presenting').map(({ data }) => data.offer)).toEqual([1, 2]);
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
});

test('a card not taken twice is kept in the box, and the right is held until a person decides', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.leavesTheCard();
  await siti.provesToBeStillHere();
  await siti.leavesTheCard();
  await place.screenShows('handover/not-taken');
  await siti.goesHome();
  expect(place.stock).toMatchObject({ retained: 1, hopper: 9 });
  await place.central.untilRightIs('held', siti);

  await siti.asksForHerCard();
  await place.screenShows('right/held');
  await siti.goesHome();
  expect(await place.cardsInHand(siti)).toEqual([]);
  await place.addsUp();
});

test('nobody comes back for it: after two minutes it is kept', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.leavesTheCard();
  await place.passes(118);
  await place.screenShows('handover/not-taken');
  expect(place.entries('print.outcome').at(-1)?.data).toMatchObject({ outcome: 'retained', place: 'box' });
  await place.addsUp();
});

test('three wrong PINs for the card that waits inside keep it inside', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.leavesTheCard();
  for (let times = 0; times < 3; times += 1) await siti.provesToBeStillHere('00000').catch(() => undefined);
  await place.screenShows('handover/not-taken');
  expect(await place.cardsInHand(siti)).toEqual([]);
  await place.addsUp();
});

test('the end of a visit names the step at which it was left', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'pin' });
  await siti.waits(59);
  await place.screenShows('welcome');
  expect(place.entries('visit.ended').at(-1)?.data.lastStep).toBe('proving');
});

test('a person who walks away before the review is asked for nothing and loses nothing', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'pin' });
  await siti.waits(59);
  await place.screenShows('welcome');
  expect(place.entries('visit.ended').at(-1)?.data).toMatchObject({ outcome: 'abandoned', right: 'kept' });
  await siti.asksForHerCard({ until: 'review' });
  await siti.waits(89);
  await place.screenShows('identify/cancelled');
  await siti.goesHome();
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});
