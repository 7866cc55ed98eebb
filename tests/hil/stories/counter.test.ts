import { expect } from 'vitest';
import { controllerOf, openCaseKinds, two } from '#tests/hil/place/desk.ts';
import type { Place } from '#tests/hil/place/open-place.ts';
import { openPlace, simulatedStory } from '#tests/hil/place/open-place.ts';

/** Her lease lies at the kiosk when it is killed, and while it is down the printer feeds a card that nobody ordered. */
async function killedAndTheCounterMoves(place: Place) {
  const siti = place.citizen('FIRST-01');
  place.kiosk.diesAfter('lease.received');
  await siti.asksForHerCard({ until: 'review' });
  place.touches({ tap: 'answer', answer: 'yes' });
  await place.kiosk.hasEnded();
  place.scene.parts.cabinet.world.cardPath.countFeed(); // a cleaning card, by the printer's own key
  await place.kiosk.starts();
  await place.until('the case is open', () => openCaseKinds(place).includes('counter-unexplained'));
  await place.isReady();
  return siti;
}

simulatedStory(
  'while the counter is unexplained a right that was asked for stays with the kiosk; counted and explained by two, it is free again',
  async () => {
    await using place = await openPlace();
    const siti = await killedAndTheCounterMoves(place);
    await place.central.untilRightIs('leased', siti);
    await place.passes(120);
    expect(place.entries('lease.voided')).toEqual([]);
    controllerOf(place).stock.countHopper({ count: 10, by: two });
    controllerOf(place).stock.emptyBox({ complete: 0, partial: 0, blank: 0, by: two });
    const [counter] = controllerOf(place).desk.cases();
    controllerOf(place).desk.explain({
      caseId: counter?.id ?? '',
      document: 'BA-0012',
      reason: 'a cleaning card',
      by: two,
    });
    expect(openCaseKinds(place)).toEqual([]);
    await place.central.untilRightIs('usable', siti);
    await siti.asksForHerCard();
    await siti.takesTheCard();
    expect(await place.cardsInHand(siti)).toHaveLength(1);
    await place.addsUp();
  },
);
