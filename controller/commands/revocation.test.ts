import { describe, expect, test } from 'vitest';
import { controllerMigrations } from '#controller/controller.ts';
import { type Ending, writeInking, writeIntended, writeOutcome } from '#controller/jobs/facts.ts';
import { openJournal } from '#controller/journal/journal.ts';
import { keysKept } from '#controller/leases/offline-rows.ts';
import { openMemoryStore } from '#kit/store.ts';
import { forgetOldEpoch } from './old-epoch.ts';
import { type Life, openTown, rani, type Town, withLease } from './test-kiosk.ts';

const witness = { serial: null, cardsFed: null, ribbonPrintsLeft: null };
const unused: Ending = {
  ...{ outcome: 'unused', reason: 'right/revoked', place: 'box', blanko: 'spoiled', kind: 'blank', evidence: 'box' },
};
const spoiled: Ending = { ...unused, outcome: 'spoiled', reason: 'card-printer/card-spoiled', kind: 'partial' };
const issued: Ending = { outcome: 'issued', reason: 'done', place: 'hand', blanko: 'issued', evidence: 'taken' };

async function prepared() {
  const town = await openTown();
  const life = await town.life();
  const leaseId = await withLease(town, life);
  const lease = () => {
    const answer = life.authority.recognition.use(leaseId);
    if (!answer.ok) throw new Error(answer.code);
    return answer.lease;
  };
  const intend = (held = lease()) => writeIntended(life.journal, town.clock, held, witness, 'SU1-0001-9');
  return { town, life, leaseId, lease, intend };
}

/** The order has arrived and was written down; whatever it led to in that turn is done. */
async function arrives({ central, until }: Town, { journal }: Life, kind: string, args: Record<string, string>) {
  const cmdId = central.orders(kind, args);
  const hasIt = () =>
    journal.entries(1, journal.head().seq).some((one) => one.type === 'command.received' && one.data.cmdId === cmdId);
  await until(hasIt);
  const end = () => {
    const ends = [...central.of('command.done'), ...central.of('command.failed')];
    return ends.find(({ data }) => data.cmdId === cmdId);
  };
  return { end, ended: () => until(() => end() !== undefined) };
}

describe('a revocation', () => {
  test('before the intent: no card is begun, and the right is back at central', async () => {
    const { town, life, leaseId, lease, intend } = await prepared();
    const held = lease(); // somebody stands at the screen already
    const order = await arrives(town, life, 'revoke-lease', { leaseId });
    await order.ended();
    expect(order.end()?.type).toBe('command.done');
    expect(() => intend(held)).toThrow('right/revoked');
    expect(town.central.leased()).toEqual([]);
    expect(town.central.of('lease.voided')[0]?.data.reason).toBe('revoked');
    life.dies();
  });

  test('between intent and ink: the job stops, and only then the right goes back and the order is done', async () => {
    const { town, life, leaseId, intend } = await prepared();
    const attempt = intend();
    const order = await arrives(town, life, 'revoke-lease', { leaseId });
    await town.until(() => town.central.texts.length === life.journal.head().seq);
    expect(order.end()).toBeUndefined();
    expect(town.central.leased(), 'a right at an open attempt is not freed').toEqual([rani.rightId]);
    expect(() => writeInking(life.journal, attempt)).toThrow('right/revoked');
    writeOutcome(life.journal, attempt, unused);
    await order.ended();
    expect(order.end()?.type).toBe('command.done');
    expect(life.types().slice(-3)).toEqual(['blanko.moved', 'lease.voided', 'command.done']);
    expect(town.central.leased()).toEqual([]);
    life.dies();
  });

  test('from ink on it comes too late, however often it is given, and the card is handed over', async () => {
    const { town, life, leaseId, intend } = await prepared();
    const attempt = intend();
    writeInking(life.journal, attempt);
    const orders = [];
    for (const _ of ['once', 'twice']) orders.push(await arrives(town, life, 'revoke-lease', { leaseId }));
    await town.until(() => town.central.texts.length === life.journal.head().seq);
    expect(orders[0]?.end()).toBeUndefined();
    writeOutcome(life.journal, attempt, issued);
    for (const { ended } of orders) await ended();
    for (const { end } of orders)
      expect(end()).toMatchObject({ type: 'command.failed', data: { code: 'right/not-usable' } });
    expect(town.central.of('lease.voided')).toEqual([]);
    life.dies();
  });

  test('from ink on, and the card is spoiled: none follows it, and the right goes back', async () => {
    const { town, life, leaseId, lease, intend } = await prepared();
    const held = lease();
    const attempt = intend(held);
    writeInking(life.journal, attempt);
    const order = await arrives(town, life, 'revoke-lease', { leaseId });
    writeOutcome(life.journal, attempt, spoiled);
    expect(() => intend(held)).toThrow('right/revoked');
    await order.ended();
    expect(order.end()?.type).toBe('command.done');
    expect(town.central.leased()).toEqual([]);
    life.dies();
  });

  test('after a spoiled card: there is no second one', async () => {
    const { town, life, leaseId, lease, intend } = await prepared();
    const held = lease();
    const attempt = intend(held);
    writeInking(life.journal, attempt);
    writeOutcome(life.journal, attempt, spoiled);
    const order = await arrives(town, life, 'revoke-lease', { leaseId });
    await order.ended();
    expect(() => intend(held)).toThrow('right/revoked');
    expect(town.central.leased()).toEqual([]);
    life.dies();
  });

  test('is not forgotten by a crash: the attempt of before is stopped, and its lease ends with it', async () => {
    const { town, life, leaseId, intend } = await prepared();
    const attempt = intend();
    const order = await arrives(town, life, 'revoke-lease', { leaseId });
    life.dies();
    const next = await town.life(false);
    expect(() => writeInking(next.journal, attempt)).toThrow('right/revoked');
    writeOutcome(next.journal, attempt, unused);
    await order.ended();
    expect(order.end()?.type).toBe('command.done');
    expect(town.central.leased()).toEqual([]);
    next.dies();
  });

  test('that overtakes the lease itself refuses it when it comes', async () => {
    const town = await openTown();
    const life = await town.life();
    town.central.losesAnswers = true;
    town.central.orders('take-lease', { rightId: rani.rightId });
    await town.until(() => town.central.grants.size === 1);
    const [granted] = [...town.central.grants.values()];
    const order = await arrives(town, life, 'revoke-lease', { leaseId: granted?.claims.leaseId ?? '' });
    await order.ended();
    expect(order.end()?.type).toBe('command.done');
    town.central.losesAnswers = false;
    await town.until(() => town.central.of('command.failed').length === 1);
    expect(town.central.of('command.failed')[0]?.data).toMatchObject({ kind: 'take-lease', code: 'right/revoked' });
    expect(town.central.of('lease.received')).toEqual([]);
    expect(town.central.leased()).toEqual([]);
    life.dies();
  });
});

describe('the end of an epoch', () => {
  test('stops what no ink has touched, gives everything back, and is not forgotten by a restart', async () => {
    const { town, life, intend } = await prepared();
    const attempt = intend();
    const order = await arrives(town, life, 'epoch-closed', { epoch: '1' });
    expect(life.authority.closed()).toBe('right/epoch-closed');
    expect(() => writeInking(life.journal, attempt)).toThrow('right/revoked');
    writeOutcome(life.journal, attempt, unused);
    await order.ended();
    await town.until(() => town.central.leased().length === 0);
    life.dies();
    const next = await town.life();
    expect(next.authority.closed()).toBe('right/epoch-closed');
    const again = await arrives(town, next, 'take-lease', { rightId: rani.rightId });
    await again.ended();
    expect(again.end()?.data).toMatchObject({ code: 'right/epoch-closed' });
    next.dies();
  });

  test('of another epoch changes nothing here', async () => {
    const { town, life } = await prepared();
    const order = await arrives(town, life, 'epoch-closed', { epoch: '7' });
    await order.ended();
    expect(life.authority.closed()).toBeNull();
    expect(life.authority.recognition.usable()).toBe(1);
    life.dies();
  });

  test('is known by an enrolment for a newer one: of the old journal no key stays, and it says nothing new', async () => {
    const { town, life, lease } = await prepared();
    const held = lease();
    const seq = life.journal.head().seq;
    life.dies();
    const { bytes: from } = town.disk;
    const store = openMemoryStore({ migrations: controllerMigrations, ...(from && { from }) });
    forgetOldEpoch(store);
    forgetOldEpoch(store);
    const journal = openJournal({ store, clock: town.clock, kiosk: 'SU1-A', epoch: 1, boot: 'boot-9' });
    expect(journal.head().seq).toBe(seq);
    expect(store.read(keysKept)).toBe(0);
    expect(() => writeIntended(journal, town.clock, held, witness, 'SU1-0001-9')).toThrow('right/revoked');
  });

  test('is believed of an answer too', async () => {
    const { life } = await prepared();
    life.authority.epochClosed();
    expect(life.authority.closed()).toBe('right/epoch-closed');
    expect(life.authority.recognition.usable()).toBe(0);
    life.dies();
  });
});

describe('while a card was fed that nobody can explain', () => {
  test.each<[string, (town: Town, leaseId: string) => unknown]>([
    ['a revocation', ({ central }, leaseId) => central.orders('revoke-lease', { leaseId })],
    ['the end of the epoch', ({ central }) => central.orders('epoch-closed', { epoch: '1' })],
    ['an open door', ({ panel }) => panel.set({ ...panel.value, doorClosed: false })],
  ])('%s takes key and lease at once, and frees the right only when two people have counted', async (_, happens) => {
    const { town, life, leaseId, lease } = await prepared();
    const held = lease();
    town.around.forbidden = true;
    happens(town, leaseId);
    await town.until(() => life.authority.leases().length === 0);
    expect(() => writeIntended(life.journal, town.clock, held, witness, 'SU1-0001-9')).toThrow('right/revoked');
    life.dies();
    const next = await town.life(false);
    await town.until(() => town.central.texts.length === next.journal.head().seq);
    expect(town.central.leased()).toEqual([rani.rightId]);
    town.around.forbidden = false;
    next.journal.record('counted', (append) => append({ type: 'operator.acted', data: { action: 'counted-hopper' } }));
    await town.until(() => town.central.leased().length === 0);
    expect(town.central.of('lease.voided')).toHaveLength(1);
    next.dies();
  });

  test('a revocation of a card that was issued meanwhile has an end all the same: nothing is freed by it', async () => {
    const { town, life, leaseId, intend } = await prepared();
    const attempt = intend();
    writeInking(life.journal, attempt);
    town.around.forbidden = true;
    const order = await arrives(town, life, 'revoke-lease', { leaseId });
    writeOutcome(life.journal, attempt, issued);
    await order.ended();
    expect(order.end()).toMatchObject({ type: 'command.failed', data: { code: 'right/not-usable' } });
    expect(town.central.of('lease.voided')).toEqual([]);
    life.dies();
  });

  test.each(['surrender-lease', 'renew-lease'])('%s fails, for nobody knows whether it is unused', async (kind) => {
    const { town, life, leaseId } = await prepared();
    town.around.forbidden = true;
    const order = await arrives(town, life, kind, { leaseId });
    await order.ended();
    expect(order.end()?.data).toMatchObject({ code: 'kiosk/counter-unexplained' });
    expect(() => life.authority.surrender({ leaseId, operatorId: 'op-1' })).toThrow('count');
    expect(town.central.leased()).toEqual([rani.rightId]);
    life.dies();
  });
});

describe('after a start, until the counters of the printer were read', () => {
  test.each<[string, (town: Town, leaseId: string) => unknown]>([
    ['a revocation', ({ central }, leaseId) => central.orders('revoke-lease', { leaseId })],
    ['a lease that is given back', ({ central }, leaseId) => central.orders('surrender-lease', { leaseId })],
    ['the end of the epoch', ({ central }) => central.orders('epoch-closed', { epoch: '1' })],
  ])('%s frees no right: the disk may be an older one', async (_, happens) => {
    const { town, life, leaseId } = await prepared();
    life.dies();
    town.around.unmet = true;
    const next = await town.life(false);
    happens(town, leaseId);
    await town.until(() => next.types().includes('command.received'));
    await town.until(() => town.central.texts.length === next.journal.head().seq);
    expect(town.central.leased()).toEqual([rani.rightId]);
    next.authority.printerCompared();
    await town.until(() => town.central.leased().length === 0);
    next.dies();
  });

  test('nothing is taken ahead, and an order for it fails when the printer stays away', async () => {
    const town = await openTown();
    town.around.unmet = true;
    const life = await town.life();
    const { end, ended } = await arrives(town, life, 'take-lease', { rightId: rani.rightId });
    await ended();
    expect(end()?.data).toMatchObject({ code: 'card-printer/unreachable' });
    expect(town.central.leased()).toEqual([]);
    life.dies();
  });

  test('a question that an earlier life asked goes on to its end, for the office may have answered it', async () => {
    const town = await openTown();
    const first = await town.life();
    town.central.orders('take-lease', { rightId: rani.rightId });
    await town.until(() => {
      const isAsked = town.disk.writes.includes('lease.asked-ahead');
      if (isAsked) first.dies();
      return isAsked;
    });
    town.around.unmet = true;
    const next = await town.life(false);
    await town.until(() => next.authority.leases().some(({ state }) => state === 'kept'));
    await town.until(() => town.central.of('command.done').length === 1);
    expect(town.central.leased()).toEqual([rani.rightId]);
    next.dies();
  });

  test('an operator who wants to give one back is told to wait', async () => {
    const { town, life, leaseId } = await prepared();
    life.dies();
    town.around.unmet = true;
    const next = await town.life(false);
    expect(() => next.authority.surrender({ leaseId, operatorId: 'op-1' })).toThrow('wait until it is ready');
    next.dies();
  });
});

describe('orders', () => {
  test('that would give something are refused when they are too old, and nothing was asked', async () => {
    const { central, disk, life: begin, until } = await openTown();
    const life = await begin();
    central.orders('take-lease', { rightId: rani.rightId }, -1);
    await until(() => central.of('command.failed').length === 1);
    expect(central.of('command.failed')[0]?.data).toMatchObject({ code: 'right/lease-expired' });
    expect(disk.writes).not.toContain('lease.asked-ahead');
    life.dies();
  });

  test('of a kind that nobody knows are refused and not repeated', async () => {
    const { central, life: begin, until } = await openTown();
    const life = await begin();
    central.orders('dance', {});
    await until(() => central.of('command.failed').length === 1);
    central.repeatsOrders();
    central.orders('epoch-closed', { epoch: '7' });
    await until(() => central.of('command.done').length === 1);
    expect(central.of('command.received').map(({ data }) => data.kind)).toEqual(['dance', 'epoch-closed']);
    life.dies();
  });

  test('to give a lease back fail while its card is under way', async () => {
    const { town, life, leaseId, intend } = await prepared();
    const attempt = intend();
    const order = await arrives(town, life, 'surrender-lease', { leaseId });
    await order.ended();
    expect(order.end()?.data).toMatchObject({ code: 'right/not-usable' });
    expect(() => life.authority.surrender({ leaseId, operatorId: 'op-1' })).toThrow('being printed');
    writeInking(life.journal, attempt);
    life.dies();
  });
});

describe('a higher term of central', () => {
  test('voids what is unanswered before anything else is said, and what comes later is refused', async () => {
    const town = await openTown();
    const life = await town.life();
    town.central.losesAnswers = true;
    town.central.orders('take-lease', { rightId: rani.rightId });
    life.leases.ask('req-online', 'right-of-somebody');
    await town.until(() => town.central.grants.size === 1);
    const [[reqId, granted] = ['', undefined]] = [...town.central.grants];
    town.central.term = 2;
    town.central.sayPresent();
    await town.until(() => town.central.of('lease.voided').length === 2);
    expect(town.central.of('lease.voided').map(({ data }) => data.reqId)).toEqual(
      expect.arrayContaining([reqId, 'req-online']),
    );
    expect(town.central.of('command.failed')[0]?.data.code).toBe('central/restoring');
    town.central.losesAnswers = false;
    const late = await life.leases.receive(
      granted?.jws ?? '',
      { reqId, rightId: rani.rightId, sealed: granted?.sealed ?? '' },
      'SU1-0001-9',
    );
    expect(late).toMatchObject({ ok: false });
    expect(town.central.leased()).toEqual([]);
    life.dies();
  });

  test('leaves granted leases alone, and is entered once', async () => {
    const { town, life } = await prepared();
    town.central.term = 2;
    town.central.sayPresent();
    await town.until(() => town.disk.writes.includes('term.entered'));
    town.central.sayPresent();
    town.central.orders('epoch-closed', { epoch: '7' });
    await town.until(() => town.central.of('command.done').length === 2);
    expect(town.disk.writes.filter((name) => name === 'term.entered')).toHaveLength(1);
    expect(life.authority.recognition.usable()).toBe(1);
    life.dies();
  });
});

test('a renewed lease lasts longer, and the old one is over', async () => {
  const { town, life, leaseId } = await prepared();
  town.clock.jumpWall(10 * 86_400_000);
  const order = await arrives(town, life, 'renew-lease', { leaseId });
  await order.ended();
  expect(order.end()?.type).toBe('command.done');
  town.clock.jumpWall(10 * 86_400_000);
  expect(life.authority.recognition.usable()).toBe(1);
  expect(life.authority.recognition.use(leaseId)).toMatchObject({ code: 'right/not-usable' });
  expect(town.central.leased()).toEqual([rani.rightId]);
  life.dies();
});
