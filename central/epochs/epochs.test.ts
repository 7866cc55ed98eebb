import { beforeEach, describe, expect, test } from 'vitest';
import { actionsNow } from '#central/fleet/actions.ts';
import { kiosksNow } from '#central/fleet/kiosks.ts';
import { checkStock, stockOf } from '#central/fleet/stock.ts';
import { endedAs, type Fact, loaded, presented, printedUpTo } from '#central/fleet/test-office.ts';
import { type Closing, openClosing } from './test-closing.ts';

const kiosk = 'SU1-A';
const visit = 'SU1-0001-1';
let office: Closing;
beforeEach(async () => {
  office = openClosing();
  await office.registers(kiosk);
  await office.registers('KLD-A');
  office.tells(kiosk, loaded(50, 'BA-0001'));
  return () => office[Symbol.dispose]();
});

type Lease = ReturnType<Closing['grants']>;
const voided = ({ leaseId, rightId, reqId }: Lease): Fact => ({
  type: 'lease.voided',
  data: { leaseId, rightId, reqId, reason: 'identify/cancelled' },
});
const leaseState = ({ leaseId }: Lease) =>
  office.store.read((db) => db.prepare('SELECT state FROM lease WHERE lease_id = ?').get(leaseId));

/** A lease whose card has come so far, by what was told. */
const cameTo = {
  leased: () => [],
  intended: (lease: Lease) => printedUpTo(lease, visit).slice(0, 3),
  inking: (lease: Lease) => printedUpTo(lease, visit),
  presenting: (lease: Lease) => [...printedUpTo(lease, visit), presented(lease, visit)],
  held: (lease: Lease) => [...printedUpTo(lease, visit), presented(lease, visit), ...endedAs(lease, visit, 'retained')],
  'in-doubt': (lease: Lease) => [...printedUpTo(lease, visit), ...endedAs(lease, visit, 'in-doubt')],
} satisfies Record<string, (lease: Lease) => Fact[]>;
type Stage = keyof typeof cameTo;

function leasedUpTo(stage: Stage, person = 'rani'): Lease {
  const lease = office.grants(kiosk, person);
  office.tells(kiosk, ...cameTo[stage](lease));
  expect(office.right(lease.rightId)).toBe(stage);
  return lease;
}

describe('closing an epoch', () => {
  test.each<[Stage, string]>([
    ['leased', 'fenced'],
    ['intended', 'fenced'],
    ['inking', 'fenced-inked'],
    ['presenting', 'fenced-inked'],
    ['held', 'held'],
    ['in-doubt', 'in-doubt'],
  ])('leaves a right that was %s as %s: nobody else gets it', (stage, fenced) => {
    const { rightId } = leasedUpTo(stage);
    office.closes(kiosk);
    expect(office.right(rightId)).toBe(fenced);
    expect(() => office.grants('KLD-A', 'rani')).toThrow('not granted');
    expect(() => office.opensGeneration('rani')).toThrow(/first$/);
  });

  test('keeps who, why and when; a second time there is nothing to close', () => {
    office.closes(kiosk);
    const row = office.store.read((db) => db.prepare('SELECT * FROM epoch WHERE kiosk = ?').get(kiosk));
    expect(row).toMatchObject({
      closed_by: '["OP-DEWI","OP-BUDI"]',
      closed_reason: 'the cabinet burned down',
      closed_ms: office.clock.wallMs(),
    });
    expect(() => office.closes(kiosk)).toThrow('epoch 1 of SU1-A is closed already');
    expect(() => office.closes('NOBODY')).toThrow('there is no kiosk NOBODY');
  });

  test('ends all authority of that kiosk, and of no other', () => {
    office.closes(kiosk);
    expect(() => office.grants(kiosk, 'rani')).toThrow('right/epoch-closed');
    expect(office.grants('KLD-A', 'rani').leaseId).toBeTruthy();
  });

  test('a kiosk whose epoch is closed is not registered again: the next epoch is opened', async () => {
    office.closes(kiosk);
    await expect(office.registers(kiosk)).rejects.toThrow('epoch 1 of SU1-A is closed: open-epoch opens the next');
  });
});

describe('late facts of a closed epoch', () => {
  test('a void frees the right', () => {
    const lease = leasedUpTo('leased');
    office.closes(kiosk);
    office.tells(kiosk, voided(lease));
    expect(office.right(lease.rightId)).toBe('usable');
    expect(leaseState(lease)).toEqual({ state: 'voided' });
    expect(office.grants('KLD-A', 'rani').rightId).toBe(lease.rightId);
  });

  test('a card that was printed and taken after the last word counts as issued, also across a new epoch', () => {
    for (const opensNext of [false, true]) {
      const person = `rani ${opensNext}`;
      office.entersEpoch(kiosk, opensNext ? 2 : 1);
      const lease = leasedUpTo('intended', person);
      if (opensNext) office.opens(kiosk);
      else {
        office.closes(kiosk);
        office.opens(kiosk);
      }
      const [, , , inking, printed] = printedUpTo(lease, visit);
      office.tells(kiosk, inking as Fact, printed as Fact, presented(lease, visit));
      expect(office.right(lease.rightId)).toBe('fenced-inked');
      office.tells(kiosk, ...endedAs(lease, visit, 'issued'));
      expect(office.right(lease.rightId)).toBe('issued');
      if (!opensNext) office.entersEpoch(kiosk, 2);
      if (!opensNext) office.tells(kiosk, counted('hopper', 49));
    }
    expect(office.anomalies()).toEqual([]);
  });

  test('they change nothing that two people decided before, and a person sees them', () => {
    const lease = leasedUpTo('inking');
    office.closes(kiosk);
    office.counts(kiosk, { hopper: 49 });
    office.decides(lease.rightId, 'issued');
    office.tells(kiosk, presented(lease, visit), ...endedAs(lease, visit, 'retained'));
    expect(office.right(lease.rightId)).toBe('issued');
    expect(office.stock(kiosk)).toEqual({ hopper: 49, issued: 1, 'kecamatan-safe': -50 });
    expect(office.anomalies()).toHaveLength(3);
  });
});

const counted = (to: 'hopper' | 'retained' | 'spoiled', count: number): Fact => ({
  type: 'blanko.moved',
  data: { from: 'unexplained', to, count, evidence: 'opening count of epoch 2', by: ['OP-DEWI', 'OP-BUDI'] },
});

describe('the stock of a kiosk over its epochs', () => {
  test('what the old books held inside is unexplained until the new beginning is counted; what is missing stays a case', () => {
    const lease = leasedUpTo('inking');
    expect(office.opens(kiosk)).toBe(2);
    expect(office.stock(kiosk)).toEqual({ 'kecamatan-safe': -50, unexplained: 50 });
    office.entersEpoch(kiosk, 2);
    office.tells(kiosk, counted('hopper', 48), counted('spoiled', 1));
    expect(office.stock(kiosk)).toEqual({ 'kecamatan-safe': -50, hopper: 48, spoiled: 1, unexplained: 1 });
    office.entersEpoch(kiosk, 1);
    office.tells(kiosk, presented(lease, visit), ...endedAs(lease, visit, 'issued'));
    expect(office.stock(kiosk)).toEqual({ 'kecamatan-safe': -50, hopper: 48, spoiled: 1, issued: 1 });
    expect(office.anomalies()).toEqual([]);
  });

  test('a late spoiled card of the old epoch never touches the box of the new one', () => {
    const lease = leasedUpTo('inking');
    office.opens(kiosk);
    office.tells(kiosk, ...endedAs(lease, visit, 'spoiled'));
    expect(office.stock(kiosk)).toEqual({ 'kecamatan-safe': -50, unexplained: 50 });
  });

  test('is compared with what the kiosk says of its own epoch only', () => {
    office.opens(kiosk);
    office.entersEpoch(kiosk, 2);
    office.tells(kiosk, counted('hopper', 49));
    const check = (said: Record<string, number>) => office.store.read((db) => checkStock(db, kiosk, said));
    expect(check({ hopper: 49, unexplained: -49 })).toEqual({ sums: true, replays: true, kiosk: 'agrees' });
    expect(check({ hopper: 48, unexplained: -49 }).kiosk).toBe('differs');
    expect(office.store.read((db) => stockOf(db, kiosk)).sum).toBe(0);
  });
});

describe('two people decide', () => {
  test.each<[Stage, object, string]>([
    ['intended', { hopper: 49, blank: 1 }, 'in-process'],
    ['inking', { hopper: 49, partial: 1 }, 'in-process'],
    ['held', { hopper: 49, complete: 1 }, 'retained'],
    ['in-doubt', { hopper: 49, partial: 1 }, 'in-doubt'],
  ])('a right that was %s is usable again once its body was destroyed', (stage, found) => {
    const { rightId } = leasedUpTo(stage);
    office.closes(kiosk);
    expect(office.counts(kiosk, found)).toBe(true);
    office.decides(rightId, 'destroyed', 'card of rani');
    expect(office.right(rightId)).toBe('usable');
    expect(office.stock(kiosk)).toEqual({ hopper: 49, destroyed: 1, 'kecamatan-safe': -50 });
    expect(office.grants('KLD-A', 'rani').rightId).toBe(rightId);
  });

  test('what was handed over after all is issued; what nobody found is lost, and the next card may be opened', () => {
    const first = leasedUpTo('inking', 'rani');
    const second = leasedUpTo('inking', 'budi');
    office.closes(kiosk);
    expect(office.counts(kiosk, { hopper: 48 })).toBe(false);
    office.decides(first.rightId, 'issued');
    office.decides(second.rightId, 'lost');
    expect([office.right(first.rightId), office.right(second.rightId)]).toEqual(['issued', 'lost']);
    expect(office.stock(kiosk)).toEqual({ hopper: 48, issued: 1, unexplained: 1, 'kecamatan-safe': -50 });
    const next = office.opensGeneration('budi');
    expect(office.grants('KLD-A', 'budi').rightId).toBe(next);
    expect(() => office.opensGeneration('budi')).toThrow('generation 2 is leased: a kiosk is at it');
  });

  test('who is one short is told first where the missing one is: then the found one may be destroyed', () => {
    const gone = leasedUpTo('presenting', 'rani');
    const there = leasedUpTo('inking', 'budi');
    office.closes(kiosk);
    office.counts(kiosk, { hopper: 48, partial: 1 });
    expect(() => office.decides(there.rightId, 'destroyed', 'budi half printed')).toThrow(
      'the count does not equal the books (hopper 48 of 48, other cards 1 of 2): issued or lost',
    );
    office.decides(gone.rightId, 'issued');
    office.decides(there.rightId, 'destroyed', 'budi half printed');
    expect(office.right(there.rightId)).toBe('usable');
  });

  test('bodies that were destroyed one after the other do not spoil the count that saw them all', () => {
    const leases = ['rani', 'budi', 'siti'].map((person) => leasedUpTo('in-doubt', person));
    office.closes(kiosk);
    office.counts(kiosk, { hopper: 47, partial: 3 });
    for (const [index, { rightId }] of leases.entries()) office.decides(rightId, 'destroyed', `card ${index}`);
    expect(office.stock(kiosk)).toEqual({ hopper: 47, destroyed: 3, 'kecamatan-safe': -50 });
  });

  test('a late fact that says the card had left takes the proof away', () => {
    const lease = leasedUpTo('inking', 'rani');
    const other = leasedUpTo('inking', 'budi');
    office.closes(kiosk);
    expect(office.counts(kiosk, { hopper: 48, partial: 2 })).toBe(true);
    office.tells(kiosk, presented(lease, visit), ...endedAs(lease, visit, 'issued'));
    expect(() => office.decides(other.rightId, 'destroyed', 'card of budi')).toThrow('does not equal');
  });
});

describe('the console says what the office must settle', () => {
  const waiting = () =>
    office.store
      .read((db) => actionsNow(db, kiosksNow(db, 0), office.clock.wallMs()))
      .filter((action) => action.kiosk === kiosk)
      .map(({ what, count, owner }) => `${what} ${count} ${owner}`);

  test('a fork, until the epoch is closed; then the rights, the count, the next epoch and what it cannot explain', () => {
    const { rightId } = leasedUpTo('inking');
    expect(waiting()).toEqual([]);
    office.forks(kiosk);
    expect(waiting()).toEqual(['fork 1 central']);
    office.closes(kiosk);
    expect(waiting()).toEqual(['fenced 1 central', 'epoch-closed 1 central']);
    office.counts(kiosk, { hopper: 48 });
    expect(waiting()).toEqual(['count-differs 1 central', 'fenced 1 central', 'epoch-closed 1 central']);
    office.opens(kiosk);
    expect(waiting()).toEqual(['count-differs 1 central', 'fenced 1 central', 'unexplained 50 central']);
    office.decides(rightId, 'lost');
    office.entersEpoch(kiosk, 2);
    office.tells(kiosk, counted('hopper', 48));
    expect(waiting()).toEqual(['unexplained 2 central', 'lost 1 central']);
    office.opensGeneration('rani');
    expect(waiting()).toEqual(['unexplained 2 central']);
  });

  test('a restored office waits for each kiosk whose epoch is open', () => {
    office.store.write('restored', (db) => {
      db.prepare("INSERT OR REPLACE INTO setting VALUES ('term', '2')").run();
      db.prepare("INSERT INTO restore VALUES (2, 'kiosks', '[]', 'a broken disk', 0, NULL)").run();
    });
    expect(waiting()).toEqual(['restoring 1 central']);
    office.closes(kiosk);
    expect(waiting()).toEqual(['epoch-closed 1 central']);
  });

  test('whether a kiosk is closed, and in which book it is', () => {
    const row = () => office.store.read((db) => kiosksNow(db, 0)).find((one) => one.kiosk === kiosk);
    expect(row()).toMatchObject({ epoch: 1, epochClosed: false });
    office.closes(kiosk);
    expect(row()).toMatchObject({ epoch: 1, epochClosed: true });
    office.opens(kiosk);
    expect(row()).toMatchObject({ epoch: 2, epochClosed: false });
  });
});

describe('the wrong order is refused, and changes nothing', () => {
  const refused = (work: () => unknown, why: string | RegExp) => {
    const before = JSON.stringify(office.store.read((db) => db.prepare('SELECT * FROM print_right').all()));
    expect(work).toThrow(why);
    expect(JSON.stringify(office.store.read((db) => db.prepare('SELECT * FROM print_right').all()))).toBe(before);
    expect(office.store.read((db) => db.prepare('SELECT * FROM decision').all())).toEqual([]);
  };

  test('deciding while the epoch is open: only its kiosk decides', () => {
    const { rightId } = leasedUpTo('in-doubt');
    refused(() => office.decides(rightId, 'issued'), 'epoch 1 of SU1-A is open: only that kiosk decides');
  });

  test('deciding before anybody counted', () => {
    const { rightId } = leasedUpTo('in-doubt');
    office.closes(kiosk);
    for (const as of ['issued', 'lost'] as const)
      refused(() => office.decides(rightId, as), 'epoch 1 of SU1-A was not counted: count-kiosk first');
  });

  test('restoring a right without its body', () => {
    const { rightId } = leasedUpTo('in-doubt');
    office.closes(kiosk);
    office.counts(kiosk, { hopper: 49, partial: 1 });
    refused(() => office.decides(rightId, 'destroyed'), 'names the body and its place');
  });

  test('a body that was found and is called lost', () => {
    const { rightId } = leasedUpTo('in-doubt');
    office.closes(kiosk);
    office.counts(kiosk, { hopper: 49, partial: 1 });
    refused(() => office.decides(rightId, 'lost', 'card of rani'), 'is not lost');
  });

  test('restoring a right whose lease left no card in the books, where a blank is missing', () => {
    const { rightId } = leasedUpTo('leased');
    office.closes(kiosk);
    office.counts(kiosk, { hopper: 49 });
    refused(() => office.decides(rightId, 'destroyed', 'some card'), 'hopper 49 of 50');
  });

  test('restoring a right whose card the books never knew: a load that was not told may hide one that left', () => {
    const { rightId } = leasedUpTo('leased'); // then one card was printed and taken, one blank put in, and nothing told
    office.closes(kiosk);
    expect(office.counts(kiosk, { hopper: 50 })).toBe(true);
    refused(() => office.decides(rightId, 'destroyed', 'some card'), 'know no card of this right');
  });

  test('restoring a right of a card that is spoiled already: the one that counts would be another', () => {
    const lease = leasedUpTo('inking');
    office.tells(kiosk, ...endedAs(lease, visit, 'spoiled'));
    office.closes(kiosk);
    office.counts(kiosk, { hopper: 49, partial: 1 });
    refused(() => office.decides(lease.rightId, 'destroyed', 'the spoiled one'), 'know no card of this right');
  });

  test('deciding about what is not open to a decision', () => {
    const { rightId } = leasedUpTo('presenting');
    office.tells(kiosk, ...endedAs({ rightId, leaseId: leaseOf(rightId), reqId: '' }, visit, 'issued'));
    office.closes(kiosk);
    office.counts(kiosk, { hopper: 49 });
    refused(() => office.decides(rightId, 'lost'), `right ${rightId} is issued: there is nothing to decide`);
    refused(() => office.decides('nothing', 'lost'), 'there is no right nothing');
  });

  test('counting a kiosk that still counts by itself, or a cabinet that is in use again', () => {
    refused(() => office.counts(kiosk, {}), 'epoch 1 of SU1-A is open: its kiosk counts by itself');
    office.opens(kiosk);
    expect(office.counts(kiosk, { hopper: 50 })).toBe(true); // nobody has begun to use it
    office.entersEpoch(kiosk, 2);
    office.tells(kiosk, counted('hopper', 50));
    refused(() => office.counts(kiosk, { hopper: 50 }), 'epoch 2 of SU1-A is in use');
  });

  test('one body for two rights', () => {
    const leases = ['rani', 'budi'].map((person) => leasedUpTo('in-doubt', person));
    office.closes(kiosk);
    office.counts(kiosk, { hopper: 48, partial: 2 });
    office.decides(leases[0]?.rightId ?? '', 'destroyed', 'the blue one');
    expect(() => office.decides(leases[1]?.rightId ?? '', 'destroyed', 'The Blue One')).toThrow('another decision');
  });

  test('opening the next card before the old one is over', () => {
    const lease = leasedUpTo('leased');
    refused(() => office.opensGeneration('rani'), 'generation 1 is leased: a kiosk is at it');
    refused(() => office.opensGeneration('nobody'), 'the first generation opens by itself');
    office.tells(kiosk, voided(lease));
    refused(() => office.opensGeneration('rani'), 'generation 1 is usable: that card may still be printed');
  });

  const leaseOf = (rightId: string) =>
    (
      office.store.read((db) =>
        db.prepare('SELECT lease_id AS id FROM print_right WHERE right_id = ?').get(rightId),
      ) as {
        id: string;
      }
    ).id;
});
