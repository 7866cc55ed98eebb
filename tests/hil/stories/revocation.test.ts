import { describe, expect } from 'vitest';
import { createCommand } from '#central/commands/commands.ts';
import { systemRandom } from '#kit/random.ts';
import { openPlace, type Place, simulatedStory } from '#tests/hil/place/open-place.ts';
import { demoKiosk } from '#tools/place/place.ts';
import { leasesAt, officeOf, prepare } from './offline-office.ts';

/** The line may be as quick as it likes: here the order is at the kiosk before the feed has begun. */
function orderArrivesNow({ scene }: Place, leaseId: string): void {
  const { parts, clock } = scene;
  const expiresMs = clock.wallMs() + 60_000;
  const order = { kiosk: demoKiosk, kind: 'revoke-lease', args: { leaseId }, expiresMs, orderedBy: ['op-2'] };
  const cmdId = parts.office.store.write('ordered', (db) => createCommand(db, systemRandom, clock.wallMs(), order));
  const { authority } = parts.kiosk.controller;
  queueMicrotask(() => authority.command({ v: 1, cmdId, kind: order.kind, args: order.args, exp: expiresMs }));
}

describe('an order that overtakes a card', () => {
  simulatedStory('a revocation before the intent: nothing is printed, and the right is free', async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    const [lease = ''] = await prepare(place, siti);
    await siti.asksForHerCard({ until: 'review' });
    await officeOf(place).revokes(lease);
    await place.central.untilRightIs('usable', siti);
    await siti.asksForHerCard();
    await place.screenShows('right/not-usable', 'right/revoked');
    expect(place.entries('print.intended')).toEqual([]);
    expect(place.entries('command.done')).toHaveLength(2);
    await siti.goesHome();
    await siti.asksForHerCard();
    await siti.takesTheCard();
    expect(await place.cardsInHand(siti)).toHaveLength(1);
    await place.addsUp();
  });

  simulatedStory('a revocation while the blank is fed: it stops before ink, the blank goes to the box', async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    const [lease = ''] = await prepare(place, siti);
    place.scene.writes.after('print.intended', () => orderArrivesNow(place, lease));
    await siti.asksForHerCard();
    await place.screenShows('right/revoked');
    expect(place.entries('print.inking')).toEqual([]);
    expect(place.entries('print.outcome').map(({ data }) => data.outcome)).toEqual(['unused']);
    expect(leasesAt(place)).toEqual([]);
    await place.central.untilRightIs('usable', siti);
    expect(await place.cardsInHand(siti)).toEqual([]);
    await place.addsUp();
  });

  simulatedStory('a revocation from ink on comes too late: the card is hers', async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    const [lease = ''] = await prepare(place, siti);
    const revoked = Promise.withResolvers<unknown>();
    place.atPanel('m', () => void officeOf(place).revokes(lease).then(revoked.resolve, revoked.resolve));
    await siti.asksForHerCard();
    await siti.takesTheCard();
    await revoked.promise;
    await place.until('the order has its end', () => place.entries('command.failed').length === 1);
    expect(place.entries('command.failed')[0]?.data.code).toBe('right/not-usable');
    await place.central.untilRightIs('issued', siti);
    await place.addsUp();
  });

  simulatedStory('the end of the epoch: the kiosk prints nothing any more, over a restart too', async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    await prepare(place, siti);
    await officeOf(place).closesTheEpoch();
    await place.screenShows('right/epoch-closed');
    expect(leasesAt(place)).toEqual([]);
    await place.kiosk.starts();
    await place.screenShows('right/epoch-closed');
    await siti.asksForHerCard();
    await place.screenShows('right/epoch-closed');
    expect(place.entries('print.intended')).toEqual([]);
  });
});
