import { beforeEach, describe, expect, test } from 'vitest';
import { moveBlanko } from '#controller/blanko/stock.ts';
import { type DeskBench, openDeskBench, two } from '#tests/support/desk-bench.ts';
import { ageInWords } from './age.ts';
import { hasOpenCase } from './cases.ts';
import { inLines, withAges } from './show.ts';

let kiosk: DeskBench;
beforeEach(() => {
  kiosk = openDeskBench();
  kiosk.stock.load({ count: 10, document: 'BA-0001', by: two });
});

const kinds = () => kiosk.desk.cases().map(({ kind }) => kind);
const counts = (count: number) => kiosk.stock.countHopper({ count, by: two });
const empties = () => kiosk.stock.emptyBox({ complete: 0, partial: 0, blank: 0, by: two });
const note = (action: string) =>
  kiosk.journal.record('story', (append) => append({ type: 'operator.acted', data: { action, reason: 'story' } }));

test('a card in doubt opens a case with its age, and the act that settles it closes it', async () => {
  const subject = kiosk.cardEnded({ outcome: 'in-doubt' });
  await kiosk.clock.advance(3 * 24 * 3_600_000 + 2 * 3_600_000);
  const [open] = kiosk.desk.cases();
  expect(open).toMatchObject({ kind: 'in-doubt', subject, visitNo: 'SU1-0001-3', closedBy: null });
  const { type } = kiosk.journal.entries(open?.openedBy ?? 0, open?.openedBy ?? 0)[0] ?? {};
  expect(type).toBe('print.outcome');
  expect(inLines('cases', [open], kiosk.clock.wallMs(), 'id')).toContain('3 hari 2 jam  in-doubt');
  expect(withAges([open], kiosk.clock.wallMs(), 'en')).toMatchObject([{ age: '3 days 2 hours' }]);
  kiosk.desk.found({ subject, place: 'on the floor', by: two });
  expect(kinds()).toEqual(['in-doubt']);
  kiosk.desk.destroy({ subject, document: 'BA-0009', by: two });
  expect(kiosk.desk.cases()).toEqual([]);
  const [closed] = kiosk.desk.cases({ all: true });
  expect(kiosk.journal.entries(closed?.closedBy ?? 0, closed?.closedBy ?? 0)[0]?.type).toBe('card.destroyed');
});

test('the oldest case stands first', () => {
  counts(8);
  kiosk.cardEnded({ outcome: 'in-doubt' });
  expect(kinds()).toEqual(['unexplained', 'in-doubt']);
});

describe('an unexplained difference', () => {
  test('stays a case until a count explains all of it', () => {
    counts(7);
    counts(9);
    expect([kinds(), kiosk.books().unexplained]).toEqual([['unexplained'], 1]);
    counts(10);
    expect([kinds(), kiosk.books().unexplained]).toEqual([[], undefined]);
  });

  test('that grows, or turns from too few into too many, is one case more', () => {
    counts(9);
    counts(8);
    expect(kinds()).toEqual(['unexplained', 'unexplained']);
    counts(12);
    expect(kinds()).toHaveLength(3);
    expect(kiosk.desk.cases().at(-1)?.what).toContain('too many in hopper');
  });

  test('is explained by two with a document; the books keep it, and the case cannot be explained twice', () => {
    counts(9);
    const [{ id: caseId } = { id: '' }] = kiosk.desk.cases();
    const why = { caseId, document: 'BA-0010', reason: 'fell behind the cabinet' };
    expect(() => kiosk.desk.explain({ ...why, by: ['OP-DEWI'] })).toThrow('two different people');
    expect(() => kiosk.desk.explain({ ...why, document: ' ', by: two })).toThrow('document');
    expect(() => kiosk.desk.explain({ ...why, caseId: 'C-999', by: two })).toThrow('no open case C-999');
    kiosk.desk.explain({ ...why, by: two });
    expect([kinds(), kiosk.books().unexplained]).toEqual([[], 1]);
    expect(() => kiosk.desk.explain({ ...why, by: two })).toThrow('no open case');
  });

  test('once explained, cancels nothing that is missed or found later', () => {
    counts(11);
    const [{ id: caseId } = { id: '' }] = kiosk.desk.cases();
    kiosk.desk.explain({ caseId, document: 'BA-0010', reason: 'one too many in the pack', by: two });
    expect(kinds()).toEqual([]);
    counts(10);
    expect(kinds(), 'another one is missing').toEqual(['unexplained']);
    counts(11);
    expect(kinds()).toEqual([]);
  });

  test('of a card with ink is never the blank that is missing elsewhere: it is somebody’s', () => {
    counts(9);
    kiosk.stock.emptyBox({ complete: 1, partial: 0, blank: 0, by: two });
    expect(kiosk.books().unexplained).toBeUndefined();
    expect(kinds()).toEqual(['unexplained', 'unexplained']);
  });

  test('of a bare card in the box is the blank that is missing from the hopper: both were fed at once', () => {
    counts(9);
    kiosk.stock.emptyBox({ complete: 0, partial: 0, blank: 1, by: two });
    expect(kinds()).toEqual([]);
  });

  test('of a card that no attempt explains is a case as well, whoever wrote it', () => {
    kiosk.journal.record('story', (append, db) =>
      moveBlanko(append, db, {
        from: 'unexplained',
        to: 'spoiled',
        count: 1,
        kind: 'partial',
        evidence: 'found inside',
      }),
    );
    expect(kiosk.desk.cases()).toMatchObject([{ kind: 'unexplained', what: '1 too many in spoiled: found inside' }]);
  });
});

describe('a counter that the journal does not explain', () => {
  const isOpen = () => kiosk.store.read((db) => hasOpenCase(db, 'counter-unexplained'));
  const idOf = (kind: string) => kiosk.desk.cases().find((one) => one.kind === kind)?.id ?? '';
  const explains = (kind = 'counter-unexplained') =>
    kiosk.desk.explain({ caseId: idOf(kind), document: 'BA-0012', reason: 'a test card', by: two });
  beforeEach(() => {
    empties();
    note('counter-unexplained');
  });

  test('is explained by two with a document, once both places were counted after it; no count alone does so', () => {
    expect(explains).toThrow('count both first');
    counts(10);
    expect(explains).toThrow('count both first');
    empties();
    expect(isOpen(), 'that the count agrees does not say which card was fed').toBe(true);
    explains();
    expect(isOpen()).toBe(false);
  });

  test('and not while a blank is missing: it may be the card that the counter tells of', () => {
    counts(9);
    empties();
    expect(explains).toThrow('(unexplained)');
    counts(10); // it lay under the feeder
    explains();
    expect(isOpen()).toBe(false);
  });

  test('nor while a card with ink is there that nobody knows: that is explained first', () => {
    counts(10);
    kiosk.stock.emptyBox({ complete: 1, partial: 0, blank: 0, by: two });
    expect(explains).toThrow('(unexplained)');
    explains('unexplained');
    explains();
    expect(isOpen()).toBe(false);
  });

  test('a card that was in doubt before does not stand in its way: its right stays closed, whatever the counter says', () => {
    counts(10);
    empties();
    explains();
    kiosk.cardEnded({ outcome: 'in-doubt' });
    note('counter-unexplained');
    counts(9);
    empties();
    explains();
    expect(kinds()).toEqual(['in-doubt']);
  });

  test.each([
    { outcome: 'unused', act: 'counted' },
    { outcome: 'in-doubt', act: 'destroyed' },
  ] as const)('nor while a body is in doubt ($outcome): first it is $act', ({ outcome, act }) => {
    const subject = kiosk.cardEnded({ outcome });
    counts(9);
    empties();
    expect(explains).toThrow('it may be the card that the counter tells of');
    if (act === 'counted') kiosk.desk.counted({ subject, by: two });
    else {
      kiosk.desk.found({ subject, place: 'behind the printer', by: two });
      kiosk.desk.destroy({ subject, document: 'BA-0009', by: two });
    }
    counts(act === 'counted' ? 10 : 9);
    explains();
    expect(isOpen()).toBe(false);
  });
});

test('what a citizen does is no matter of the desk, and is not kept with its facts', () => {
  note('called');
  const kept = kiosk.store.read((db) => db.prepare('SELECT text FROM desk_fact').all());
  expect(JSON.stringify(kept)).not.toContain('called');
});

test('a case outlives the entries that opened it, when the journal is trimmed', () => {
  const subject = kiosk.cardEnded({ outcome: 'retained' });
  counts(8);
  kiosk.store.write('journal.trimmed', (db) => db.prepare('DELETE FROM journal WHERE seq < 6').run());
  expect(kinds()).toEqual(['unexplained']);
  expect(kiosk.desk.waiting()).toMatchObject([{ subject, state: 'held' }]);
});

test.each([
  [0, 'kurang dari satu menit', 'less than a minute'],
  [61_000, '1 menit', '1 minute'],
  [3_600_000, '1 jam', '1 hour'],
  [90_061_000, '1 hari 1 jam', '1 day 1 hour'],
  [172_800_000, '2 hari', '2 days'],
])('%i ms is said as a person says it', (ms, id, en) => {
  expect([ageInWords(ms, 'id'), ageInWords(ms, 'en')]).toEqual([id, en]);
});
