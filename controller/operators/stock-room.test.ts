import { beforeEach, describe, expect, test } from 'vitest';
import { moveBlanko } from '#controller/blanko/stock.ts';
import { type DeskBench, openDeskBench, two } from '#tests/support/desk-bench.ts';

let kiosk: DeskBench;
beforeEach(() => {
  kiosk = openDeskBench();
});

const paper = { document: 'BA-0001', by: two };
const loaded = (count = 10) => kiosk.stock.load({ count, ...paper });

describe('one alone', () => {
  test('loads only where the books hold nothing at all', () => {
    kiosk.stock.load({ count: 10, document: 'BA-0001', by: ['OP-DEWI'] });
    kiosk.stock.unload({ count: 10, ...paper });
    expect(kiosk.books()).toEqual({});
    expect(() => kiosk.stock.load({ count: 5, document: 'BA-0002', by: ['OP-DEWI'] })).toThrow('two different people');
  });

  test('loads nothing first where others have counted first', () => {
    kiosk.stock.countHopper({ count: 3, by: two });
    expect(() => kiosk.stock.load({ count: 5, document: 'BA-0002', by: ['OP-DEWI'] })).toThrow('two different people');
  });
});

describe('what is refused is booked nowhere', () => {
  const acts: [string, () => unknown, string][] = [
    [
      'a load by the same person twice',
      () => kiosk.stock.load({ count: 1, document: 'D', by: ['OP-A', 'OP-A'] }),
      'two',
    ],
    [
      'the same person in small letters',
      () => kiosk.stock.load({ count: 1, document: 'D', by: ['OP-A', 'op-a'] }),
      'two',
    ],
    ['three people', () => kiosk.stock.load({ count: 1, document: 'D', by: ['OP-A', 'OP-B', 'OP-C'] }), 'two'],
    ['a name', () => kiosk.stock.load({ count: 1, document: 'D', by: ['Dewi Lestari', 'OP-B'] }), 'operator id'],
    ['nobody', () => kiosk.stock.unload({ count: 1, document: 'D', by: [] }), 'two'],
    ['no card', () => kiosk.stock.load({ count: 0, ...paper }), '0 is not a number'],
    ['fewer than no card', () => kiosk.stock.load({ count: -3, ...paper }), '-3 is not a number'],
    ['half a card', () => kiosk.stock.unload({ count: 1.5, ...paper }), '1.5 is not a number'],
    ['more than a box', () => kiosk.stock.load({ count: 501, ...paper }), '501 is not a number'],
    ['no number', () => kiosk.stock.countHopper({ count: Number.NaN, by: two }), 'NaN is not a number'],
    ['no document', () => kiosk.stock.unload({ count: 1, document: '  ', by: two }), 'document'],
    ['no reason', () => kiosk.stock.spoil({ count: 1, reason: ' ', by: two }), 'reason'],
    ['more blanks than there are', () => kiosk.stock.unload({ count: 11, ...paper }), 'hopper holds 10'],
    [
      'more spoiled blanks than there are',
      () => kiosk.stock.spoil({ count: 11, reason: 'bent', by: two }),
      'hopper holds 10',
    ],
    ['more destroyed than spoiled', () => kiosk.stock.destroySpoiled({ count: 1, ...paper }), 'spoiled holds 0'],
    ['a box with half a card', () => kiosk.stock.emptyBox({ complete: 0.5, partial: 0, blank: 0, by: two }), '0.5'],
    [
      'an opening count in the first epoch',
      () => kiosk.stock.openingCount({ hopper: 1, complete: 0, partial: 0, blank: 0, by: two }),
      'have begun',
    ],
  ];
  test.each(acts)('%s', (_, act, why) => {
    loaded();
    const before = [kiosk.journal.head().seq, kiosk.changes()];
    expect(act).toThrow(why);
    expect([kiosk.journal.head().seq, kiosk.changes()]).toEqual(before);
    expect(kiosk.books()).toEqual({ hopper: 10, 'kecamatan-safe': -10 });
  });
});

test('spoiled blanks go to the box with their reason, and are destroyed on paper', () => {
  loaded();
  kiosk.stock.spoil({ count: 2, reason: 'bent by the heat', by: two });
  expect(kiosk.books()).toMatchObject({ hopper: 8, spoiled: 2 });
  expect(kiosk.stock.emptyBox({ complete: 0, partial: 0, blank: 2, by: two }).blank.difference).toBe(0);
  kiosk.stock.destroySpoiled({ count: 2, document: 'BA-0009', by: two });
  expect(kiosk.books()).toMatchObject({ destroyed: 2 });
  const acted = kiosk.journal.entries(1, 99).flatMap((one) => (one.type === 'operator.acted' ? [one.data] : []));
  expect(acted[0]).toMatchObject({
    action: 'spoiled-blanks',
    operatorId: 'OP-DEWI',
    by: two,
    reason: 'bent by the heat',
  });
});

test('a number of a person in the reason of a spoiled blank is kept nowhere', () => {
  loaded();
  kiosk.stock.spoil({ count: 1, reason: 'milik 3171234567890000', by: two });
  const kept = JSON.stringify(kiosk.journal.entries(1, kiosk.journal.head().seq));
  expect(kept).not.toContain('3171234567890000');
  expect(kept).toContain('milik …');
});

test.each(['reject_box', 'desk_fact', 'journal'])(
  'a disk that fails at %s in the middle of an act leaves nothing of it',
  (table) => {
    loaded();
    kiosk.cardEnded({ outcome: 'retained' });
    const [before, head] = [kiosk.books(), kiosk.journal.head().seq];
    kiosk.diskFailsAt(table);
    expect(() => {
      kiosk.stock.spoil({ count: 1, reason: 'bent', by: two });
      kiosk.stock.emptyBox({ complete: 0, partial: 0, blank: 0, by: two });
    }).toThrow('the disk failed');
    expect([kiosk.books(), kiosk.journal.head().seq]).toEqual([before, head]);
  },
);

describe('the reject box', () => {
  const shortages = () => kiosk.desk.cases().filter(({ kind }) => kind === 'box-shortage');

  test('short of one whole card: a case on each right whose card should have been there, and on no other', () => {
    loaded();
    kiosk.cardEnded({ outcome: 'retained', lease: 'a', visitNo: 'SU1-0001-3' });
    kiosk.cardEnded({ outcome: 'retained', lease: 'b', visitNo: 'SU1-0002-1' });
    kiosk.cardEnded({ outcome: 'spoiled', lease: 'c', visitNo: 'SU1-0003-9' });
    kiosk.stock.emptyBox({ complete: 1, partial: 1, blank: 0, by: two });
    expect(shortages().map(({ subject }) => subject)).toEqual(['a/1', 'b/1']);
    expect(kiosk.books()).toMatchObject({ retained: 1, spoiled: 1, unexplained: 1 });
  });

  test('one card is missing beside one in doubt that may be whole: a case on each, for the whole one that is there may be either', () => {
    loaded();
    kiosk.cardEnded({ outcome: 'retained', lease: 'a', visitNo: 'SU1-0001-3' });
    kiosk.cardEnded({ outcome: 'in-doubt', place: 'box', lease: 'b', visitNo: 'SU1-0002-1' });
    kiosk.stock.emptyBox({ complete: 1, partial: 0, blank: 0, by: two });
    expect(shortages().map(({ subject }) => subject)).toEqual(['a/1', 'b/1']);
    expect(() => kiosk.desk.handOver({ subject: 'a/1', by: two })).toThrow('nobody has seen this card');
  });

  test('both cards turn up after all: each is handed over, and nothing stays open or unexplained', () => {
    loaded();
    const subjects = ['a', 'b'].map((lease, at) =>
      kiosk.cardEnded({ outcome: 'retained', lease, visitNo: `SU1-000${at}-3` }),
    );
    kiosk.stock.emptyBox({ complete: 1, partial: 0, blank: 0, by: two });
    for (const subject of subjects) {
      expect(() => kiosk.desk.handOver({ subject, by: two })).toThrow('nobody has seen this card');
      kiosk.desk.found({ subject, place: 'box', by: two });
      kiosk.desk.handOver({ subject, by: two });
    }
    expect(kiosk.books()).toEqual({ hopper: 8, 'kecamatan-safe': -10, issued: 2 });
    expect(kiosk.desk.cases()).toEqual([]);
  });

  test('the missing body of a spoiled card is found: the case ends, and the body is booked as spoiled again', () => {
    loaded();
    const subject = kiosk.cardEnded({ outcome: 'spoiled' });
    kiosk.stock.emptyBox({ complete: 0, partial: 0, blank: 0, by: two });
    expect(kiosk.books()).toMatchObject({ unexplained: 1 });
    expect(() => kiosk.desk.found({ subject: 'nobody/1', place: 'box', by: two })).toThrow('no case');
    kiosk.desk.found({ subject, place: 'under the printer', by: two });
    expect(kiosk.books()).toEqual({ hopper: 9, 'kecamatan-safe': -10, spoiled: 1 });
    expect(kiosk.desk.cases()).toEqual([]);
  });

  test('a batch that was counted once is not missed at the next count', () => {
    loaded();
    kiosk.cardEnded({ outcome: 'spoiled' });
    kiosk.stock.emptyBox({ complete: 0, partial: 1, blank: 0, by: two });
    kiosk.cardEnded({ outcome: 'spoiled', lease: 'b', visitNo: 'SU1-0002-1' });
    kiosk.stock.emptyBox({ complete: 0, partial: 0, blank: 0, by: two });
    expect(shortages().map(({ subject }) => subject)).toEqual(['b/1']);
  });

  test('a doubtful card that proves whole is no shortage', () => {
    loaded();
    kiosk.cardEnded({ outcome: 'in-doubt', place: 'box' });
    const found = kiosk.stock.emptyBox({ complete: 1, partial: 0, blank: 0, by: two });
    expect([found.complete.difference, found.partial.difference]).toEqual([0, 0]);
    expect(kiosk.desk.cases().map(({ kind }) => kind)).toEqual(['in-doubt']);
  });

  test('a card that no attempt explains and that proves bare is no shortage of those that were spoiled', () => {
    loaded();
    kiosk.cardEnded({ outcome: 'spoiled', lease: 'c', visitNo: 'SU1-0003-9' });
    kiosk.journal.record('blanko.found', (append, db) =>
      moveBlanko(append, db, {
        from: 'unexplained',
        to: 'spoiled',
        count: 1,
        kind: 'partial',
        evidence: 'found inside',
      }),
    );
    kiosk.stock.emptyBox({ complete: 0, partial: 1, blank: 1, by: two });
    expect(shortages()).toEqual([]);
    expect(
      kiosk.desk.cases().map(({ kind }) => kind),
      'it stays to be explained',
    ).toEqual(['unexplained']);
  });

  test('a blank in place of a card that was printed and presented is not its body: nobody destroys it for a second card', () => {
    loaded();
    const subject = kiosk.cardEnded({ outcome: 'in-doubt', place: 'box' });
    const found = kiosk.stock.emptyBox({ complete: 0, partial: 0, blank: 1, by: two });
    expect([found.blank.difference, found.partial.difference]).toEqual([1, -1]);
    expect(shortages().map((one) => one.subject)).toEqual([subject]);
    expect(() => kiosk.desk.destroy({ subject, document: 'BA-7', by: two })).toThrow('nobody has seen this card');
    expect(kiosk.books()).toEqual({ hopper: 9, 'kecamatan-safe': -10, spoiled: 1 });
  });

  test('a doubtful card that proves bare before it was printed is the same body, and is booked once: also when it is destroyed later', () => {
    loaded();
    kiosk.cardEnded({ outcome: 'in-doubt', place: 'box', phase: 'inking' });
    const found = kiosk.stock.emptyBox({ complete: 0, partial: 0, blank: 1, by: two });
    expect([found.blank.difference, found.partial.difference]).toEqual([0, 0]);
    const [card] = kiosk.desk.waiting();
    kiosk.desk.destroy({ subject: card?.subject ?? '', document: 'BA-7', by: two });
    expect(kiosk.books()).toEqual({ hopper: 9, 'kecamatan-safe': -10, destroyed: 1 });
  });

  test('a doubtful card that is gone is taken out of doubt by nobody: it is unexplained, and its right has two cases', () => {
    loaded();
    kiosk.cardEnded({ outcome: 'in-doubt', place: 'box' });
    kiosk.stock.emptyBox({ complete: 0, partial: 0, blank: 0, by: two });
    expect(kiosk.books()).toEqual({ hopper: 9, 'kecamatan-safe': -10, unexplained: 1 });
    expect(kiosk.desk.cases().map(({ kind }) => kind)).toEqual(['in-doubt', 'unexplained', 'box-shortage']);
  });
});
