import { describe, expect, test } from 'vitest';
import { openTown, rani } from './test-kiosk.ts';

describe('a question of an earlier life, whose answer may have been used and lost with the disk', () => {
  /** Its answer is on no disk here; the printer has not been met in this life. */
  async function askedBefore(forMs?: number) {
    const town = await openTown();
    const life = await town.life();
    town.central.losesAnswers = true;
    town.central.orders('take-lease', { rightId: rani.rightId }, forMs);
    await town.until(() => town.central.grants.size === 1);
    life.dies();
    town.around.unmet = true;
    return { town, next: await town.life(false) };
  }
  type Asked = Awaited<ReturnType<typeof askedBefore>>;

  const ends: Record<string, { code: string; forMs?: number; happens: (asked: Asked) => Promise<void> | void }> = {
    'the door is opened': {
      code: 'panel/door-open',
      happens: ({ town: { panel } }) => panel.set({ ...panel.value, doorClosed: false }),
    },
    'the order has become too old': {
      code: 'right/lease-expired',
      forMs: 60_000,
      happens: ({ town }) => town.clock.advance(61_000),
    },
    'the epoch is closed': {
      code: 'right/epoch-closed',
      happens: ({ town }) => void town.central.orders('epoch-closed', { epoch: '1' }),
    },
  };

  test.each(Object.entries(ends))('%s: its key is gone, and it is void once the counters agree', async (_, end) => {
    const asked = await askedBefore(end.forMs);
    const { town, next } = asked;
    await end.happens(asked);
    await town.until(() => town.central.of('command.failed').length === 1);
    expect(town.central.of('command.failed')[0]?.data.code).toBe(end.code);
    expect(town.central.of('lease.voided')).toEqual([]);
    expect([next.authority.leases(), next.authority.recognition.usable()]).toEqual([[], 0]);
    next.authority.printerCompared();
    next.leases.voidAllUnused('restart');
    await town.until(() => town.central.of('lease.voided').length === 1);
    expect(town.central.leased()).toEqual([]);
    next.dies();
  });

  test('a higher term is not entered before, and what is acknowledged in it is not believed', async () => {
    const { town, next } = await askedBefore();
    const before = next.journal.acked();
    town.central.term = 2;
    town.central.sayPresent();
    town.central.orders('epoch-closed', { epoch: '7' });
    await town.until(() => town.central.of('command.done').length === 1);
    expect(town.disk.writes).not.toContain('term.entered');
    expect(next.journal.acked()).toEqual(before);
    next.authority.printerCompared();
    next.leases.voidAllUnused('restart');
    await town.until(() => next.journal.acked().term === 2);
    expect(town.disk.writes).toContain('term.entered');
    next.dies();
  });
});
