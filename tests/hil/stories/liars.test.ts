import { expect } from 'vitest';
import { joseSealer, type Sealer } from '#kit/sealer.ts';
import { openPlace, type Place, simulatedStory } from '#tests/hil/place/open-place.ts';

/** Comes as far as the right with an office whose leases are signed by `sign`, and is refused. */
async function isRefusedWith(place: Place, sign: Sealer['sign'], code: string): Promise<void> {
  const siti = place.citizen('FIRST-01');
  await place.central.comesBackSigning(sign);
  await place.isReady();
  await siti.asksForHerCard();
  await place.screenShows(code);
  expect(place.entries('print.intended')).toEqual([]);
  await siti.goesHome();

  await place.central.restarts();
  await place.isReady();
  await place.central.untilRightIs('usable', siti);
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
}

simulatedStory('a lease signed by another key is no lease', async () => {
  await using place = await openPlace();
  const { privateKey } = await joseSealer.newSigningKey();
  await isRefusedWith(place, (claims) => joseSealer.sign(claims, privateKey), 'right/lease-invalid');
});

simulatedStory.for([
  ['for another kiosk', { kiosk: 'SU2-A' }, 'right/lease-not-asked'],
  ['of another epoch', { epoch: 2 }, 'right/lease-not-asked'],
  ['that answers another question', { reqId: 'another' }, 'right/lease-not-asked'],
  ['for another right', { rightId: 'another' }, 'right/lease-not-asked'],
  ['for another record', { sealedSha256: 'A'.repeat(43) }, 'right/lease-invalid'],
  ['that has run out', { expiresMs: 1 }, 'right/lease-expired'],
] as const)('a lease %s is refused, whoever signed it', async ([, wrong, code]) => {
  await using place = await openPlace();
  await isRefusedWith(place, (claims, key) => joseSealer.sign({ ...claims, ...wrong }, key), code);
});

simulatedStory("yesterday's lease, told again, prints nothing", async () => {
  await using place = await openPlace();
  const budi = place.citizen('FIRST-02');
  let recorded = '';
  await place.central.comesBackSigning(async (claims, key) => (recorded = await joseSealer.sign(claims, key)));
  await place.isReady();
  await budi.asksForHisCard();
  await budi.takesTheCard();
  await budi.goesHome();

  const siti = place.citizen('FIRST-01');
  await place.central.comesBackSigning(async () => recorded);
  await place.isReady();
  await siti.asksForHerCard();
  await place.screenShows('right/lease-not-asked');
  expect(place.entries('print.intended')).toHaveLength(1);
  await place.addsUp();
});

simulatedStory(
  "somebody with central's password talks nonsense to the kiosk: it goes on, and staff see that somebody else gave orders",
  async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard({ until: 'review' });
    await place.central.somebodyElseSays([
      ['rep/lease', '{"v":1'],
      ['rep/lease', JSON.stringify({ v: 1, reqId: 'nobody-asked', ok: true, lease: 'x' })],
      ['ack', JSON.stringify({ v: 9, term: 1 })],
      ['ack', 'x'.repeat(200_000)],
      ['cmd', JSON.stringify({ v: 1, cmdId: 'c', kind: 'open-shutter', exp: 1 })],
      ['cmd', new Uint8Array([0xff, 0xfe, 0x00])],
    ]);
    await siti.asksForHerCard();
    await siti.takesTheCard();
    expect(await place.cardsInHand(siti)).toHaveLength(1);
    const unordered = [/^command\.received: no such command/, /^command\.failed: no such command/];
    await place.addsUp({ odd: unordered }); // staff see that somebody else gave orders
  },
);

simulatedStory("somebody with the kiosk's password sends rubbish and too much: central keeps none of it", async () => {
  await using place = await openPlace();
  const siti = place.citizen('FIRST-01');
  await place.kiosk.isImpersonatedSaying([
    ['evt', 'not json'],
    ['evt', JSON.stringify({ v: 1, dev: 'SU2-A', epoch: 1, first: 1, prev: 'A'.repeat(43), evs: ['{}'] })],
    ['evt', JSON.stringify({ v: 1, dev: 'SU1-A', epoch: 7, first: 1, prev: 'A'.repeat(43), evs: ['{}'] })],
    ['state', '{"v":1,"dev":"SU1-A"}'],
    ['req/lease', JSON.stringify({ v: 1, reqId: 'r', epoch: 1, exp: 9_999_999_999_999 })],
    ['req/identify', JSON.stringify({ v: 1, reqId: 'r2', epoch: 1, exp: 9_999_999_999_999, sealed: 'x' })],
    ['evt', 'x'.repeat(300_000)],
  ]);
  await place.isReady();
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});
