import { describe, expect, test } from 'vitest';
import { controllerOf, two } from '#tests/hil/place/desk.ts';
import { openPlace, type Place, simulatedStory } from '#tests/hil/place/open-place.ts';
import { leasesAt, officeOf, prepare } from './offline-office.ts';

test('a card prepared ahead is printed while central is away, and reported when it is back', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await prepare(place, siti);
  await place.central.goesAway();
  await place.screenShows('central/unreachable');
  expect(place.screen.screen).toMatchObject({ at: 'welcome', service: { mode: 'full', cardsLeftToday: 1 } });
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(place.reported).toBe(false);
  expect(leasesAt(place)).toEqual([]);
  await siti.goesHome();
  expect(place.screen.screen).toMatchObject({ service: { mode: 'closed' } });
  await place.central.comesBack();
  await place.central.untilRightIs('issued', siti);
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
});

test('a kiosk that was stopped in order prints it without central; once its board was off it asks first, for the disk may be older', async () => {
  await using place = await openPlace();
  const [siti, other] = [place.citizen('FIRST-01'), place.citizen('FIRST-02')];
  await prepare(place, siti, other);
  await place.central.goesAway();
  await place.kiosk.starts();
  await place.screenShows('central/unreachable');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await siti.goesHome();
  await place.kiosk.startsOnItsBoardAnew();
  await place.screenShows('central/unreachable');
  expect(place.screen.screen).toMatchObject({ service: { mode: 'closed' } });
  await place.central.comesBack();
  await place.central.untilRightIs('issued', siti);
  await place.isReady();
  await other.asksForTheirCard();
  await other.takesTheCard();
  await place.addsUp();
});

test('it is printed by NIK too, and while central is there nothing more is asked of it', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await prepare(place, siti);
  await siti.asksForHerCard({ by: 'nik' });
  await siti.takesTheCard();
  expect(place.entries('lease.received').map(({ data }) => data.mode)).toEqual(['offline']);
  await place.addsUp();
});

test('whoever was not prepared for is told that the office cannot be reached, and keeps their right', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  const other = place.citizen('FIRST-02');
  await prepare(place, siti);
  await place.central.goesAway();
  await place.screenShows('central/unreachable');
  await other.asksForTheirCard();
  await place.screenShows('central/unreachable');
  expect(place.entries('print.intended')).toEqual([]);
  await other.goesHome();
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.central.comesBack();
  await place.central.untilRightIs('issued', siti);
  await place.addsUp();
});

test('three wrong PINs lock a prepared card for the day, over a restart', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await prepare(place, siti);
  await place.central.goesAway();
  await place.screenShows('central/unreachable');
  for (let tries = 0; tries < 2; tries += 1) {
    await siti.asksForHerCard({ until: 'pin' });
    await siti.typesThePin('00000');
  }
  await place.central.comesBack();
  await place.kiosk.starts();
  await place.isReady();
  await siti.asksForHerCard({ pin: '00000' });
  await place.screenShows('identify/pin-locked');
  await siti.goesHome();
  await siti.asksForHerCard();
  await place.screenShows('identify/pin-locked');
  await siti.goesHome();
  await place.nextMorning();
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});

describe('the kiosk is killed', () => {
  for (const write of ['command.received', 'lease.asked-ahead', 'lease.received-ahead'])
    simulatedStory(`after "${write}": the lease comes once, and one card is printed`, async () => {
      await using place = await openPlace();
      const siti = place.citizen('FIRST-01');
      place.kiosk.diesAfter(write);
      await officeOf(place).handsOut(siti);
      await place.kiosk.hasEnded();
      await place.kiosk.starts();
      await place.isReady();
      await place.until('the lease came', () => leasesAt(place).length === 1);
      await siti.asksForHerCard();
      await siti.takesTheCard();
      await place.central.untilRightIs('issued', siti);
      expect(place.entries('lease.received')).toHaveLength(1);
      await place.addsUp();
    });

  simulatedStory(
    'with a lease inside: without central nobody is served with it, and with central it is good again',
    async () => {
      await using place = await openPlace();
      const siti = place.citizen('FIRST-01');
      await prepare(place, siti);
      await place.central.goesAway();
      await place.screenShows('central/unreachable');
      place.kiosk.dies();
      await place.kiosk.hasEnded();
      await place.kiosk.starts();
      await place.passes(10);
      expect(place.screen.screen).toMatchObject({ at: 'welcome', service: { mode: 'closed' } });
      await place.central.comesBack();
      await place.isReady();
      await siti.asksForHerCard();
      await siti.takesTheCard();
      await place.central.untilRightIs('issued', siti);
      await place.addsUp();
    },
  );
});

/** Her lease was kept ahead; the program ends when the intent is written. */
async function killedBeforeInk(place: Place) {
  const siti = place.citizen('FIRST-01');
  await prepare(place, siti);
  place.kiosk.diesAfter('print.intended');
  await siti.asksForHerCard({ until: 'printing' });
  await place.kiosk.hasEnded();
  return siti;
}

describe('the kiosk is killed while it prints from a lease that it kept', () => {
  simulatedStory('before ink: the lease is still there, waits for central once, and gives one card', async () => {
    await using place = await openPlace();
    const siti = await killedBeforeInk(place);
    await place.kiosk.starts();
    await place.isReady();
    expect(leasesAt(place)).toHaveLength(1);
    await siti.asksForHerCard();
    await siti.takesTheCard();
    await place.central.untilRightIs('issued', siti);
    expect(await place.cardsInHand(siti)).toHaveLength(1);
    expect(place.entries('lease.received')).toHaveLength(1);
    await place.addsUp();
  });

  simulatedStory(
    'before ink, and the power fails: two people count the blank in doubt, and the lease is still good',
    async () => {
      await using place = await openPlace();
      const siti = await killedBeforeInk(place);
      place.technician.switchesOff('card-printer');
      place.technician.switchesOn('card-printer');
      await place.kiosk.starts();
      await place.isReady();
      const { desk, stock } = controllerOf(place);
      desk.counted({ subject: desk.waiting()[0]?.subject ?? '', by: two });
      stock.countHopper({ count: 10, by: two });
      expect(leasesAt(place)).toHaveLength(1);
      await siti.asksForHerCard();
      await siti.takesTheCard();
      await place.central.untilRightIs('issued', siti);
      expect(await place.cardsInHand(siti)).toHaveLength(1);
      await place.addsUp();
    },
  );

  simulatedStory('after the outcome: nothing of the lease is left, and nobody gets a second card', async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    await prepare(place, siti);
    await siti.asksForHerCard();
    await place.screenShows('take-card');
    place.kiosk.diesAfter('print.outcome');
    await place.handTakesCard(siti);
    await place.kiosk.hasEnded();
    await place.kiosk.starts();
    await place.isReady();
    expect(leasesAt(place)).toEqual([]);
    await siti.asksForHerCard();
    await place.screenShows('right/already-issued');
    expect(await place.cardsInHand(siti)).toHaveLength(1);
    await place.addsUp();
  });
});

test('a card that was spoiled is followed by one new one, from the same lease, without central', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await prepare(place, siti);
  await place.central.goesAway();
  await place.screenShows('central/unreachable');
  place.technician.spoils({ fault: 'jam', atPanel: 3, freedBy: 'reset' });
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await siti.goesHome();
  await place.central.comesBack();
  await place.central.untilRightIs('issued', siti);
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  expect(place.stock).toMatchObject({ issued: 1, spoiled: 1 });
  await place.addsUp();
});

test('whoever walks away without a card can come back for it: the lease waits', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await prepare(place, siti);
  await siti.asksForHerCard({ until: 'review' });
  await siti.goesBack();
  await siti.goesHome();
  expect(leasesAt(place)).toHaveLength(1);
  await place.central.goesAway();
  await place.screenShows('central/unreachable');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await siti.goesHome();
  await place.central.comesBack();
  await place.central.untilRightIs('issued', siti);
  await place.addsUp();
});

test('data that its owner disputes goes back to the office, which pauses the right', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await prepare(place, siti);
  await siti.asksForHerCard({ until: 'review' });
  await siti.says('data-wrong');
  await siti.goesHome();
  expect(leasesAt(place)).toEqual([]);
  await place.central.untilRightIs('paused', siti);
  await place.addsUp();
});

test('the door is opened and nobody answers for it: what was kept ahead is gone, and its right is free again', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await prepare(place, siti);
  place.technician.opensDoor();
  await place.central.untilRightIs('usable', siti);
  expect(leasesAt(place)).toEqual([]);
  place.technician.closesDoor();
  await place.isReady();
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(place.entries('lease.received').map(({ data }) => data.mode)).toEqual(['offline', 'online']);
  await place.addsUp();
});

test('an officer who is on duty may open the door: the lease stays', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await prepare(place, siti);
  place.operator.opensDuty();
  place.technician.opensDoor();
  await place.passes(5);
  place.technician.closesDoor();
  await place.isReady();
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(place.entries('lease.received').map(({ data }) => data.mode)).toEqual(['offline']);
  await place.addsUp();
});

test('staff ask a lease back, and renew another: one right is free, the other has a new lease', async () => {
  await using place = await openPlace();
  const [siti, other] = [place.citizen('FIRST-01'), place.citizen('FIRST-02')];
  const [sitis = '', others = ''] = await prepare(place, siti, other);
  const office = officeOf(place);
  await office.asksBack(sitis);
  await place.central.untilRightIs('usable', siti);
  await office.renews(others);
  await place.until('it was renewed', () => leasesAt(place).length === 1 && leasesAt(place)[0] !== others);
  await place.central.goesAway();
  await place.screenShows('central/unreachable');
  await other.asksForTheirCard();
  await other.takesTheCard();
  await other.goesHome();
  await place.central.comesBack();
  await place.central.untilRightIs('issued', other);
  await place.addsUp();
});
