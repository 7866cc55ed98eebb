import { expect } from 'vitest';
import type { Place } from '#tests/hil/place/open-place.ts';
import { openPlace, simulatedStory } from '#tests/hil/place/open-place.ts';
import { kioskOf } from '#tests/hil/place/scene.ts';

const two = ['OP-DEWI', 'OP-AGUS'];
const controller = (place: Place) => kioskOf(place.scene).controller;
const kinds = (place: Place) =>
  controller(place)
    .desk.cases()
    .map(({ kind }) => kind);

/** Her lease lies at the kiosk when it is killed, and while it is down the printer feeds a card that nobody ordered. */
async function killedAndTheCounterMoves(place: Place) {
  const siti = place.citizen('FIRST-01');
  place.kiosk.diesAfter('lease.received');
  await siti.asksForHerCard({ until: 'review' });
  place.touches({ tap: 'answer', answer: 'yes' });
  await place.kiosk.hasEnded();
  place.scene.parts.cabinet.world.cardPath.countFeed(); // a cleaning card, by the printer's own key
  await place.kiosk.starts();
  await place.until('the case is open', () => kinds(place).includes('counter-unexplained'));
  await place.isReady();
  return siti;
}

simulatedStory(
  'while the counter is unexplained a right that was asked for stays with the kiosk; counted by two, it is free again',
  async () => {
    await using place = await openPlace();
    const siti = await killedAndTheCounterMoves(place);
    await place.central.untilRightIs('leased', siti);
    await place.passes(120);
    expect(place.entries('lease.voided')).toEqual([]);
    controller(place).stock.countHopper({ count: 10, by: two });
    controller(place).stock.emptyBox({ complete: 0, partial: 0, blank: 0, by: two });
    expect(kinds(place)).toEqual([]);
    await place.central.untilRightIs('usable', siti);
    await siti.asksForHerCard();
    await siti.takesTheCard();
    expect(await place.cardsInHand(siti)).toHaveLength(1);
    await place.addsUp();
  },
);
