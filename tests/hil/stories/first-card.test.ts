import { expect, test } from 'vitest';
import { openPlace } from '#tests/hil/place/open-place.ts';

test('the first card: by the number on the slip, from the welcome to the word that the office knows', async () => {
  await using place = await openPlace({ cabinet: { cardsInFeeder: 10 } });
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.takesTheCard();

  await place.until('reported', () => place.reported);
  expect(place.papers().at(-1)).toContain('TANDA TERIMA KTP-el');
  expect(place.stock).toMatchObject({ hopper: 9, issued: 1 });
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
});

test('a card by NIK: nothing is said of the person before the PIN is right', async () => {
  await using place = await openPlace();
  const budi = place.citizen('FIRST-02');
  await budi.asksForHisCard({ by: 'nik', until: 'pin' });
  expect(place.entries('lease.received')).toEqual([]);
  await budi.asksForHisCard();
  await budi.takesTheCard();
  expect(await place.cardsInHand(budi)).toHaveLength(1);
  await place.addsUp();
});

test('a second visit is refused with the reason, and asks nobody for a PIN', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await siti.goesHome();

  await siti.asksForHerCard();
  await place.screenShows('right/already-issued');
  expect(place.entries('visit.ended')).toHaveLength(1);
  await siti.goesHome();
  expect(place.entries('visit.ended').map(({ data }) => data.outcome)).toEqual(['issued', 'referred']);
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
});

test('two citizens in a row each get their own card, and nothing of the first is left for the second', async () => {
  await using place = await openPlace();
  const maria = place.citizen('FIRST-03');
  const amin = place.citizen('MONONYM-01');
  await maria.asksForHerCard();
  await maria.takesTheCard();
  await amin.asksForHisCard({ until: 'review' });
  expect(JSON.stringify(place.screen)).not.toContain('MARIA');
  await amin.asksForHisCard();
  await amin.takesTheCard();

  expect(await place.cardsInHand(maria)).toHaveLength(1);
  expect(await place.cardsInHand(amin)).toHaveLength(1);
  expect(place.stock).toMatchObject({ hopper: 8, issued: 2 });
  await place.addsUp();
});

test('a name of sixty letters and a person without a signature get whole cards too', async () => {
  await using place = await openPlace();
  for (const code of ['LONG-01', 'SIGN-01']) {
    const citizen = place.citizen(code);
    await citizen.asksForTheirCard();
    await citizen.takesTheCard();
    expect(await place.cardsInHand(citizen)).toHaveLength(1);
  }
  await place.addsUp();
});
