import { expect } from 'vitest';
import { openPlace, type Place, simulatedStory } from '#tests/hil/place/open-place.ts';
import { kioskOf } from '#tests/hil/place/scene.ts';

/** The program dies after this write; the printer is switched off and on; then the program starts again. */
async function killedAndPowerCut(place: Place, write: string, meanwhile: () => Promise<void> = async () => undefined) {
  const siti = place.citizen('FIRST-01');
  place.kiosk.diesAfter(write);
  await siti.asksForHerCard({ until: 'review' });
  place.touches({ tap: 'answer', answer: 'yes' });
  await place.kiosk.hasEnded();
  await meanwhile();
  place.technician.switchesOff('card-printer');
  place.technician.switchesOn('card-printer');
  await place.kiosk.starts();
  await place.isReady();
  return siti;
}

const outcomes = (place: Place) => place.entries('print.outcome').map(({ data }) => data.outcome);

simulatedStory(
  'killed before the feed, and the power fails: her right is unspent, and the blank waits for a count',
  async () => {
    await using place = await openPlace();
    const siti = await killedAndPowerCut(place, 'print.intended');
    expect(outcomes(place)).toEqual(['unused']);
    expect(place.stock).toMatchObject({ hopper: 9, 'in-doubt': 1 });
    await siti.asksForHerCard();
    await siti.takesTheCard();
    await siti.goesHome();
    expect(await place.cardsInHand(siti)).toHaveLength(1);
    await place.addsUp({ inDoubt: 1 });
  },
);

simulatedStory(
  'killed when the card is about to come out, and the power fails: in the box, and two people look at it',
  async () => {
    await using place = await openPlace();
    const siti = await killedAndPowerCut(place, 'print.presenting');
    expect(outcomes(place)).toEqual(['in-doubt']);
    expect(place.world.cards.filter(({ place: at }) => at === 'box')).toHaveLength(1);
    await place.central.untilRightIs('in-doubt', siti);
    await siti.asksForHerCard();
    await place.screenShows('right/in-doubt');
    await siti.goesHome();
    expect(await place.cardsInHand(siti)).toEqual([]);
    await place.addsUp({ inDoubt: 1 });
  },
);

simulatedStory(
  'killed with the card in the slot, taken, and then the power fails: in doubt though she has it, and no second card',
  async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard();
    await place.screenShows('take-card');
    place.kiosk.dies();
    await place.handTakesCard(siti);
    place.technician.switchesOff('card-printer');
    place.technician.switchesOn('card-printer');
    await place.kiosk.starts();
    await place.isReady();
    expect(outcomes(place)).toEqual(['in-doubt']);
    await siti.asksForHerCard();
    await place.screenShows('right/in-doubt');
    await siti.goesHome();
    expect(await place.cardsInHand(siti)).toHaveLength(1);
    await place.addsUp({ inDoubt: 1 });
    showsHerCardToTwo(place);
    await place.central.untilRightIs('issued', siti);
    expect(place.stock).toEqual({ hopper: 9, issued: 1, 'kecamatan-safe': -10 });
  },
);

/** Nobody can sign for a body that nobody has seen; once it is seen it is hers. */
function showsHerCardToTwo(place: Place): void {
  const by = ['OP-DEWI', 'OP-AGUS'];
  const { desk } = kioskOf(place.scene).controller;
  const subject = desk.waiting()[0]?.subject ?? '';
  expect(() => desk.destroy({ subject, document: 'BA-0009', by })).toThrow('nobody has seen this card');
  desk.found({ subject, place: 'in the hand of its owner', by });
  desk.handOver({ subject, by });
}

simulatedStory(
  'killed in its own recovery, after it has written down what it saw: the next one comes to the same',
  async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    place.kiosk.diesAfter('print.presenting');
    await siti.asksForHerCard({ until: 'review' });
    place.touches({ tap: 'answer', answer: 'yes' });
    await place.kiosk.hasEnded();
    place.kiosk.diesAfter('card.way');
    await place.kiosk.starts();
    await place.kiosk.hasEnded();
    await place.kiosk.starts();
    await place.isReady();
    expect(outcomes(place)).toEqual(['retained']);
    await siti.asksForHerCard();
    await place.screenShows('right/held');
    await siti.goesHome();
    await place.addsUp();
  },
);
