import { beforeEach, describe, expect, test } from 'vitest';
import { allAccounts, moveBlanko } from '#controller/blanko/stock.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { type Journal, openJournal } from '#controller/journal/journal.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { type MemoryStore, openMemoryStore } from '#kit/store.ts';
import { openDesk } from './desk.ts';
import { openStockRoom } from './stock-room.ts';

let store: MemoryStore;
let journal: Journal;
const two = ['OP-DEWI', 'OP-AGUS'];

beforeEach(() => {
  store = openMemoryStore({ migrations: controllerMigrations });
  journal = openJournal({ store, clock: manualClock(), kiosk: 'SU1-A', epoch: 1, boot: 'b' });
});

const room = () => openStockRoom(journal, store, () => undefined);
const desk = () => openDesk(journal, store, () => undefined);
const books = () => allAccounts(store);
const types = () => journal.entries(1, journal.head().seq).map(({ type }) => type);

/** One card of visit SU1-0001-3 that ended `outcome`, as the jobs write it. */
function cardThatEnded(
  outcome: 'retained' | 'in-doubt',
  visitNo = 'SU1-0001-3',
  lease = 'lease-1',
  place: 'box' | 'unknown' = outcome === 'retained' ? 'box' : 'unknown',
) {
  const subject = `${lease}/1`;
  journal.record('story', (append, db) => {
    moveBlanko(append, db, { from: 'hopper', to: 'in-process', count: 1, evidence: 'intent' });
    db.prepare(
      "INSERT INTO attempt (subject, lease_id, right_id, number, visit_no, boot, phase, outcome) VALUES (?, ?, 'right-1', 1, ?, 'b', 'presenting', ?)",
    ).run(subject, lease, visitNo, outcome);
    append({
      type: 'print.outcome',
      subject,
      visitNo,
      data: { rightId: 'right-1', leaseId: lease, outcome, reason: 'handover/not-taken', place },
    });
    moveBlanko(append, db, {
      from: 'in-process',
      to: outcome,
      count: 1,
      evidence: 'story',
      ...(place === 'box' && { kind: outcome === 'retained' ? ('complete' as const) : ('partial' as const) }),
    });
  });
}

describe('the hopper', () => {
  test('is first loaded by one named person with a document, afterwards by two', () => {
    room().load({ count: 10, document: 'BA-0001', by: ['OP-DEWI'] });
    expect(() => room().load({ count: 5, document: 'BA-0002', by: ['OP-DEWI'] })).toThrow('two different people');
    expect(() => room().load({ count: 5, document: 'BA-0002', by: ['OP-DEWI', 'OP-DEWI'] })).toThrow(
      'two different people',
    );
    room().load({ count: 5, document: 'BA-0002', by: two });
    expect(books()).toMatchObject({ hopper: 15, 'kecamatan-safe': -15 });
  });

  test('gives back to the safe only what it holds, against a document', () => {
    room().load({ count: 10, document: 'BA-0001', by: ['OP-DEWI'] });
    expect(() => room().unload({ count: 11, document: 'BA-0003', by: two })).toThrow('hopper holds 10');
    expect(() => room().unload({ count: 4, document: ' ', by: two })).toThrow('document');
    room().unload({ count: 4, document: 'BA-0003', by: two });
    expect(books()).toMatchObject({ hopper: 6, 'kecamatan-safe': -6 });
  });

  test('is counted blind: a difference goes to unexplained with its sign, and is never an edit', () => {
    room().load({ count: 10, document: 'BA-0001', by: ['OP-DEWI'] });
    expect(room().countHopper({ count: 10, by: two })).toEqual({ counted: 10, booked: 10, difference: 0 });
    expect(room().countHopper({ count: 8, by: two }).difference).toBe(-2);
    expect(books()).toMatchObject({ hopper: 8, unexplained: 2 });
    expect(room().countHopper({ count: 9, by: two }).difference).toBe(1);
    expect(books()).toMatchObject({ hopper: 9, unexplained: 1 });
  });
});

describe('the reject box', () => {
  test('is emptied and counted by kind, and what is missing is unexplained', () => {
    room().load({ count: 10, document: 'BA-0001', by: ['OP-DEWI'] });
    cardThatEnded('retained');
    journal.record('story', (append, db) =>
      moveBlanko(append, db, { from: 'hopper', to: 'spoiled', count: 2, kind: 'partial', evidence: 'story' }),
    );
    const found = room().emptyBox({ complete: 1, partial: 1, blank: 0, by: two });
    expect(found).toMatchObject({
      complete: { difference: 0 },
      partial: { booked: 2, difference: -1 },
      blank: { booked: 0 },
    });
    expect(books()).toMatchObject({ retained: 1, spoiled: 1, unexplained: 1 });
    expect(room().emptyBox({ complete: 0, partial: 0, blank: 0, by: two }).partial.difference).toBe(0);
  });
});

describe('a card that waits', () => {
  test('held: the very card is handed over by two people, and waits no more', () => {
    room().load({ count: 10, document: 'BA-0001', by: ['OP-DEWI'] });
    cardThatEnded('retained');
    expect(desk().waiting()).toMatchObject([{ visitNo: 'SU1-0001-3', state: 'held', place: 'box' }]);
    expect(() => desk().handOver({ visitNo: 'SU1-0001-3', by: ['OP-DEWI'] })).toThrow('two different people');
    desk().handOver({ visitNo: 'SU1-0001-3', by: two });
    expect(books()).toMatchObject({ retained: 0, issued: 1 });
    expect(desk().waiting()).toEqual([]);
    expect(() => desk().handOver({ visitNo: 'SU1-0001-3', by: two })).toThrow('no card waits');
    expect(room().emptyBox({ complete: 0, partial: 0, blank: 0, by: two }).complete.difference).toBe(0);
  });

  test('in doubt: destroyed by two with a document, in one write with its movement', () => {
    room().load({ count: 10, document: 'BA-0001', by: ['OP-DEWI'] });
    cardThatEnded('in-doubt');
    expect(() => desk().destroy({ visitNo: 'SU1-0001-3', document: '', by: two })).toThrow('document');
    desk().destroy({ visitNo: 'SU1-0001-3', document: 'BA-0009', by: two });
    expect(books()).toMatchObject({ 'in-doubt': 0, destroyed: 1 });
    expect(types().slice(-2)).toEqual(['card.destroyed', 'blanko.moved']);
  });
});

describe('box and desk together', () => {
  test('a held card that was carried out with the box is not taken from it again', () => {
    room().load({ count: 10, document: 'BA-0001', by: ['OP-DEWI'] });
    cardThatEnded('retained');
    room().emptyBox({ complete: 1, partial: 0, blank: 0, by: two });
    desk().handOver({ visitNo: 'SU1-0001-3', by: two });
    expect(room().emptyBox({ complete: 0, partial: 0, blank: 0, by: two }).complete.difference).toBe(0);
    expect(books()).toMatchObject({ retained: 0, issued: 1 });
    expect(books().unexplained ?? 0).toBe(0);
  });

  test('a doubtful body in the box is counted with it, once', () => {
    room().load({ count: 10, document: 'BA-0001', by: ['OP-DEWI'] });
    cardThatEnded('in-doubt', 'SU1-0001-3', 'lease-1', 'box');
    expect(room().emptyBox({ complete: 0, partial: 1, blank: 0, by: two }).partial.difference).toBe(0);
    desk().destroy({ visitNo: 'SU1-0001-3', document: 'BA-0009', by: two });
    expect(books()).toMatchObject({ 'in-doubt': 0, destroyed: 1, hopper: 9 });
    expect(books().unexplained ?? 0).toBe(0);
  });
});
