import { describe, expect, test } from 'vitest';
import { hashText } from '#contract/uplink/chain.ts';
import { lastWill } from '#controller/uplink/uplink.ts';
import { systemClock } from '#kit/clock.ts';
import { type ManualClock, manualClock } from '#kit/manual-clock.ts';
import { openMemoryStore } from '#kit/store.ts';
import { lossyWire, mqttWire, openOffice } from '#tests/support/office.ts';
import { evtText, kioskMigrations, openOutbox, ownTexts, publishRaw, textsAt } from '#tests/support/outbox.ts';

/** Lets time pass until `done`, checking the promise at every step. */
async function untilWith(clock: ManualClock, done: () => boolean, atEachStep: () => void): Promise<void> {
  for (let step = 0; step < 400 && !done(); step += 1) {
    await clock.advance(500);
    atEachStep();
  }
  expect(done()).toBe(true);
}

const isPrefix = (short: string[], long: string[]) =>
  short.length <= long.length && short.every((text, index) => text === long[index]);

describe('the journal reaches central', () => {
  test.for([1, 2, 3, 4, 5])(
    'over a wire that loses, repeats and swaps messages, each entry once and in order (seed %i)',
    async (seed) => {
      const clock = manualClock();
      const wire = lossyWire(`wire-${seed}`, { lose: 0.3, repeat: 0.2, swap: 0.2 });
      await using office = await openOffice(async () => wire, clock);
      const { enrolment, password } = await office.register('KIOSK-1');
      await using kiosk = openOutbox(enrolment, wire.kiosk(enrolment, password), clock);
      const promise = () => {
        expect(isPrefix(textsAt(office.store, 'KIOSK-1'), ownTexts(kiosk.store))).toBe(true);
        const acked = kiosk.journal.acked();
        expect(acked.seq).toBeLessThanOrEqual(textsAt(office.store, 'KIOSK-1').length);
      };
      for (let burst = 0; burst < 5; burst += 1) {
        kiosk.appends(60);
        await clock.advance(700);
        promise();
      }
      await untilWith(clock, () => kiosk.journal.acked().seq === 300, promise);
      expect(textsAt(office.store, 'KIOSK-1')).toEqual(ownTexts(kiosk.store));
    },
  );

  test('through cuts of the link and deaths of central, nothing is lost and nothing doubled', async () => {
    const clock = manualClock();
    const wire = lossyWire('cuts', { lose: 0.1 });
    await using office = await openOffice(async () => wire, clock);
    const { enrolment, password } = await office.register('KIOSK-1');
    await using kiosk = openOutbox(enrolment, wire.kiosk(enrolment, password), clock);
    for (let round = 0; round < 6; round += 1) {
      kiosk.appends(40);
      wire.broker.cut('KIOSK-1');
      await clock.advance(1_000);
      kiosk.appends(10);
      wire.broker.mend('KIOSK-1');
      await office.restart();
      await clock.advance(1_000);
    }
    await untilWith(
      clock,
      () => kiosk.journal.acked().seq === 300,
      () => undefined,
    );
    expect(textsAt(office.store, 'KIOSK-1')).toEqual(ownTexts(kiosk.store));
  });

  test('and a kiosk that starts again goes on where central stands', async () => {
    const clock = manualClock();
    const wire = lossyWire('again', {});
    await using office = await openOffice(async () => wire, clock);
    const { enrolment, password } = await office.register('KIOSK-1');
    const store = openMemoryStore({ migrations: kioskMigrations });
    {
      await using first = openOutbox(enrolment, wire.kiosk(enrolment, password), clock, store);
      first.appends(7);
      await clock.advance(2_500);
    }
    await using second = openOutbox(enrolment, wire.kiosk(enrolment, password), clock, store, 'boot-2');
    second.appends(5);
    await untilWith(
      clock,
      () => second.journal.acked().seq === 12,
      () => undefined,
    );
    expect(textsAt(office.store, 'KIOSK-1')).toEqual(ownTexts(store));
  });

  test('over real MQTT on loopback, with its access list', async () => {
    await using office = await openOffice(mqttWire, systemClock);
    const { enrolment, password } = await office.register('KIOSK-1');
    await using kiosk = openOutbox(enrolment, office.wire.kiosk(enrolment, password), systemClock);
    kiosk.appends(500);
    await kiosk.uplink.ackedSeq.until((seq) => seq === 500, new AbortController().signal);
    expect(textsAt(office.store, 'KIOSK-1')).toEqual(ownTexts(kiosk.store));
  });
});

describe('two histories of one kiosk', () => {
  test('an older disk put back is a fork: set aside, not acknowledged, and the kiosk knows', async () => {
    const clock = manualClock();
    const wire = lossyWire('old disk', {});
    await using office = await openOffice(async () => wire, clock);
    const { enrolment, password } = await office.register('KIOSK-1');
    {
      await using kiosk = openOutbox(enrolment, wire.kiosk(enrolment, password), clock);
      kiosk.appends(10);
      await clock.advance(2_000);
    }
    const before = textsAt(office.store, 'KIOSK-1');
    await using clone = openOutbox(enrolment, wire.kiosk(enrolment, password), clock, undefined, 'other-boot');
    clone.appends(4);
    await clock.advance(5_000);
    expect(clone.uplink.fork.value).not.toBeNull();
    expect(clone.journal.acked().seq).toBe(0);
    expect(textsAt(office.store, 'KIOSK-1')).toEqual(before);
  });

  test('a batch that continues another history is kept for a person to look at, and moves nothing', async () => {
    const clock = manualClock();
    const wire = lossyWire('fork', {});
    await using office = await openOffice(async () => wire, clock);
    const { enrolment, password } = await office.register('KIOSK-1');
    const carrier = wire.kiosk(enrolment, password);
    publishRaw(
      carrier,
      enrolment,
      'evt',
      evtText({ v: 1, dev: 'KIOSK-1', epoch: 1, first: 1, prev: hashText(new Uint8Array(32)), evs: ['{}'] }),
    );
    await clock.advance(100);
    expect(textsAt(office.store, 'KIOSK-1')).toEqual([]);
    expect(office.store.read((db) => db.prepare('SELECT count(*) AS n FROM fork').get())).toEqual({ n: 1 });
  });

  test('an acknowledgement whose hash is not the kiosk’s own is not believed', async () => {
    const clock = manualClock();
    const wire = lossyWire('lie', {});
    await using office = await openOffice(async () => wire, clock);
    const { enrolment, password } = await office.register('KIOSK-1');
    await using kiosk = openOutbox(enrolment, wire.kiosk(enrolment, password), clock);
    await clock.advance(10);
    const liar = wire.broker.connect('central'); // takes the place of the real one
    kiosk.appends(3);
    liar.publish(
      'k/1/plg/KIOSK-1/ack',
      JSON.stringify({ v: 1, term: 1, epoch: 1, seq: 3, hash: hashText(new Uint8Array(32)), gap: false }),
      { qos: 1 },
    );
    await clock.advance(100);
    expect(kiosk.journal.acked().seq).toBe(0);
    expect(kiosk.uplink.fork.value).not.toBeNull();
  });
});

describe('bad messages', () => {
  const bad: [string, string][] = [
    ['not JSON', 'hello'],
    ['nested without end', `{"v":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['not UTF-8', '\ud800'],
    ['a newer version', JSON.stringify({ v: 2 })],
    ['a wrong shape', JSON.stringify({ v: 1, dev: 'KIOSK-1', epoch: 1, first: 0, prev: 'x', evs: [] })],
    [
      'too many entries',
      JSON.stringify({
        v: 1,
        dev: 'KIOSK-1',
        epoch: 1,
        first: 1,
        prev: 'x'.repeat(43),
        evs: Array.from({ length: 51 }, () => '{}'),
      }),
    ],
    ['too many bytes', JSON.stringify({ v: 1, pad: 'x'.repeat(300_000) })],
    [
      'another kiosk’s name',
      JSON.stringify({ v: 1, dev: 'KIOSK-2', epoch: 1, first: 1, prev: 'x'.repeat(43), evs: ['{}'] }),
    ],
  ];
  test.for(bad)('%s change nothing and stop nothing', async ([, payload]) => {
    const clock = manualClock();
    const wire = lossyWire('bad', {});
    await using office = await openOffice(async () => wire, clock);
    const { enrolment, password } = await office.register('KIOSK-1');
    await office.register('KIOSK-2');
    await using kiosk = openOutbox(enrolment, wire.kiosk(enrolment, password), clock);
    publishRaw(kiosk.carrier, enrolment, 'evt', payload);
    publishRaw(kiosk.carrier, enrolment, 'state', payload);
    kiosk.appends(2);
    await clock.advance(2_000);
    expect(textsAt(office.store, 'KIOSK-1')).toHaveLength(2);
    expect(textsAt(office.store, 'KIOSK-2')).toHaveLength(0);
  });

  test('an entry whose content makes no sense is kept, acknowledged and shown: it does not block what follows', async () => {
    const clock = manualClock();
    const wire = lossyWire('poison', {});
    await using office = await openOffice(async () => wire, clock);
    const { enrolment, password } = await office.register('KIOSK-1');
    await using kiosk = openOutbox(enrolment, wire.kiosk(enrolment, password), clock);
    const { hash } = kiosk.journal.head();
    publishRaw(
      kiosk.carrier,
      enrolment,
      'evt',
      evtText({
        v: 1,
        dev: 'KIOSK-1',
        epoch: 1,
        first: 1,
        prev: hashText(hash),
        evs: ['{"type":"blanko.moved"}', 'nonsense'],
      }),
    );
    await clock.advance(100);
    expect(textsAt(office.store, 'KIOSK-1')).toEqual(['{"type":"blanko.moved"}', 'nonsense']);
    expect(office.store.read((db) => db.prepare('SELECT count(*) AS n FROM anomaly').get())).toEqual({ n: 2 });
  });
});

test('an entry that is nested without end is kept aside, and ends nothing', async () => {
  const clock = manualClock();
  const wire = lossyWire('deep', {});
  await using office = await openOffice(async () => wire, clock);
  const { enrolment, password } = await office.register('KIOSK-1');
  await using kiosk = openOutbox(enrolment, wire.kiosk(enrolment, password), clock);
  const { hash } = kiosk.journal.head();
  const deep = `{"type":${'['.repeat(7_000)}${']'.repeat(7_000)}}`;
  publishRaw(
    kiosk.carrier,
    enrolment,
    'evt',
    evtText({ v: 1, dev: 'KIOSK-1', epoch: 1, first: 1, prev: hashText(hash), evs: [deep] }),
  );
  await clock.advance(100);
  expect(textsAt(office.store, 'KIOSK-1')).toEqual([deep]);
  const anomaly = office.store.read((db) => db.prepare('SELECT what FROM anomaly').get()) as { what: string };
  expect(anomaly.what.length).toBeLessThan(100);
});

describe('the last will', () => {
  test('says that a kiosk is gone, but never that the next life of it is', async () => {
    const clock = manualClock();
    const wire = lossyWire('will', {});
    await using office = await openOffice(async () => wire, clock);
    const { enrolment, password } = await office.register('KIOSK-1');
    const shown = () => {
      const row = office.store.read((db) => db.prepare('SELECT state FROM kiosk_state').get()) as { state: string };
      return JSON.parse(row.state) as { online: boolean; session: string };
    };
    {
      await using _first = openOutbox(enrolment, wire.kiosk(enrolment, password), clock, undefined, 'life-1');
      await clock.advance(100);
    }
    const will = lastWill(enrolment, 1, 'life-1', clock.wallMs());
    const broker = wire.broker.connect('KIOSK-1'); // the broker speaks in the dead kiosk's name
    broker.publish(will.topic, will.payload, { qos: 1 });
    await clock.advance(100);
    expect(shown()).toMatchObject({ online: false, session: 'life-1' });
    await using _second = openOutbox(enrolment, wire.kiosk(enrolment, password), clock, undefined, 'life-2');
    await clock.advance(100);
    publishRaw(_second.carrier, enrolment, 'state', will.payload); // late
    await clock.advance(100);
    expect(shown()).toMatchObject({ online: true, session: 'life-2' });
  });
});
