import { expect, test } from 'vitest';
import { openPlace } from '#tests/hil/place/open-place.ts';

test('a card by QR: the code is held up to the camera, and nobody types a number', async () => {
  await using place = await openPlace({ cabinet: { camera: true } });
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ by: 'qr' });
  await siti.takesTheCard();
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
});

test('codes that are none of ours are named, a damaged one too, and the right one still works', async () => {
  await using place = await openPlace({ cabinet: { camera: true } });
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ by: 'qr', until: 'scan-qr' });
  const held = [
    ['000201010211', 'qris'],
    ['https://wa.me/628123', 'chat'],
    ['https://dukcapil.example/tte/1', 'kk'],
    ['KTPEL1:1234', 'damaged'],
    ['', 'hold'],
  ] as const;
  for (const [text, hint] of held.slice(0, 4)) {
    siti.shows(text);
    await place.screenShows(hint);
  }
  await siti.asksForHerCard({ by: 'qr' });
  await siti.takesTheCard();
  await place.addsUp();
});

test('the camera stalls while a code is awaited: the keypad is offered and the card comes all the same', async () => {
  await using place = await openPlace({ cabinet: { camera: true } });
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ by: 'qr', until: 'scan-qr' });
  siti.shows('https://example.org');
  await place.screenShows('foreign');
  place.technician.stallsCamera();
  await place.passes(12);
  await place.screenShows('camera/stalled', 'camera/unreachable');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});

test('without a camera the screen offers the keypad only', async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'how' });
  expect(place.screen.screen).toEqual({ at: 'how', camera: false });
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});
