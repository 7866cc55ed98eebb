import { describe, expect, test } from 'vitest';
import { centralMigrations } from '#central/central.ts';
import { entryHash, genesisHash, hashText } from '#contract/uplink/chain.ts';
import type { Message } from '#contract/uplink/messages.ts';
import { nextTurn } from '#kit/async.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openMemoryStore } from '#kit/store.ts';
import { openGather } from './gather.ts';
import { openEpoch, openIntake } from './intake.ts';
import { noteLoss } from './loss.ts';

const at = { wallMs: 1_790_000_000_000, boot: 'boot-1', upMs: 5 };
const fact = (data: object = {}, time: object = at) =>
  JSON.stringify({
    type: 'device.changed',
    at: time,
    data: { device: 'camera', state: 'ready', code: null, ...data },
  });

/** An office that knows one kiosk, and what it applied. */
function office() {
  const store = openMemoryStore({ migrations: centralMigrations });
  store.write('epoch', (db) => openEpoch(db, 'SU1-A', 1, 0));
  const applied: number[] = [];
  const intake = openIntake(store, manualClock(), 3, (_, place) => {
    applied.push(place.seq);
    return null;
  });
  const rows = () =>
    store.read((db) => db.prepare('SELECT seq, text, quarantined FROM entry ORDER BY seq').all()) as {
      seq: number;
      text: string;
      quarantined: string | null;
    }[];
  const count = (table: 'fork' | 'anomaly') =>
    (store.read((db) => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()) as { n: number }).n;
  return { store, intake, applied, rows, count };
}

/** A chain of texts, and any stretch of it as the kiosk sends it. */
function journal(texts: string[]) {
  const hashes = [genesisHash('SU1-A', 1)];
  for (const text of texts) hashes.push(entryHash(hashes.at(-1) as Uint8Array, text));
  const hashAt = (seq: number) => hashText(hashes[seq] as Uint8Array);
  const from = (first: number, count = texts.length): Message<'evt'> => ({
    ...{ v: 1, dev: 'SU1-A', epoch: 1, first, prev: hashAt(first - 1) },
    evs: texts.slice(first - 1, first - 1 + count),
  });
  return { from, hashAt };
}

const five = journal(['a', 'b', 'c', 'd', 'e'].map((device) => fact({ device })));

describe('entries come in', () => {
  test('in order, each once, however often and with whatever overlap they are sent', () => {
    const { intake, applied, rows } = office();
    for (const batch of [five.from(1, 2), five.from(1, 2), five.from(2, 3), five.from(1), five.from(5)])
      intake.take(batch);
    expect(applied).toEqual([1, 2, 3, 4, 5]);
    expect(rows().map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(intake.take(five.from(1))).toEqual({
      ...{ v: 1, term: 3, epoch: 1, seq: 5, hash: five.hashAt(5), gap: false },
    });
  });

  test('a hole is said and nothing after it is kept', () => {
    const { intake, rows } = office();
    intake.take(five.from(1, 1));
    expect(intake.take(five.from(3))).toMatchObject({ gap: true, seq: 1, hash: five.hashAt(1) });
    expect(rows()).toHaveLength(1);
  });

  test('of a kiosk or an epoch that nobody opened are not answered', () => {
    const { intake, rows } = office();
    expect(intake.take({ ...five.from(1), dev: 'SU1-B' })).toBeNull();
    expect(intake.take({ ...five.from(1), epoch: 2 })).toBeNull();
    expect(rows()).toEqual([]);
  });

  test('a batch whose last entry cannot be applied leaves none of it, and is taken whole the next time', () => {
    const { store, rows } = office();
    let fails = true;
    const intake = openIntake(store, manualClock(), 1, (_, { seq }) => {
      if (fails && seq === 5) throw new Error('a bug of ours');
      return null;
    });
    expect(() => intake.take(five.from(1))).toThrow('a bug of ours');
    expect(rows()).toEqual([]);
    fails = false;
    expect(intake.take(five.from(1))).toMatchObject({ seq: 5 });
  });
});

describe('batches that came together', () => {
  test('cost one durable write, and each is answered for itself', async () => {
    const writes: string[] = [];
    const store = openMemoryStore({ migrations: centralMigrations, onWrite: (name) => writes.push(name) });
    store.write('epoch', (db) => openEpoch(db, 'SU1-A', 1, 0));
    const intake = openIntake(store, manualClock(), 1, () => null);
    const answers: unknown[] = [];
    const gather = openGather<string>(
      intake,
      (place, ack) => answers.push([place, ack?.seq, ack?.gap]),
      (_, error) => answers.push(error),
    );
    for (const [place, batch] of Object.entries({ a: five.from(1, 2), b: five.from(5), c: five.from(3, 2) }))
      gather.add(batch, place);
    await nextTurn();
    await nextTurn();
    expect(answers).toEqual([
      ['a', 2, false],
      ['b', 2, true],
      ['c', 4, false],
    ]);
    expect(writes).toEqual(['epoch', 'intake']);
  });

  test('and one that cannot be applied costs only itself', async () => {
    const store = openMemoryStore({ migrations: centralMigrations });
    for (const kiosk of ['SU1-A', 'SU1-B']) store.write('epoch', (db) => openEpoch(db, kiosk, 1, 0));
    const intake = openIntake(store, manualClock(), 1, (_, { kiosk }) => {
      if (kiosk === 'SU1-B') throw new Error('a bug of ours');
      return null;
    });
    const [taken, failed]: [number[], string[]] = [[], []];
    const gather = openGather<string>(
      intake,
      (_, ack) => taken.push(ack?.seq ?? -1),
      (place) => failed.push(place),
    );
    gather.add({ ...five.from(1), dev: 'SU1-B', prev: hashText(genesisHash('SU1-B', 1)) }, 'B');
    gather.add(five.from(1), 'A');
    await nextTurn();
    await nextTurn();
    expect([taken, failed]).toEqual([[5], ['B']]);
  });
});

describe('another history', () => {
  const other = journal(['a', 'b', 'X', 'd', 'e'].map((device) => fact({ device })));

  test.each([
    ['that differs in what is known', other.from(1)],
    ['that differs before its first entry', other.from(4)],
    ['whose first hash is made up', { ...five.from(2), prev: five.hashAt(4) }],
  ])('%s is set aside, named, and never acknowledged', (_, batch) => {
    const { intake, rows, count } = office();
    intake.take(five.from(1, 3));
    const ack = intake.take(batch);
    expect(ack).toMatchObject({ seq: 3, hash: five.hashAt(3), gap: false });
    expect(ack?.fork).toBeDefined();
    expect([rows().length, count('fork')]).toEqual([3, 1]);
    expect(intake.take(five.from(4))).toMatchObject({ seq: 5 });
  });

  test('is seen in a snapshot too: a head behind what is known, or with another hash', () => {
    const { intake } = office();
    intake.take(five.from(1));
    const state = { v: 1, dev: 'SU1-A', epoch: 1, online: true, session: 's', at: 1 } as const;
    const compare = (seq: number, hash: string) => intake.compare({ ...state, head: { seq, hash } })?.fork;
    expect(compare(5, five.hashAt(5))).toBeUndefined();
    expect(compare(6, other.hashAt(1))).toBeUndefined(); // newer than what is known: its entries will tell
    expect(compare(3, five.hashAt(3))).toEqual({ seq: 3, hash: five.hashAt(3) });
    expect(compare(5, other.hashAt(5))).toEqual({ seq: 5, hash: five.hashAt(5) });
    expect(intake.compare(state)).toBeNull();
  });
});

describe('what a kiosk was acknowledged and is not here', () => {
  function remembers() {
    const { store, intake } = office();
    intake.take(five.from(1, 3));
    const says = (acked: number, term = 3, nowMs = at.wallMs, dev = 'SU1-A') =>
      store.write('state', (db) =>
        noteLoss(
          db,
          {
            ...{ v: 1, dev, epoch: 1, online: true, session: 's', at: 1, term },
            acked: { seq: acked, hash: five.hashAt(acked) },
          },
          { term: 3, nowMs },
        ),
      );
    const told = () => store.read((db) => db.prepare('SELECT kiosk, epoch, seq, what FROM anomaly').all());
    return { says, told };
  }

  test('means that this database lost it: a person is told to restore, for only a new term brings it back', () => {
    const { says, told } = remembers();
    expect(says(5)).toContain('central restore');
    expect(told()).toEqual([
      { kiosk: 'SU1-A', epoch: 1, seq: 5, what: expect.stringMatching(/5 .* 3.*central restore/) },
    ]);
  });

  test('is told once a day as long as it lasts, not with each snapshot', () => {
    const { says, told } = remembers();
    says(5);
    expect(says(5)).toBeNull();
    expect(told()).toHaveLength(1);
    says(5, 3, at.wallMs + 25 * 3_600_000);
    expect(told()).toHaveLength(2);
  });

  test('is no loss where it is here, was said in another term, or nobody knows the kiosk', () => {
    const { says, told } = remembers();
    for (const fine of [() => says(3), () => says(2), () => says(5, 2), () => says(5, 3, 1, 'SU1-X')]) fine();
    expect(told()).toEqual([]);
  });
});

describe('what cannot be used is kept, acknowledged and shown to a person', () => {
  test.each<[string, string]>([
    ['no JSON', 'not { JSON'],
    ['no object', '17'],
    ['no type', '{"at":{},"data":{}}'],
    ['a type that nobody knows', fact().replace('device.changed', 'device.exploded')],
    ['a type out of the language itself', fact().replace('device.changed', 'constructor')],
    ['data that the contract does not know', fact({ state: 'on fire' })],
    ['a time that is no number', fact({}, { ...at, wallMs: 'now' })],
    ['a time beyond all clocks', fact({}, { ...at, wallMs: 1e20 })],
    ['a time beyond all numbers', fact().replace('1790000000000', '1e400')],
    ['half a letter', fact({ device: '\ud800' })],
    ['a letter that is none', fact({ device: 'a\u0000b' })],
  ])('%s', (_, text) => {
    const { intake, rows, count } = office();
    const odd = journal([fact(), text, fact()]);
    expect(intake.take(odd.from(1))).toMatchObject({ seq: 3, hash: odd.hashAt(3) });
    expect(rows()).toHaveLength(3);
    const quarantined = rows()[1]?.quarantined !== null;
    expect(count('anomaly')).toBe(quarantined ? 1 : 0);
  });
});
