import { afterEach, expect, test } from 'vitest';
import { centralMigrations } from '#central/central.ts';
import { openEpoch, openIntake } from '#central/intake/intake.ts';
import { hashText } from '#contract/uplink/chain.ts';
import type { Message } from '#contract/uplink/messages.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { type Journal, openJournal } from '#controller/journal/journal.ts';
import { openSender } from '#controller/uplink/sender.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openMemoryStore } from '#kit/store.ts';
import { type JobBench, openJobBench, placesOf } from '#tests/support/job-bench.ts';

let bench: JobBench | undefined;
afterEach(async () => {
  await bench?.[Symbol.asyncDispose]();
  bench = undefined;
});
const start = async () => {
  const place = await openJobBench();
  bench = place;
  const life = await place.begins();
  await life.recovers();
  return { place, life };
};

test('an earlier snapshot of the same history, told again, does not stop the kiosk', () => {
  const clock = manualClock();
  const office = openMemoryStore({ migrations: centralMigrations });
  office.write('epoch', (db) => openEpoch(db, 'SU1-A', 1, 0));
  const intake = openIntake(office, clock, 1, () => null);
  const store = openMemoryStore({ migrations: controllerMigrations });
  const journal: Journal = openJournal({ store, clock, kiosk: 'SU1-A', epoch: 1, boot: 'b1' });
  const note = () =>
    journal.record('x', (append) =>
      append({ type: 'device.changed', data: { device: 'camera', state: 'ready', code: null } }),
    );
  const sent: Message<'evt'>[] = [];
  const sender = openSender(
    journal,
    (batch) => sent.push(batch) > 0,
    () => undefined,
  );
  note();
  const head = journal.head();
  const state: Message<'state'> = {
    v: 1,
    dev: 'SU1-A',
    epoch: 1,
    online: true,
    session: 'b1',
    at: 1,
    head: { seq: head.seq, hash: hashText(head.hash) },
  } as never;
  note();
  note();
  sender.pump();
  for (const batch of sent) {
    const ack = intake.take(batch);
    if (ack) sender.acknowledged(ack);
  }
  expect(journal.acked().seq).toBe(3);
  // The line was cut before the PUBACK of the snapshot: MQTT QoS 1 sends it again after the reconnection.
  const ack = intake.compare(state);
  if (ack) sender.acknowledged(ack);
  expect(sender.fork).toBeNull();
});

test('killed between the box and its entry: a card that lies in the box is not booked as in a hand', async () => {
  const place = await openJobBench();
  bench = place;
  const life = await place.begins({ atWrite: 11, commits: false });
  await life.recovers();
  const held = await life.prints(await life.lease('rani'));
  if (held.at !== 'held-inside') throw new Error(held.at);
  await life.presents(held, 1);
  await life.presents(held, 2);
  await expect(life.soon(held.retain(new AbortController().signal))).rejects.toThrow();
  await life.ends();
  await place.clock.advance(5_000);
  const next = await place.begins();
  await next.recovers();
  expect(placesOf(place.cabinet.world.now)).toMatchObject({ box: 1, hand: 0 });
  expect(place.outcomes()).not.toContain('issued');
});

test('the door was opened while the card was inked: it is not presented as if nothing had been', async () => {
  const { place, life } = await start();
  const { world } = place.cabinet;
  const stop = world.onChange((now) => {
    if (now.history.at(-1)?.what === 'panel m printed')
      queueMicrotask(() => {
        world.openDoor('technician');
      });
  });
  const printing = life.prints(await life.lease('rani'));
  const held = await printing;
  stop();
  await place.clock.advance(1_000);
  world.closeDoor('technician');
  await place.clock.advance(3_000);
  if (held.at === 'held-inside') {
    await life.presents(held, 1, () => void place.clock.sleep(400).then(() => world.takeCard('rani')));
  }
  expect(place.outcomes()).toEqual(['in-doubt']);
});

test('door and cover opened while an untaken card waits inside, and another card put there: not offered, in doubt', async () => {
  const { place, life } = await start();
  const { world } = place.cabinet;
  const held = await life.prints(await life.lease('rani'));
  if (held.at !== 'held-inside') throw new Error(held.at);
  await life.presents(held, 1);
  world.openDoor('technician');
  world.openCover('technician');
  world.takeCardFromInside('technician');
  world.pocketCard('technician');
  world.cardPath.feed('print'); // a blank by hand in its place
  world.closeCover('technician');
  world.closeDoor('technician');
  await place.clock.advance(5_000);
  await life.soon(held.retain(new AbortController().signal));
  expect(place.outcomes()).toEqual(['in-doubt']);
});

test('the finished card swapped for a blank while the program was down: the right does not come back', async () => {
  const { place, life } = await start();
  const { world } = place.cabinet;
  let over: Promise<void> | undefined;
  const stop = world.onChange((now) => {
    if (now.history.at(-1)?.what === 'panel o printed') over ??= life.ends();
  });
  await expect(life.prints(await life.lease('rani'))).rejects.toThrow();
  stop();
  await over;
  await place.clock.advance(3_000);
  world.openDoor('technician');
  world.openCover('technician');
  world.takeCardFromInside('technician');
  world.pocketCard('technician');
  world.cardPath.feed('print');
  world.closeCover('technician');
  world.closeDoor('technician');
  await place.clock.advance(3_000);
  const next = await place.begins();
  await next.recovers();
  expect(placesOf(world.now)).toMatchObject({ hand: 1, inked: 1 });
  expect(place.outcomes()).toEqual(['in-doubt']);
});

test('a body that stayed inside because the box was full is booked once: as doubt, not also as a card nobody explains', async () => {
  const { place, life } = await start();
  const { world } = place.cabinet;
  const held = await life.prints(await life.lease('rani'));
  if (held.at !== 'held-inside') throw new Error(held.at);
  await life.presents(held, 1);
  const room = world.now.rejectBox.capacity;
  Object.assign(world.now.rejectBox, { capacity: 0 });
  await life.soon(held.retain(new AbortController().signal));
  expect(place.outcomes()).toEqual(['in-doubt']);
  await life.ends();
  Object.assign(world.now.rejectBox, { capacity: room });
  await place.clock.advance(5_000);
  const next = await place.begins();
  await next.recovers();
  expect(place.accounts()).toMatchObject({ 'in-doubt': 1 });
  expect(place.accounts().unexplained ?? 0).toBe(0);
});
