import { expect, test } from 'vitest';
import { two } from '#tests/support/desk-bench.ts';
import { placesOf } from '#tests/support/job-bench.ts';
import { openSchool, openTrainingSchool } from '#tests/support/training-bench.ts';
import type { Training } from './training.ts';

test('training begins only over a machine that is empty by the books and by the sensor', async () => {
  await using school = await openSchool();
  const { cabinet, soon } = school;
  const { training, stock } = await school.begins();
  stock.load({ count: 3, document: 'BA-0001', by: two });
  const on = () => soon(training.turnOn({ by: two }));
  await expect(on()).rejects.toThrow('the hopper holds 3');
  stock.unload({ count: 3, document: 'BA-0002', by: two });
  await expect(on()).rejects.toThrow('the feeder is not seen empty');
  cabinet.world.emptyFeeder();
  stock.load({ count: 1, document: 'BA-0003', by: two });
  stock.spoil({ count: 1, reason: 'bent', by: two });
  await expect(on()).rejects.toThrow('the reject box holds 1');
  stock.emptyBox({ complete: 0, partial: 0, blank: 1, by: two });
  school.serves(true);
  await expect(on()).rejects.toThrow('somebody is being served');
  school.serves(false);
  expect(() => training.turnOn({ by: ['OP-DEWI', 'OP-DEWI'] })).toThrow('two different people');
  expect(training.on).toBe(false);
  await on();
  expect(training.on).toBe(true);
  await expect(on()).rejects.toThrow('in training already');
});

test('a SPECIMEN is printed to the box, and the real ledger does not know of it', async () => {
  await using school = await openTrainingSchool(2);
  const { cabinet, soon, life } = school;
  const { training } = life;
  const before = school.real();
  expect(await soon(training.print({ operatorId: 'OP-DEWI', to: 'box' }))).toMatchObject({ to: 'box' });
  expect(training.books()).toMatchObject({ safe: -2, feeder: 1, box: 1, 'in-process': 0 });
  expect(placesOf(cabinet.world.now)).toMatchObject({ hopper: 1, box: 1, inked: 1, hand: 0 });
  expect(school.real()).toEqual(before);
  expect(life.journal.entries(1, 99).filter(({ type }) => type.startsWith('print.'))).toEqual([]);
});

test('at the slot the officer takes it; what stays is pulled in and goes to the box', async () => {
  await using school = await openTrainingSchool(2);
  const { cabinet, soon, life } = school;
  const { training } = life;
  const stop = cabinet.world.onChange((now) => {
    if (now.cards.some(({ place }) => place === 'bezel')) cabinet.world.takeCard('OP-DEWI');
  });
  expect(await soon(training.print({ operatorId: 'OP-DEWI', to: 'slot' }))).toMatchObject({ to: 'printed' });
  stop();
  expect(await soon(training.print({ operatorId: 'OP-DEWI', to: 'slot' }))).toMatchObject({
    to: 'box',
    detail: 'offered at the slot',
  });
  expect(training.books()).toMatchObject({ printed: 1, box: 1, feeder: 0 });
  expect(cabinet.world.now.shutter.open).toBe(false);
});

test('while it is on no real blank is loaded, counted or taken', async () => {
  await using school = await openTrainingSchool(1);
  const { stock } = school.life;
  const before = school.real();
  const acts = [
    () => stock.load({ count: 5, document: 'BA-1', by: two }),
    () => stock.unload({ count: 1, document: 'BA-1', by: two }),
    () => stock.countHopper({ count: 1, by: two }),
    () => stock.emptyBox({ complete: 0, partial: 0, blank: 0, by: two }),
    () => stock.spoil({ count: 1, reason: 'bent', by: two }),
  ];
  for (const act of acts) expect(act).toThrow('in training');
  expect(school.real()).toEqual(before);
});

test.each([
  ['a load by one', (t: Training) => t.load({ count: 1, document: 'SP', by: ['OP-DEWI'] }), 'two different people'],
  ['a load of none', (t: Training) => t.load({ count: 0, document: 'SP', by: two }), '0 is not a number'],
  ['a load without paper', (t: Training) => t.load({ count: 1, document: '', by: two }), 'document'],
  ['more spoiled than there are', (t: Training) => t.spoil({ count: 9, reason: 'bent', by: two }), 'feeder holds 1'],
  ['a print by nobody', (t: Training) => t.print({ operatorId: '', to: 'box' }), 'operator id'],
])('%s is refused in training too', async (_, act, why) => {
  await using school = await openTrainingSchool(1);
  const books = school.life.training.books();
  expect(() => act(school.life.training)).toThrow(why);
  expect(school.life.training.books()).toEqual(books);
});

test('nothing is loaded or printed where training is off', async () => {
  await using school = await openSchool();
  const { training } = await school.begins();
  expect(() => training.load({ count: 1, document: 'SP', by: two })).toThrow('not in training');
  await expect(training.print({ operatorId: 'OP-DEWI', to: 'box' })).rejects.toThrow('not in training');
  expect(() => training.turnOff({ feeder: 0, box: 0, printed: 0, by: ['OP-DEWI'] })).toThrow('two different people');
  await expect(training.turnOff({ feeder: 0, box: 0, printed: 0, by: two })).rejects.toThrow('not in training');
});

test('a blank that nobody booked as SPECIMEN is not printed', async () => {
  await using school = await openTrainingSchool(0);
  const { cabinet, soon, life } = school;
  cabinet.world.loadHopper(1);
  const print = soon(life.training.print({ operatorId: 'OP-DEWI', to: 'box' }));
  await expect(print).rejects.toThrow('feeder holds 0 SPECIMEN');
  expect(placesOf(cabinet.world.now)).toMatchObject({ hopper: 1, inked: 0 });
});

test('no SPECIMEN is printed beside a citizen, nor beside another one', async () => {
  await using school = await openTrainingSchool(2);
  const { soon, life } = school;
  school.serves(true);
  await expect(life.training.print({ operatorId: 'OP-DEWI', to: 'box' })).rejects.toThrow('somebody is being served');
  school.serves(false);
  const first = life.training.print({ operatorId: 'OP-DEWI', to: 'box' });
  expect(life.training.busy).toBe(true);
  await expect(life.training.print({ operatorId: 'OP-AGUS', to: 'box' })).rejects.toThrow(
    'a SPECIMEN is in the machine',
  );
  await soon(first);
  expect(life.training.busy).toBe(false);
});

test('it ends over an empty machine, with what was counted; a SPECIMEN that did not come back is a case', async () => {
  await using school = await openTrainingSchool(3);
  const { cabinet, soon, life } = school;
  const { training, desk } = life;
  await soon(training.print({ operatorId: 'OP-DEWI', to: 'box' }));
  const off = (count: { feeder: number; box: number; printed: number }) =>
    soon(training.turnOff({ ...count, by: two }));
  await expect(off({ feeder: 2, box: 1, printed: 0 })).rejects.toThrow('the feeder is not seen empty');
  cabinet.world.emptyFeeder();
  cabinet.world.emptyRejectBox();
  expect(() => training.turnOff({ feeder: -1, box: 0, printed: 0, by: two })).toThrow('-1 is not a number');
  expect(training.on).toBe(true);
  expect(await off({ feeder: 1, box: 1, printed: 0 })).toEqual({ counted: 2, loaded: 3, difference: -1 });
  expect(training.on).toBe(false);
  expect(desk.cases()).toMatchObject([{ kind: 'training-difference' }]);
  expect(JSON.stringify(life.journal.entries(1, 99).at(-1))).toContain('feeder 1, box 1, printed 0: 2 of 3');
  desk.explain({ caseId: desk.cases()[0]?.id ?? '', document: 'BA-9', reason: 'torn up in class', by: two });
  expect(desk.cases()).toEqual([]);
  expect(school.real()).toEqual({});
});

test.each(['training.fed', 'training.presenting'])(
  'killed after %s: the next start moves the SPECIMEN to the box and books it in its own ledger',
  async (write) => {
    await using school = await openTrainingSchool(2);
    const { cabinet, clock, soon, life } = school;
    const before = school.real();
    const dying = life.training.print({ operatorId: 'OP-DEWI', to: 'slot' }).catch(() => undefined);
    while (!life.writes.includes(write)) await clock.advance(5);
    await life.ends();
    await soon(dying);
    const { training } = await school.begins();
    expect(training.on, 'training outlives the program').toBe(true);
    expect(training.books()['in-process']).toBe(1);
    await soon(training.settle(new AbortController().signal));
    const { box, unexplained, 'in-process': open } = training.books();
    expect([open, box + unexplained]).toEqual([0, 1]);
    expect(placesOf(cabinet.world.now)).toMatchObject({ printer: 0, hand: 0, box });
    expect(cabinet.world.now.shutter.open).toBe(false);
    expect(school.real()).toEqual(before);
  },
);

test('a feeder that slips spoils no real blank: the SPECIMEN is looked for at the end', async () => {
  await using school = await openTrainingSchool(1);
  const { cabinet, soon, life } = school;
  cabinet.world.jam();
  expect(await soon(life.training.print({ operatorId: 'OP-DEWI', to: 'box' }))).toMatchObject({ to: 'unexplained' });
  cabinet.world.freeFeeder();
  cabinet.world.emptyFeeder();
  const counted = await soon(life.training.turnOff({ feeder: 1, box: 0, printed: 0, by: two }));
  expect([counted.difference, life.desk.cases()]).toEqual([0, []]);
});
