import { expect, test } from 'vitest';
import { openPlace } from '#tests/hil/place/open-place.ts';

test.for(['welcome', 'how', 'number', 'pin', 'review'] as const)(
  'the officer is called at "%s": the lamp, the journal, and a visit that ends with the officer',
  async (step) => {
    await using place = await openPlace();
    place.operator.opensDuty();
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard({ until: step });
    await siti.callsTheOfficer();
    await place.screenShows('officer');
    expect(place.screen).toMatchObject({ officerCalled: true, screen: { step: 'called' } });
    expect(place.entries('operator.acted').map(({ data }) => data.action)).toEqual(['called']);
    await siti.goesHome();
    expect(place.screen.officerCalled).toBe(false);
    expect(place.entries('visit.ended').at(-1)?.data).toMatchObject({ outcome: 'with-officer', helpCalled: true });
    await siti.asksForHerCard();
    await siti.takesTheCard();
    await place.addsUp();
  },
);

test('the officer is called while the card is printed: the card comes first, and the call stands', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  place.touches({ tap: 'call-officer' });
  await place.screenShows('take-card');
  expect(place.screen.officerCalled).toBe(true);
  await siti.takesTheCard();
  expect(place.entries('visit.ended').at(-1)?.data).toMatchObject({ outcome: 'issued', helpCalled: true });
  await siti.goesHome();
  expect(place.screen.officerCalled).toBe(false);
  await place.addsUp();
});

test('the officer is called while the card waits inside: it is offered or kept as ever', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.leavesTheCard();
  place.touches({ tap: 'call-officer' });
  await siti.provesToBeStillHere();
  await siti.takesTheCard();
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
});

test('after an answer the officer may be called too, and the answer stands', async () => {
  await using place = await openPlace();
  const sri = place.citizen('COUNTER-01');
  await sri.asksForHerCard();
  await place.screenShows('record/at-counter');
  await sri.callsTheOfficer();
  expect(place.screen.screen).toMatchObject({ at: 'officer', step: 'none-on-duty' });
  await sri.goesHome();
  expect(place.entries('visit.ended').at(-1)?.data).toMatchObject({ outcome: 'collect-elsewhere' });
  await place.addsUp();
});

test('nobody comes: after ten minutes the screen is free for the next person', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'number' });
  await siti.callsTheOfficer();
  await siti.waits(602);
  await place.screenShows('goodbye', 'welcome');
  expect(place.entries('visit.ended')).toHaveLength(1);
  await place.addsUp();
});
