import { describe, expect, test } from 'vitest';
import type { Misbehaviour } from '#drivers/card-printer/evolis/simulator/misbehaviour.ts';
import { placesOf } from '#tests/support/job-bench.ts';
import { jobStories } from '#tests/support/job-stories.ts';
import { mayTryAgain } from './job.ts';

const story = jobStories();
const { ready, takesFromInside, everythingIsInOrder } = story;

describe('a fault before ink leaves the right unspent', () => {
  test('a feeder that slips gives the blank back to the hopper', async () => {
    const { life, misbehaves } = await ready();
    misbehaves({ fault: 'misfeed', times: 9 });
    const ended = await life.prints(await life.lease());
    expect(ended).toMatchObject({ outcome: 'unused', code: 'card-printer/feed-failed' });
    expect(story.bench.accounts()).toMatchObject({ hopper: 3, 'in-process': 0 });
    everythingIsInOrder();
  });

  test('a blank that was counted as fed and is gone is in doubt, not in the hopper', async () => {
    const { life, world } = await ready();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what === 'card fed') void Promise.resolve().then(takesFromInside); // once it was counted
    });
    const ended = await life.prints(await life.lease());
    stop();
    expect(ended).toMatchObject({ outcome: 'unused' });
    expect(story.bench.accounts()).toMatchObject({ hopper: 2, 'in-process': 0, 'in-doubt': 1 });
    everythingIsInOrder();
  });

  test('a printer that is unplugged right after the intent and stays away: unused within minutes, the blank in doubt', async () => {
    const { life, world } = await ready();
    const lease = await life.lease();
    life.journal.onAppend(() => world.unplug('card-printer'));
    const ended = await life.prints(lease);
    expect(ended).toMatchObject({ outcome: 'unused' });
    expect(story.bench.accounts()).toMatchObject({ hopper: 2, 'in-doubt': 1 });
    expect(story.bench.clock.monotonicMs()).toBeLessThan(240_000);
    everythingIsInOrder();
  });

  test('a revocation that comes while the blank is fed stops the job, and the blank goes to the box', async () => {
    const { life, world } = await ready();
    const lease = await life.lease();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what !== 'card fed') return;
      life.journal.record('lease.revoked', (_, db) => db.prepare("UPDATE lease SET state = 'revoked'").run());
    });
    const ended = await life.prints(lease);
    stop();
    expect(ended).toMatchObject({ outcome: 'unused', code: 'right/revoked' });
    expect(story.bench.accounts()).toMatchObject({ hopper: 2, spoiled: 1 });
    expect(placesOf(world.now)).toMatchObject({ inked: 0, box: 1 });
    everythingIsInOrder();
  });
});

test.each([
  ['cable slips', { hopper: 3 }],
  ['power fails', { hopper: 2, 'in-doubt': 1 }],
])('before the feed the %s for a moment: %j', async (what, books) => {
  const { life, world } = await ready();
  const lease = await life.lease();
  let isOver = false;
  life.journal.onAppend(() => {
    if (isOver) return;
    isOver = true;
    if (/cable/.test(what)) world.unplug('card-printer');
    else world.switchOff('card-printer');
    world.replug('card-printer');
    world.switchOn('card-printer');
  });
  expect(await life.prints(lease)).toMatchObject({ outcome: 'unused' });
  expect(story.bench.accounts()).toMatchObject({ 'in-process': 0, ...books });
  everythingIsInOrder();
});

test('a door opened while a blank is on its way to a stopped job: it goes to the box, and whether it is that one, people say', async () => {
  const { life, world } = await ready();
  const lease = await life.lease();
  const stop = world.onChange((now) => {
    if (now.history.at(-1)?.what !== 'card fed') return;
    world.openDoor('stranger');
    life.journal.record('lease.revoked', (_, db) => db.prepare("UPDATE lease SET state = 'revoked'").run());
  });
  expect(await life.prints(lease)).toMatchObject({ outcome: 'unused', code: 'right/revoked' });
  stop();
  expect(story.bench.accounts()).toMatchObject({ hopper: 2, 'in-doubt': 1 });
  expect(placesOf(world.now)).toMatchObject({ box: 1, inked: 0 });
  everythingIsInOrder();
});

describe('after ink the right is with the plastic', () => {
  test.each<[string, Misbehaviour]>([
    ['a jam', { fault: 'jam', atPanel: 3 }],
    ['the end of the ribbon', { fault: 'ribbon-ends', atPanel: 2 }],
    ['a torn ribbon', { fault: 'ribbon-breaks', atPanel: 4 }],
    ['a pulled cable', { fault: 'unplugged', afterBytes: 90_000 }],
    ['a power cut at the printer', { fault: 'power-fails', atPanel: 2 }],
    ['an answer that never comes', { fault: 'reply', on: 'Db', does: { trick: 'lost' } }],
  ])('%s: spoiled with its body in the box, or in doubt', async (_, fault) => {
    const { life, misbehaves, world } = await ready();
    misbehaves(fault);
    const printing = life.prints(await life.lease());
    if (fault.fault === 'power-fails') {
      void story.bench.clock.sleep(5_000).then(() => story.bench.cabinet.simulators['card-printer'].powerOn());
    }
    const ended = await printing;
    if (ended.at !== 'ended') throw new Error(JSON.stringify(ended));
    expect(['spoiled', 'in-doubt']).toContain(ended.outcome);
    if (ended.outcome === 'spoiled') expect(placesOf(world.now)).toMatchObject({ box: 1, printer: 0 });
    expect(placesOf(world.now).hand).toBe(0);
    everythingIsInOrder();
  });

  test('a body that is proved to lie in the box is no unknown outcome: one more card may be tried', async () => {
    const { life, misbehaves } = await ready();
    misbehaves({ fault: 'unplugged', afterBytes: 90_000 });
    const ended = await life.prints(await life.lease());
    if (ended.at !== 'ended') throw new Error(ended.at);
    expect(ended).toMatchObject({ outcome: 'spoiled', code: 'card-printer/card-spoiled' });
    expect(mayTryAgain(ended)).toBe(true);
  });

  test('a cover opened under way and the card taken out: in doubt, until two people find the body', async () => {
    const { life, misbehaves, world } = await ready();
    misbehaves({ fault: 'cover-opens', atPanel: 2 });
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what === 'panel y printed') {
        takesFromInside();
      }
    });
    const ended = await life.prints(await life.lease());
    stop();
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(story.bench.accounts()).toMatchObject({ 'in-doubt': 1 });
    everythingIsInOrder();
  });

  test('a box that is full when the spoiled card should go there: in doubt, the body is still inside', async () => {
    const { life, misbehaves, world } = await ready(3, { rejectBoxCapacity: 1 });
    misbehaves({ fault: 'jam', atPanel: 3 });
    const lease = await life.lease();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what === 'panel y printed') fillBox();
    });
    const fillBox = () => Object.assign(world.now.rejectBox, { capacity: 0 });
    const ended = await life.prints(lease);
    stop();
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(placesOf(world.now)).toMatchObject({ printer: 1, box: 0 });
    everythingIsInOrder();
  });
});
