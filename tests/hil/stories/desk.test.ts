import { expect } from 'vitest';
import type { Place } from '#tests/hil/place/open-place.ts';
import { openPlace, simulatedStory } from '#tests/hil/place/open-place.ts';
import { kioskOf } from '#tests/hil/place/scene.ts';

const two = ['OP-DEWI', 'OP-AGUS'];
const controller = (place: Place) => kioskOf(place.scene).controller;

/** The controller dies while the card is inked; the card is found inside, and nobody knows who stood at the door. */
async function cardInDoubt(place: Place): Promise<string> {
  const siti = place.citizen('FIRST-01');
  place.kiosk.diesAfter('print.inking');
  await siti.asksForHerCard().catch(() => undefined);
  await place.kiosk.hasEnded();
  await place.kiosk.starts();
  await place.until('the card waits for people', () => controller(place).desk.waiting().length === 1);
  return controller(place).desk.waiting()[0]?.subject ?? '';
}

simulatedStory(
  'the desk tells of a card in doubt all that is known, and its destruction gives the right back',
  async () => {
    await using place = await openPlace();
    const subject = await cardInDoubt(place);
    const { desk, desktop, stock } = controller(place);
    await place.screenShows('welcome');
    const dossier = await desktop.open(subject, { lang: 'id', pictureBy: null });
    expect(dossier.journal.map(({ words }) => words).join(' ')).toContain('Akhirnya: ragu');
    expect(dossier.now.witness?.cardsFed).toBe((dossier.atIntent?.cardsFed ?? 0) + 1);
    expect(dossier.decisions.map(({ decision }) => decision)).toContain('destroy');
    expect(desk.cases()).toMatchObject([{ kind: 'in-doubt', subject }]);
    place.scene.hands('emptyRejectBox', 'OP-DEWI');
    stock.emptyBox({ complete: 0, partial: 1, blank: 0, by: two });
    desk.destroy({ subject, document: 'BA-0009', by: two });
    expect(desk.cases()).toEqual([]);
    const siti = place.citizen('FIRST-01');
    await place.isReady();
    await siti.asksForHerCard();
    await siti.takesTheCard();
    expect(await place.cardsInHand(siti)).toHaveLength(1);
  },
);

simulatedStory(
  'two looked and found nothing: nothing is decided, and the same person gets no second card',
  async () => {
    await using place = await openPlace();
    const subject = await cardInDoubt(place);
    controller(place).desk.notFound({ subject, reason: 'box and floor searched', by: two });
    expect(controller(place).desk.cases()).toMatchObject([{ kind: 'in-doubt', lookedFor: [expect.any(Number)] }]);
    await place.isReady();
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard().catch(() => undefined);
    expect(place.entries('print.intended')).toHaveLength(1);
    await place.addsUp({ inDoubt: 1 });
  },
);
