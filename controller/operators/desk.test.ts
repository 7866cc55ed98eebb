import { beforeEach, describe, expect, test } from 'vitest';
import { allAccounts, moveBlanko } from '#controller/blanko/stock.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { type Journal, openJournal } from '#controller/journal/journal.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { type MemoryStore, openMemoryStore } from '#kit/store.ts';
import { openDeskBench } from '#tests/support/desk-bench.ts';
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
    desk().found({ subject: 'lease-1/1', place: 'on the floor', by: two });
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

describe('the desk allows what the matter allows', () => {
  const doubtful = () => {
    room().load({ count: 10, document: 'BA-0001', by: ['OP-DEWI'] });
    cardThatEnded('in-doubt');
  };

  test('a doubtful card that is found whole is kept for its owner, and handed over when she comes', () => {
    doubtful();
    desk().found({ subject: 'lease-1/1', place: 'on the floor', by: two });
    desk().retain({ visitNo: 'SU1-0001-3', reason: 'owner not here', by: two });
    expect(books()).toMatchObject({ 'in-doubt': 0, retained: 1 });
    expect(desk().waiting()).toMatchObject([{ state: 'held', place: 'safe' }]);
    expect(desk().cases()).toEqual([]);
    expect(() => desk().retain({ visitNo: 'SU1-0001-3', reason: 'again', by: two })).toThrow(
      'held does not allow retain',
    );
    expect(room().emptyBox({ complete: 0, partial: 0, blank: 0, by: two }).complete.difference).toBe(0);
    desk().handOver({ visitNo: 'SU1-0001-3', by: two });
    expect(books()).toMatchObject({ retained: 0, issued: 1 });
  });

  test('looked for and not found decides nothing: the case stays, and says so', () => {
    doubtful();
    desk().notFound({ subject: 'lease-1/1', reason: 'box, floor and printer searched', by: two });
    expect(desk().cases()).toMatchObject([{ kind: 'in-doubt', closedBy: null, lookedFor: [5] }]);
    expect(books()).toMatchObject({ 'in-doubt': 1 });
    expect(() => desk().notFound({ subject: 'lease-9/1', reason: 'x', by: two })).toThrow('nothing waits');
  });

  test('a blank in doubt is never handed over; a count settles it, and what is missing is unexplained', () => {
    const kiosk = openDeskBench();
    kiosk.stock.load({ count: 10, document: 'BA-0001', by: two });
    const subject = kiosk.cardEnded({ outcome: 'unused', place: 'unknown' });
    expect(kiosk.desk.waiting()).toMatchObject([{ state: 'blank-in-doubt' }]);
    expect(() => kiosk.desk.handOver({ subject, by: two })).toThrow('blank-in-doubt does not allow hand-over');
    expect(() => kiosk.desk.retain({ subject, reason: 'x', by: two })).toThrow('does not allow retain');
    kiosk.stock.countHopper({ count: 10, by: two });
    expect(kiosk.books()).toMatchObject({ hopper: 10, unexplained: -1, 'in-doubt': 1 });
    kiosk.desk.counted({ subject, by: two });
    expect(kiosk.books()).toEqual({ hopper: 10, 'kecamatan-safe': -10 });
    expect(kiosk.desk.cases()).toEqual([]);
  });

  test.each([
    ['the same person twice', () => desk().handOver({ visitNo: 'SU1-0001-3', by: ['OP-DEWI', 'OP-DEWI'] }), 'two'],
    [
      'another visit',
      () => desk().handOver({ visitNo: 'SU1-0009-9', by: two }),
      'no card waits under visit SU1-0009-9',
    ],
    ['another card', () => desk().destroy({ subject: 'lease-7/1', document: 'BA', by: two }), 'no card waits'],
    ['no reason', () => desk().retain({ visitNo: 'SU1-0001-3', reason: '', by: two }), 'reason'],
    ['a count of a card', () => desk().counted({ visitNo: 'SU1-0001-3', by: two }), 'in-doubt does not allow counted'],
    ['a body that nobody misses', () => desk().found({ subject: 'lease-7/1', place: 'box', by: two }), 'no case'],
    ['a place that is none', () => desk().found({ subject: 'lease-1/1', place: ' ', by: two }), 'reason'],
    ['one who found it alone', () => desk().found({ subject: 'lease-1/1', place: 'box', by: ['OP-DEWI'] }), 'two'],
  ])('%s: refused, and nothing is written', (_, act, why) => {
    doubtful();
    const before = journal.head().seq;
    expect(act).toThrow(why);
    expect(journal.head().seq).toBe(before);
  });

  test('a disk that fails in the middle of a decision leaves the card as it was', () => {
    doubtful();
    store.write('story', (db) =>
      db
        .prepare("CREATE TRIGGER fails BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'the disk failed'); END")
        .run(),
    );
    desk().found({ subject: 'lease-1/1', place: 'on the floor', by: two });
    const before = [journal.head().seq, books()];
    expect(() => desk().destroy({ visitNo: 'SU1-0001-3', document: 'BA-0009', by: two })).toThrow('the disk failed');
    expect([journal.head().seq, books()]).toEqual(before);
    expect(desk().waiting()).toHaveLength(1);
  });
});
