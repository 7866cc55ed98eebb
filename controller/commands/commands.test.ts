import { describe, expect, test } from 'vitest';
import { amin, openTown, rani, withLease } from './test-kiosk.ts';

describe('a lease is taken ahead of time', () => {
  test('by order: received, asked for, kept, and done; central knows it as leased', async () => {
    const town = await openTown();
    const life = await town.life();
    const leaseId = await withLease(town, life);
    expect(life.types().slice(2)).toEqual(['command.received', 'lease.received', 'command.done']);
    expect(town.central.of('lease.received')[0]?.data).toMatchObject({
      leaseId,
      rightId: rani.rightId,
      mode: 'offline',
    });
    expect(town.central.leased()).toEqual([rani.rightId]);
    life.dies();
  });

  test('once, however often the order is repeated', async () => {
    const town = await openTown();
    const life = await town.life();
    await withLease(town, life);
    town.central.repeatsOrders();
    await withLease(town, life, amin);
    town.central.repeatsOrders();
    await town.until(() => town.central.texts.length === life.journal.head().seq);
    expect(town.central.of('command.received')).toHaveLength(2);
    expect(town.central.leased()).toEqual([rani.rightId, amin.rightId]);
    life.dies();
  });

  test('never a second one for the same right', async () => {
    const town = await openTown();
    const life = await town.life();
    await withLease(town, life);
    town.central.orders('take-lease', { rightId: rani.rightId });
    await town.until(() => town.central.of('command.failed').length === 1);
    expect(town.central.of('command.failed')[0]?.data.code).toBe('right/not-usable');
    expect(town.central.grants.size).toBe(1);
    life.dies();
  });
});
