import { beforeEach, expect, test } from 'vitest';
import { endedAs, type Fact, loaded, printedUpTo } from '#central/fleet/test-office.ts';
import { type Closing, openClosing } from './test-closing.ts';

const kiosk = 'SU1-A';
const visit = 'SU1-0001-1';
let office: Closing;
beforeEach(async () => {
  office = openClosing();
  for (const id of [kiosk, 'KLD-A']) await office.registers(id);
  office.tells(kiosk, loaded(50, 'BA-0001'));
  return () => office[Symbol.dispose]();
});

type Lease = ReturnType<Closing['grants']>;
const retained = (lease: Lease): Fact[] => [...printedUpTo(lease, visit), ...endedAs(lease, visit, 'retained')];
const doubtful = (lease: Lease): Fact[] => [...printedUpTo(lease, visit), ...endedAs(lease, visit, 'in-doubt')];

/** A card that came so far, of each of these people; then the disk dies and the epoch is closed. */
function closedWith(...cameTo: ((lease: Lease) => Fact[])[]): string[] {
  const leases = cameTo.map((facts, index) => {
    const lease = office.grants(kiosk, `person ${index}`);
    office.tells(kiosk, ...facts(lease));
    return lease;
  });
  office.closes(kiosk);
  return leases.map(({ rightId }) => rightId);
}

test('a whole card that was handed over untold is not restored by a blank that lies there instead', () => {
  const [rightId = ''] = closedWith(retained); // untold: handed over, one blank loaded, another attempt’s blank boxed
  expect(office.counts(kiosk, { hopper: 49, blank: 1 })).toBe(true);
  const destroys = () => office.decides(rightId, 'destroyed', 'a blank card');
  expect(destroys).toThrow(
    'kept whole, and the count found 0 complete cards (0 of them accounted for): issued or lost',
  );
  expect(office.right(rightId)).toBe('held');
  expect(() => office.grants('KLD-A', 'person 0')).toThrow('not granted: right/held');
  office.decides(rightId, 'issued');
  expect(office.right(rightId)).toBe('issued');
});

test('nor by a half printed one', () => {
  const [rightId = ''] = closedWith(retained);
  expect(office.counts(kiosk, { hopper: 49, partial: 1 })).toBe(true);
  expect(() => office.decides(rightId, 'destroyed', 'half a card')).toThrow('found 0 complete cards');
});

test.each([
  ['whose outcome was in doubt', doubtful],
  ['whose outcome was never told', (lease: Lease) => printedUpTo(lease, visit)],
])('an inked card %s is not restored by a blank; a half printed or a whole one proves it', (_, cameTo) => {
  const [rightId = ''] = closedWith(cameTo);
  expect(office.counts(kiosk, { hopper: 49, blank: 1 })).toBe(true);
  const destroys = () => office.decides(rightId, 'destroyed', 'its card');
  expect(destroys).toThrow('was inked, and the count found 0 inked cards (0 of them accounted for): issued or lost');
  office.counts(kiosk, { hopper: 49, complete: 1 });
  destroys();
  expect(office.right(rightId)).toBe('usable');
});

test('a card in doubt whose ink an older disk had forgotten is not restored by a blank either', () => {
  const [rightId = ''] = closedWith((lease) => [
    ...printedUpTo(lease, visit).slice(0, 3),
    ...endedAs(lease, visit, 'in-doubt'),
  ]);
  expect(office.counts(kiosk, { hopper: 49, blank: 1 })).toBe(true);
  expect(() => office.decides(rightId, 'destroyed', 'a blank card')).toThrow('the card of this right was inked');
});

test('one whole card answers for one right: who comes second finds none left in that count', () => {
  const [first = '', second = '', third = ''] = closedWith(retained, retained, doubtful);
  expect(office.counts(kiosk, { hopper: 47, complete: 1, partial: 1, blank: 1 })).toBe(true);
  office.decides(first, 'destroyed', 'the whole one');
  expect(() => office.decides(second, 'destroyed', 'another whole one')).toThrow(
    'kept whole, and the count found 1 complete cards (1 of them accounted for): issued or lost',
  );
  office.decides(third, 'destroyed', 'the half one');
  expect([first, second, third].map(office.right)).toEqual(['usable', 'held', 'usable']);
});

test('a body that was named as handed over is no longer there to be destroyed', () => {
  const [given = '', other = ''] = closedWith(doubtful, doubtful);
  expect(office.counts(kiosk, { hopper: 48, partial: 1, blank: 1 })).toBe(true);
  office.decides(given, 'issued', 'the card that an officer gave out');
  expect(() => office.decides(other, 'destroyed', 'some card')).toThrow(
    'was inked, and the count found 1 inked cards (1 of them accounted for): issued or lost',
  );
});

test('a whole card that was named for an inked right is not left for a retained one', () => {
  const [inked = '', whole = ''] = closedWith(doubtful, retained);
  expect(office.counts(kiosk, { hopper: 48, complete: 1, blank: 1 })).toBe(true);
  office.decides(inked, 'destroyed', 'the whole one');
  expect(() => office.decides(whole, 'destroyed', 'some card')).toThrow('was inked, and the count found 1 inked cards');
});

const boxed = (kind: 'partial' | 'blank', count = 1): Fact => ({
  type: 'blanko.moved',
  data: { from: 'hopper', to: 'spoiled', count, kind, evidence: 'moved to the box' },
});
const destroyed = (count: number): Fact => ({
  type: 'blanko.moved',
  data: { from: 'spoiled', to: 'destroyed', count, evidence: 'BA-0044' },
});

test('a spoiled card that the books know of proves no other card', () => {
  office.tells(kiosk, boxed('partial'));
  const [rightId = ''] = closedWith(doubtful);
  expect(office.counts(kiosk, { hopper: 48, partial: 1, blank: 1 })).toBe(true);
  const destroys = () => office.decides(rightId, 'destroyed', 'a spoiled card');
  expect(destroys).toThrow('found 1 inked cards (1 of them accounted for)');
  office.counts(kiosk, { hopper: 48, partial: 2 });
  destroys();
  expect(office.right(rightId)).toBe('usable');
});

test('a spoiled card that was destroyed before, and a blank in the box, leave the proof to the card itself', () => {
  office.tells(kiosk, boxed('partial', 2), destroyed(2), boxed('blank'));
  const [rightId = ''] = closedWith(doubtful);
  office.counts(kiosk, { hopper: 46, partial: 1, blank: 1 });
  // The paper does not say which kind was destroyed: the one that is left in the books could be an inked one.
  expect(() => office.decides(rightId, 'destroyed', 'half a card')).toThrow('found 1 inked cards (1 of them');
  office.tells(kiosk, destroyed(1));
  expect(office.counts(kiosk, { hopper: 46, partial: 1 })).toBe(true);
  office.decides(rightId, 'destroyed', 'half a card');
  expect(office.right(rightId)).toBe('usable');
});

test('a whole card of an older epoch, counted at its beginning, proves no card of this one', () => {
  const counted = (to: 'hopper' | 'retained', count: number): Fact => ({
    type: 'blanko.moved',
    data: { from: 'unexplained', to, count, evidence: 'opening count of epoch 2', by: ['OP-DEWI', 'OP-BUDI'] },
  });
  office.opens(kiosk);
  office.entersEpoch(kiosk, 2);
  office.tells(kiosk, counted('hopper', 40), counted('retained', 2));
  const [rightId = ''] = closedWith(retained);
  expect(office.counts(kiosk, { hopper: 39, complete: 2, blank: 1 })).toBe(true);
  const destroys = () => office.decides(rightId, 'destroyed', 'a whole card');
  expect(destroys).toThrow('found 2 complete cards (2 of them accounted for)');
  office.counts(kiosk, { hopper: 39, complete: 3 });
  destroys();
  expect(office.right(rightId)).toBe('usable');
});

test('a card that no ink was told of may be the blank', () => {
  const [rightId = ''] = closedWith((lease) => printedUpTo(lease, visit).slice(0, 3));
  office.counts(kiosk, { hopper: 49, blank: 1 });
  office.decides(rightId, 'destroyed', 'the blank in the printer');
  expect(office.right(rightId)).toBe('usable');
});
