import { beforeEach, describe, expect, test } from 'vitest';
import { openCentral } from '#central/central.ts';
import { openNextEpoch } from '#central/epochs/epochs.ts';
import { type Fact, openTestOffice, type TestOffice } from '#central/fleet/test-office.ts';
import { noGrantsLog } from '#central/rights/grants-log.ts';
import { decode, type Message } from '#contract/uplink/messages.ts';
import { topicOf } from '#contract/uplink/topics.ts';
import type { Carrier } from '#kit/carrier.ts';
import { silentLog } from '#kit/log.ts';
import { seededRandom } from '#kit/random.ts';
import { joseSealer } from '#kit/sealer.ts';
import { changeCommands, commandsChange, commandsOf, commandsToSend, createCommand } from './commands.ts';
import { countOf, reasonOf, twoOf } from './people.ts';

const kiosk = 'SU1-A';
const minute = 60_000;
let office: TestOffice;
const random = seededRandom('commands');
beforeEach(async () => {
  office = openTestOffice();
  await office.registers(kiosk);
  await office.registers('KLD-A');
  return () => office[Symbol.dispose]();
});

const orders = (kind: string, name = kiosk, args: Record<string, string> = { rightId: 'r-1' }) =>
  office.store.write('order', (db) => {
    const nowMs = office.clock.wallMs();
    const order = {
      kiosk: name,
      kind,
      args,
      expiresMs: nowMs + 10 * minute,
      orderedBy: ['OP-DEWI'],
    };
    return createCommand(db, random, nowMs, order);
  });
const says = (word: 'received' | 'done' | 'failed', cmdId: string): Fact => {
  const data = { cmdId, kind: 'take-lease' };
  if (word === 'failed') return { type: 'command.failed', data: { ...data, code: 'right/not-usable' } };
  return { type: `command.${word}`, data };
};
const state = (cmdId: string) => office.store.read((db) => commandsOf(db, kiosk)).find((row) => row.cmdId === cmdId);
const goesOut = () =>
  office.store.write('send', (db) => {
    changeCommands(db, kiosk, office.clock.wallMs());
    return commandsToSend(db, kiosk).map(({ cmdId }) => cmdId);
  });
const isDue = () => office.store.read((db) => commandsChange(db, kiosk, office.clock.wallMs()));
const anomalies = () => office.store.read((db) => db.prepare('SELECT what FROM anomaly').all());

describe('a command', () => {
  test('goes out, and again with each snapshot, until its end is in the journal', () => {
    const cmdId = orders('take-lease');
    expect(state(cmdId)?.state).toBe('created');
    expect(goesOut()).toEqual([cmdId]);
    expect(state(cmdId)?.state).toBe('sent');
    office.tells(kiosk, says('received', cmdId));
    expect(state(cmdId)?.state).toBe('received');
    expect(goesOut()).toEqual([cmdId]);
    office.tells(kiosk, says('done', cmdId));
    expect(state(cmdId)?.state).toBe('done');
    expect(goesOut()).toEqual([]);
    expect(anomalies()).toEqual([]);
  });

  test('that a kiosk could not do says why', () => {
    const cmdId = orders('take-lease');
    office.tells(kiosk, says('received', cmdId), says('failed', cmdId));
    expect(state(cmdId)).toMatchObject({ state: 'failed', code: 'right/not-usable', orderedBy: ['OP-DEWI'] });
    expect(goesOut()).toEqual([]);
  });

  test('that is too late is sent no more; a kiosk that did it in time is believed all the same', async () => {
    const [late, done] = [orders('take-lease'), orders('take-lease')];
    goesOut();
    await office.clock.advance(10 * minute);
    expect(goesOut()).toEqual([]);
    expect([state(late)?.state, state(done)?.state]).toEqual(['expired', 'expired']);
    office.tells(kiosk, says('received', done), says('done', done));
    expect([state(late)?.state, state(done)?.state]).toEqual(['expired', 'done']);
  });

  test.each(['revoke-lease', 'surrender-lease'])(
    '%s outlives its time while the lease may be used: a kiosk without a line prints until it hears of it',
    async (kind) => {
      const { leaseId, rightId, reqId } = office.grants(kiosk, 'siti');
      const cmdId = orders(kind, kiosk, { leaseId });
      expect(goesOut()).toEqual([cmdId]);
      await office.clock.advance(100 * 24 * 60 * minute);
      expect([isDue(), goesOut()]).toEqual([false, [cmdId]]);
      office.tells(kiosk, { type: 'lease.voided', data: { reqId, leaseId, rightId, reason: 'idle' } });
      expect([isDue(), goesOut()]).toEqual([true, []]);
      expect(state(cmdId)?.state).toBe('expired');
    },
  );

  test('that ends an epoch stands until its kiosk has confirmed it', async () => {
    const cmdId = orders('epoch-closed', kiosk, { epoch: '1' });
    await office.clock.advance(500 * 24 * 60 * minute);
    expect(goesOut()).toEqual([cmdId]);
    office.tells(kiosk, { type: 'command.done', data: { cmdId, kind: 'epoch-closed' } });
    expect(goesOut()).toEqual([]);
  });

  test.each(['take-lease', 'renew-lease'])('%s gives something: it is over by time', async (kind) => {
    orders(kind, kiosk, { leaseId: office.grants(kiosk, 'siti').leaseId });
    await office.clock.advance(10 * minute);
    expect(goesOut()).toEqual([]);
  });

  test('has one end: a second one is shown to a person', () => {
    const cmdId = orders('take-lease');
    office.tells(kiosk, says('done', cmdId), says('failed', cmdId));
    expect(state(cmdId)).toMatchObject({ state: 'done', code: null });
    expect(anomalies()).toEqual([{ what: 'command.failed: the command is done already' }]);
  });

  test('of another kiosk, or of nobody, is not moved by this one', () => {
    const cmdId = orders('take-lease', 'KLD-A');
    office.tells(kiosk, says('done', cmdId), says('done', 'never-ordered'));
    expect(office.store.read((db) => commandsOf(db, 'KLD-A'))[0]?.state).toBe('created');
    expect(anomalies()).toHaveLength(2);
  });
});

/** A carrier that keeps what was published, and hears what a test lets it hear. */
function wire() {
  const published: { topic: string; payload: string }[] = [];
  let deliver: (event: { type: 'message'; topic: string; payload: Uint8Array }) => void = () => undefined;
  const incoming = new ReadableStream<{ type: 'message'; topic: string; payload: Uint8Array }>({
    start(controller) {
      deliver = (event) => controller.enqueue(event);
    },
  });
  const carrier = {
    connected: true,
    incoming,
    publish: (topic: string, payload: string) => void published.push({ topic, payload }),
    subscribe: () => undefined,
    async [Symbol.asyncDispose]() {},
  } as unknown as Carrier;
  const kioskSays = (message: Message<'state'>) =>
    deliver({
      type: 'message',
      topic: topicOf('state', { shard: 'plg', kiosk }),
      payload: new TextEncoder().encode(JSON.stringify(message)),
    });
  const asks = (epoch: number) =>
    deliver({
      type: 'message',
      topic: topicOf('req', { shard: 'plg', kiosk }, 'lease'),
      payload: new TextEncoder().encode(JSON.stringify({ v: 1, reqId: `of epoch ${epoch}`, epoch, exp: 9e12 })),
    });
  const answers = () =>
    published.filter(({ topic }) => topic.includes('/rep/')).map(({ payload }) => JSON.parse(payload) as unknown);
  const commands = () =>
    published
      .filter(({ topic }) => topic === topicOf('cmd', { shard: 'plg', kiosk }))
      .map(({ payload }) => decode('cmd', new TextEncoder().encode(payload)));
  return { carrier, kioskSays, asks, answers, commands };
}

async function runs(carrier: Carrier) {
  const [sealing, signing] = [await joseSealer.newSealingKey(), await joseSealer.newSigningKey()];
  const central = openCentral({
    ...{ store: office.store, clock: office.clock, lookupKey: office.lookupKey, carrier, random, sealer: joseSealer },
    ...{ log: silentLog, grantsLog: noGrantsLog, term: 1 },
    keys: { sealing: sealing.privateKey, signing: signing.privateKey },
  });
  void central.run(new AbortController().signal);
  return central;
}

test('central sends a command when it is told to, and whenever the kiosk shows itself', async () => {
  const { carrier, kioskSays, commands } = wire();
  const central = await runs(carrier);
  const shown = new Promise<void>((resolve) => central.onChange(resolve));
  const cmdId = orders('take-lease');
  central.sendCommands(kiosk);
  expect(commands()).toMatchObject([{ ok: true, value: { cmdId, kind: 'take-lease', args: { rightId: 'r-1' } } }]);
  kioskSays({ v: 1, dev: kiosk, epoch: 1, online: true, session: 's', at: 1 });
  await shown;
  expect(commands()).toHaveLength(2);
  central.sendCommands('NOBODY');
  expect(commands()).toHaveLength(2);
});

test('a kiosk that still speaks in an epoch which a restore has closed is told so, once', async () => {
  const { carrier, kioskSays, commands } = wire();
  const central = await runs(carrier);
  const says = async (epoch: number) => {
    const shown = new Promise<void>((resolve) => central.onChange(resolve));
    kioskSays({ v: 1, dev: kiosk, epoch, online: true, session: 's', at: 1 });
    await shown;
  };
  await says(1);
  expect(commands()).toEqual([]);
  const closes = `UPDATE epoch SET closed_ms = 1, closed_by = '["OP-DEWI", "OP-BUDI"]' WHERE kiosk = ?`;
  office.store.write('restored', (db) => db.prepare(closes).run(kiosk));
  await says(1);
  await says(1);
  const [first, again] = commands();
  expect([commands().length, again]).toEqual([2, first]);
  expect(first).toMatchObject({ ok: true, value: { kind: 'epoch-closed', args: { epoch: '1' } } });
  expect(office.store.read((db) => commandsOf(db, kiosk))).toMatchObject([{ orderedBy: ['OP-DEWI', 'OP-BUDI'] }]);
  const cmdId = String(first?.ok && first.value.cmdId);
  office.tells(kiosk, { type: 'command.done', data: { cmdId, kind: 'epoch-closed' } });
  await says(1);
  await says(2);
  expect(commands()).toHaveLength(2);
});

test('a kiosk whose epoch is closed hears so in answer to whatever it asks; the next epoch is answered', async () => {
  const { carrier, asks, answers } = wire();
  await runs(carrier);
  office.store.write('open', (db) =>
    openNextEpoch(db, random, office.clock.wallMs(), kiosk, { by: ['OP-DEWI', 'OP-BUDI'], reason: 'a new disk' }),
  );
  asks(1);
  asks(2);
  await expect.poll(answers).toHaveLength(2);
  expect(answers()).toContainEqual({ v: 1, reqId: 'of epoch 1', ok: false, code: 'right/epoch-closed' });
  expect(answers()).toContainEqual(expect.objectContaining({ reqId: 'of epoch 2', code: 'uplink/malformed' }));
});

describe('whoever answers for an act', () => {
  test.each([
    ['nobody', []],
    ['one', ['OP-DEWI']],
    ['one twice', ['OP-DEWI', 'OP-DEWI']],
    ['one in two spellings', ['OP-DEWI', 'op-dewi']],
    ['three', ['OP-A', 'OP-B', 'OP-C']],
    ['somebody without an id', ['OP-DEWI', 'budi santoso']],
    ['no list at all', { a: 'OP-A' }],
  ])('%s is not two', (_, by) => expect(() => twoOf(by)).toThrow());

  test('says why, in words that hold no number of a citizen', () => {
    expect(twoOf(['OP-DEWI', 'OP-BUDI'])).toEqual(['OP-DEWI', 'OP-BUDI']);
    expect(reasonOf(' the card of 1671020101990000 burned ')).toBe('the card of … burned');
    for (const nothing of ['', '   ', 'abc', undefined, 7]) expect(() => reasonOf(nothing)).toThrow('say why');
  });

  test.each(['-1', '1.5', 'many', '', undefined, '1000000'])('%j is no count', (value) =>
    expect(() => countOf(value, 'hopper')).toThrow('--hopper N'),
  );
});
