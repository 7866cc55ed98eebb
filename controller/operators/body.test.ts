import { beforeEach, describe, expect, test } from 'vitest';
import { putIntoBox } from '#controller/blanko/stock.ts';
import { type DeskBench, openDeskBench, two } from '#tests/support/desk-bench.ts';
import { allowedNow } from './decisions.ts';
import { openDesk } from './desk.ts';

let kiosk: DeskBench;
beforeEach(() => {
  kiosk = openDeskBench();
  kiosk.stock.load({ count: 10, document: 'BA-0001', by: two });
});

type Named = { subject: string; by: string[] };
const onTheBody = {
  'hand-over': (named: Named) => kiosk.desk.handOver(named),
  destroy: (named: Named) => kiosk.desk.destroy({ ...named, document: 'BA-0009' }),
  retain: (named: Named) => kiosk.desk.retain({ ...named, reason: 'owner not here' }),
} as const;
const acts = Object.keys(onTheBody) as (keyof typeof onTheBody)[];

/** The start found it inside after all, and moved it to the box. */
const machineMovesItToTheBox = (subject: string) =>
  kiosk.journal.record('story', (append, db) => {
    append({ type: 'operator.acted', subject, data: { action: 'body-in-box', reason: 'a doubtful card was inside' } });
    putIntoBox(db, 'partial', 1);
  });

describe.each(acts)('%s of a card in doubt', (name) => {
  const act = (subject: string) => onTheBody[name]({ subject, by: two });

  test('that nobody has seen is refused, and says what comes first', () => {
    const subject = kiosk.cardEnded({ outcome: 'in-doubt' });
    const before = [kiosk.journal.head().seq, kiosk.books()];
    expect(() => act(subject)).toThrow(
      `nobody has seen this card: found --subject ${subject} --place TEXT first, by two`,
    );
    expect([kiosk.journal.head().seq, kiosk.books()]).toEqual(before);
    expect(kiosk.desk.waiting()).toMatchObject([{ state: 'in-doubt', place: 'unknown' }]);
  });

  test("that was last seen inside the machine is refused too: it is in nobody's hand", () => {
    const subject = kiosk.cardEnded({ outcome: 'in-doubt', place: 'printer' });
    expect(() => act(subject)).toThrow('nobody has seen this card');
    machineMovesItToTheBox(subject);
    expect(() => act(subject)).not.toThrow();
  });

  test('is allowed once two people have found it, and the journal names both and the place', () => {
    const subject = kiosk.cardEnded({ outcome: 'in-doubt' });
    kiosk.desk.found({ subject, place: 'under the printer', by: two });
    const [fact] = kiosk.journal.entries(kiosk.journal.head().seq, kiosk.journal.head().seq);
    expect(fact).toMatchObject({ subject, data: { action: 'body-found', by: two, reason: 'under the printer' } });
    expect(kiosk.desk.waiting()).toMatchObject([{ place: 'under the printer' }]);
    expect(() => kiosk.desk.found({ subject, place: 'box', by: two })).toThrow('no case of a missing body');
    act(subject);
    expect(kiosk.books()['in-doubt'] ?? 0).toBe(0);
  });

  test('that lies in the box since its outcome is allowed', () => {
    act(kiosk.cardEnded({ outcome: 'in-doubt', place: 'box' }));
    expect(kiosk.books()['in-doubt'] ?? 0).toBe(0);
  });

  test('that the machine found later and moved to the box is allowed', () => {
    const subject = kiosk.cardEnded({ outcome: 'in-doubt' });
    machineMovesItToTheBox(subject);
    act(subject);
    expect(kiosk.books()['in-doubt'] ?? 0).toBe(0);
  });

  test('that should lie in the box, and was missed by its count, is refused until it is found', () => {
    const subject = kiosk.cardEnded({ outcome: 'in-doubt', place: 'box' });
    kiosk.stock.emptyBox({ complete: 0, partial: 0, blank: 0, by: two });
    expect(() => act(subject)).toThrow('nobody has seen this card');
    kiosk.desk.found({ subject, place: 'behind the box', by: two });
    act(subject);
    expect(kiosk.books()).toMatchObject({ hopper: 9 });
    expect(kiosk.books().unexplained ?? 0).toBe(0);
  });
});

test('a blank in doubt carries no right: it is destroyed as before', () => {
  const subject = kiosk.cardEnded({ outcome: 'unused', place: 'unknown' });
  expect(() => kiosk.desk.found({ subject, place: 'box', by: two })).toThrow('no case of a missing body');
  kiosk.desk.destroy({ subject, document: 'BA-0009', by: two });
  expect(kiosk.books()).toMatchObject({ destroyed: 1 });
});

describe('while the epoch of this kiosk is closed', () => {
  const closed = () =>
    openDesk(
      kiosk.journal,
      kiosk.store,
      () => undefined,
      () => 'right/epoch-closed',
    );

  test('nothing about a right is decided here any more, whatever is known of the card', () => {
    const subject = kiosk.cardEnded({ outcome: 'in-doubt', place: 'box' });
    const before = kiosk.journal.head().seq;
    const desk = closed();
    const why = 'only central decides on this right now (right/epoch-closed)';
    expect(() => desk.handOver({ subject, by: two })).toThrow(why);
    expect(() => desk.destroy({ subject, document: 'BA-0009', by: two })).toThrow(why);
    expect(() => desk.retain({ subject, reason: 'owner not here', by: two })).toThrow(why);
    const held = kiosk.cardEnded({ outcome: 'retained', lease: 'lease-2', visitNo: 'SU1-0002-1' });
    expect(() => desk.handOver({ subject: held, by: two })).toThrow(why);
    expect(kiosk.types().slice(before)).not.toContain('card.handed-over');
  });

  test('what people see is still told, and blanks are still settled', () => {
    const subject = kiosk.cardEnded({ outcome: 'in-doubt' });
    const blank = kiosk.cardEnded({ outcome: 'unused', lease: 'lease-2', visitNo: 'SU1-0002-1' });
    const desk = closed();
    desk.notFound({ subject, reason: 'box and floor searched', by: two });
    desk.found({ subject, place: 'on the floor', by: two });
    kiosk.stock.countHopper({ count: 9, by: two });
    desk.counted({ subject: blank, by: two });
    expect(desk.cases().map(({ kind }) => kind)).toEqual(['in-doubt']);
  });
});

test.each([
  [{ isSeen: true, isOurs: true }, ['hand-over', 'retain', 'destroy', 'not-found', 'central']],
  [{ isSeen: false, isOurs: true }, ['found', 'not-found', 'central']],
  [{ isSeen: true, isOurs: false }, ['not-found', 'central']],
  [{ isSeen: false, isOurs: false }, ['found', 'not-found', 'central']],
])('of a card in doubt, %j, the desk offers %j', (card, decisions) => {
  expect(allowedNow(['in-doubt'], card)).toEqual(decisions);
});
