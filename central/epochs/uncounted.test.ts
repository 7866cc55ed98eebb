import { beforeEach, expect, test } from 'vitest';
import { actionsNow } from '#central/fleet/actions.ts';
import { kiosksNow } from '#central/fleet/kiosks.ts';
import { device, endedAs, type Fact, loaded, printedUpTo } from '#central/fleet/test-office.ts';
import { epochReports } from './report.ts';
import { type Closing, openClosing } from './test-closing.ts';

const kiosk = 'SU1-A';
const visit = 'SU1-0001-1';
let office: Closing;
beforeEach(async () => {
  office = openClosing();
  await office.registers(kiosk);
  office.tells(kiosk, loaded(50, 'BA-0001'));
  return () => office[Symbol.dispose]();
});

/** The disk died with this right half way; the next epoch was opened before anybody counted the old one. */
function leftUncounted(person = 'rani'): string {
  const lease = office.grants(kiosk, person);
  office.tells(kiosk, ...printedUpTo(lease, visit));
  office.opens(kiosk);
  return lease.rightId;
}

const begins = (epoch: number, ...facts: Fact[]) => {
  office.entersEpoch(kiosk, epoch);
  office.tells(kiosk, device('camera', 'ready'), ...facts);
};
const openingCount = (...by: string[]): Fact => ({
  type: 'operator.acted',
  data: { action: 'opening-count', by, reason: 'hopper 49, complete 0, partial 1, blank 0' },
});
const byTwo = openingCount('OP-DEWI', 'OP-BUDI');
const lines = () =>
  office.store
    .read((db) => actionsNow(db, kiosksNow(db, 0), office.clock.wallMs()))
    .map(({ what, count }) => `${what} ${count}`);

test.each(['issued', 'lost'] as const)(
  'the opening count of the next epoch is enough to decide a right as %s',
  (as) => {
    const rightId = leftUncounted();
    begins(2, byTwo);
    office.decides(rightId, as);
    expect(office.right(rightId)).toBe(as);
    expect(office.opensGeneration('rani')).not.toBe(rightId);
  },
);

test('it restores no right: nobody compared that count with the books of the epoch', () => {
  const rightId = leftUncounted();
  begins(2, byTwo);
  expect(() => office.decides(rightId, 'destroyed', 'card of rani')).toThrow(
    'epoch 1 of SU1-A was not counted before epoch 2 began: no right of it is restored; issued or lost',
  );
  expect(office.right(rightId)).toBe('fenced-inked');
});

test('until that count has come in whoever decides hears that it is owed, and count-kiosk says the same', () => {
  const rightId = leftUncounted();
  begins(2);
  for (const as of ['issued', 'lost', 'destroyed'] as const)
    expect(() => office.decides(rightId, as, as === 'destroyed' ? 'card of rani' : undefined)).toThrow(
      'epoch 1 of SU1-A was not counted, and epoch 2 has begun: opening-count at the kiosk first, then issued or lost',
    );
  expect(() => office.counts(kiosk, { hopper: 49 })).toThrow(
    'epoch 2 of SU1-A is in use: what lies there now is no count of epoch 1; its opening-count is enough for issued or lost',
  );
});

test('a count of one person, of one in two spellings, of an older epoch or of another kiosk is none', async () => {
  const rightId = leftUncounted();
  const decides = () => office.decides(rightId, 'lost');
  await office.registers('KLD-A');
  office.tells('KLD-A', byTwo);
  office.tells(kiosk, byTwo); // still from the old disk
  begins(2, openingCount('OP-DEWI'), openingCount('OP-DEWI', 'op-dewi'), openingCount());
  expect(decides).toThrow('opening-count at the kiosk first');
  office.tells(kiosk, byTwo);
  decides();
});

test('where the next one ended too before it was counted, the count of the office that can still be made is enough', () => {
  const rightId = leftUncounted();
  begins(2);
  office.closes(kiosk);
  expect(() => office.decides(rightId, 'lost')).toThrow(
    'epoch 1 of SU1-A was not counted: count-kiosk first (it counts epoch 2 now), then issued or lost',
  );
  office.counts(kiosk, { hopper: 49 });
  expect(() => office.decides(rightId, 'destroyed', 'card of rani')).toThrow('before epoch 2 began');
  office.decides(rightId, 'lost');
  expect(office.right(rightId)).toBe('lost');
});

test('a count of the epoch itself stays the one that counts', () => {
  const lease = office.grants(kiosk, 'rani');
  office.tells(kiosk, ...printedUpTo(lease, visit));
  office.closes(kiosk);
  office.counts(kiosk, { hopper: 49, partial: 1 });
  office.opens(kiosk);
  begins(2, byTwo);
  office.decides(lease.rightId, 'destroyed', 'card of rani');
  expect(office.right(lease.rightId)).toBe('usable');
});

test('the work list tells a right that can no longer be restored from one that can, until it is decided', () => {
  const rightId = leftUncounted();
  expect(lines()).toEqual(['fenced 1', 'unexplained 50']);
  begins(2);
  expect(lines()).toEqual(['fenced-uncounted 1', 'unexplained 50']);
  office.tells(kiosk, byTwo);
  expect(lines()).toEqual(['fenced-uncounted 1', 'unexplained 50']);
  office.decides(rightId, 'issued');
  expect(lines()).toEqual(['unexplained 49']);
});

test('a card in doubt or held in a closed epoch is the office’s to decide: the kiosk’s own desk has lost it', () => {
  for (const [index, outcome] of (['in-doubt', 'retained'] as const).entries()) {
    const lease = office.grants(kiosk, `person ${index}`);
    office.tells(kiosk, ...printedUpTo(lease, visit), ...endedAs(lease, visit, outcome));
  }
  expect(lines().sort()).toEqual(['held 1', 'in-doubt 1']);
  office.closes(kiosk);
  expect(lines()).toEqual(['fenced 2', 'epoch-closed 1']);
});

test('the list of epochs says which count stands for one that was never counted', () => {
  leftUncounted();
  begins(2, byTwo);
  const [first, second] = office.store.read((db) => epochReports(db, kiosk));
  expect(first).toMatchObject({ count: null, countedLater: { epoch: 2, by: ['OP-DEWI', 'OP-BUDI'] } });
  expect(second).toMatchObject({ count: null, countedLater: null });
});
