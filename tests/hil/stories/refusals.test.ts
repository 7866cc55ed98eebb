import { expect, test } from 'vitest';
import { checkDigit } from '#contract/uplink/codes.ts';
import { openPlace } from '#tests/hil/place/open-place.ts';
import { demoCitizens } from '#tools/population/demo-citizens.ts';

test('a replacement is referred: the slip says where, when and with which papers', async () => {
  await using place = await openPlace();
  const maimunah = place.citizen('LOST-01');
  await maimunah.asksForHerCard();
  await place.screenShows('class/lost');
  await maimunah.goesHome();
  const slip = place.papers().at(-1);
  expect(slip).toContain('Diurus di:');
  expect(slip).toContain('Surat kehilangan');
  expect(place.entries('visit.ended').at(-1)?.data).toMatchObject({ outcome: 'referred', code: 'class/lost' });
  expect(place.entries('receipt.printed').at(-1)?.data.paper).toBe('referral');
  await place.addsUp();
});

test('"not me" ends the visit and costs nothing: the right stays usable', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'review' });
  await siti.says('not-me');
  await place.screenShows('identify/not-me');
  await siti.goesHome();
  await place.central.untilRightIs('usable', siti);
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
});

test('"data wrong" pauses the right until the office has looked at it', async () => {
  await using place = await openPlace();
  const yuliana = place.citizen('WRONG-01');
  await yuliana.asksForHerCard();
  await place.screenShows('record/data-disputed');
  await yuliana.goesHome();
  await place.central.untilRightIs('paused', yuliana);
  expect(place.entries('visit.ended').at(-1)?.data.outcome).toBe('data-disputed');

  await yuliana.asksForHerCard();
  await place.screenShows('record/data-disputed');
  expect(place.stock).toMatchObject({ hopper: 10 });
  await yuliana.goesHome();
  await place.addsUp();
});

test('everybody of the cast who gets no card is told why, each with the words meant for them', async () => {
  await using place = await openPlace();
  const unserved = demoCitizens.filter(({ expect: result }) => result !== 'issued');
  const said: Record<string, string> = {};
  for (const { code } of unserved) {
    const citizen = place.citizen(code);
    await citizen.asksForTheirCard();
    await place.screenShows('answer', 'trouble');
    const { screen } = place.screen;
    const { next = '', code: reason = '' } = 'effect' in screen ? screen.effect : {};
    const elsewhere = next === 'office' || next === 'go-elsewhere';
    said[code] = `${elsewhere ? 'referred' : 'refused'}:${reason}`;
    await citizen.goesHome();
  }
  expect(said).toEqual(Object.fromEntries(unserved.map(({ code, expect: result }) => [code, result])));
  expect(place.stock).toMatchObject({ hopper: 10 });
  await place.addsUp();
});

const unknownNumbers = ['300000000', '300000001', '300000002', '300000003', '300000004'].map(
  (nine) => `${nine}${checkDigit(nine)}`,
) as [string, ...string[]];

test('a slip of the finger is told at once and asks central nothing', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'number' });
  await siti.types('1234567890');
  await place.screenShows('identify/code-check-digit');
  await siti.types('1671024013080000');
  await place.screenShows('identify/nik-impossible');
  await siti.types('167102');
  await place.screenShows('identify/nik-length');
  await siti.types(unknownNumbers[0]);
  await place.screenShows('identify/unknown-code');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});

test('five numbers that nobody knows end the visit', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'number' });
  for (const digits of unknownNumbers) {
    await siti.types(digits);
    if (place.screen.screen.at !== 'number') break;
    await siti.goesBack();
    place.touches({ tap: 'choose', how: 'number' });
  }
  await place.screenShows('identify/too-many-tries');
  await place.addsUp();
});

test('three wrong PINs lock the number until tomorrow; the right one is refused then, and works the day after', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  const wrong = siti.pin === '00000' ? '11111' : '00000';
  await siti.asksForHerCard({ until: 'pin' });
  await siti.typesThePin(wrong);
  await place.screenShows('identify/not-matched');
  await siti.typesThePin(wrong);
  await siti.typesThePin(wrong);
  await place.screenShows('identify/pin-locked');
  await siti.goesHome();
  await siti.asksForHerCard();
  await place.screenShows('identify/pin-locked');
  await siti.goesHome();
  expect(place.entries('visit.ended').every(({ data }) => data.pin === 'kept')).toBe(true);
  await place.nextMorning();
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});

test('an unknown NIK and a wrong PIN are told in the same words', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ by: 'nik', until: 'pin' });
  await siti.typesThePin('99999');
  await place.screenShows('identify/not-matched');
  const known = place.screen.screen;

  await siti.goesBack();
  await siti.types('1671020101900000');
  await siti.typesThePin('99999');
  await place.screenShows('identify/not-matched');
  expect(place.screen.screen).toEqual(known);
  await place.addsUp();
});
