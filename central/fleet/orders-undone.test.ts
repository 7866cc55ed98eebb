import { beforeEach, describe, expect, test } from 'vitest';
import { changeCommands, createCommand } from '#central/commands/commands.ts';
import { type Closing, openClosing } from '#central/epochs/test-closing.ts';
import { seededRandom } from '#kit/random.ts';
import { actionsNow } from './actions.ts';
import { endedAs, loaded, presented, printedUpTo } from './test-office.ts';

const kiosk = 'SU1-A';
const visit = 'SU1-0001-1';
const hour = 3_600_000;
const random = seededRandom('orders');
let office: Closing;
let lease: ReturnType<Closing['grants']>;
beforeEach(async () => {
  office = openClosing();
  for (const id of [kiosk, 'KLD-A']) {
    await office.registers(id);
    office.tells(id, loaded(50, 'BA-0001'));
  }
  lease = office.grants(kiosk, 'rani');
  return () => office[Symbol.dispose]();
});

function orders(kind: string, args: Record<string, string>, lastsMs = hour): string {
  const nowMs = office.clock.wallMs();
  const order = { kiosk, kind, args, expiresMs: nowMs + lastsMs, orderedBy: ['OP-DEWI'] };
  return office.store.write('order', (db) => createCommand(db, random, nowMs, order));
}
const aboutLease = (kind: string, lastsMs?: number) => orders(kind, { leaseId: lease.leaseId }, lastsMs);
const fails = (cmdId: string, kind: string) =>
  office.tells(kiosk, { type: 'command.failed', data: { cmdId, kind, code: 'right/not-usable' } });
/** Its snapshot came in: what is too late for it is marked as expired then. */
const isHeardOf = () => office.store.write('heard', (db) => changeCommands(db, kiosk, office.clock.wallMs()));
const lines = () =>
  office.store.read((db) => actionsNow(db, [], office.clock.wallMs())).filter(({ what }) => what.endsWith('-undone'));
const told = () => lines().map(({ what, count }) => `${what} ${count}`);

describe('an order that came to nothing while its lease is out', () => {
  test('to revoke is urgent and due at once, from the moment at which it expired', async () => {
    aboutLease('revoke-lease');
    const expiredMs = office.clock.wallMs() + hour;
    await office.clock.advance(hour - 1);
    expect(lines()).toEqual([]);
    await office.clock.advance(2);
    expect(lines()).toMatchObject([
      { what: 'revoke-undone', kiosk, owner: 'central', severity: 'urgent', sinceMs: expiredMs, dueMs: expiredMs },
    ]);
    expect(office.store.read((db) => actionsNow(db, [], office.clock.wallMs()))[0]?.what).toBe('revoke-undone');
  });

  test('is told whether or not the kiosk was heard of again, and once', async () => {
    aboutLease('revoke-lease');
    await office.clock.advance(2 * hour);
    isHeardOf();
    expect(told()).toEqual(['revoke-undone 1']);
  });

  test('to surrender has a day more, from the moment at which the kiosk refused it', async () => {
    const cmdId = aboutLease('surrender-lease', 72 * hour);
    await office.clock.advance(hour);
    fails(cmdId, 'surrender-lease');
    const failedMs = office.clock.wallMs();
    const wanted = { what: 'surrender-undone', severity: 'warning', sinceMs: failedMs, dueMs: failedMs + 24 * hour };
    expect(lines()).toMatchObject([wanted]);
  });

  test('to stop for good counts while a right of that epoch is out', async () => {
    office.closes(kiosk);
    expect(told()).toEqual([]);
    await office.clock.advance(366 * 24 * hour);
    expect(told()).toEqual(['closing-undone 1']);
    office.counts(kiosk, { hopper: 50 });
    office.decides(lease.rightId, 'lost');
    expect(told()).toEqual([]);
  });

  test('to revoke stays where only a surrender is on its way', async () => {
    aboutLease('revoke-lease');
    await office.clock.advance(2 * hour);
    aboutLease('surrender-lease', 72 * hour);
    expect(told()).toEqual(['revoke-undone 1']);
  });
});

describe('nothing is left to do', () => {
  test.each(['take-lease', 'renew-lease'])('about a %s: what it asks for is no danger', async (kind) => {
    aboutLease(kind);
    await office.clock.advance(2 * hour);
    expect(told()).toEqual([]);
  });

  test.each(['voided', 'issued'])('where the lease was %s meanwhile', async (end) => {
    aboutLease('revoke-lease');
    await office.clock.advance(2 * hour);
    expect(told()).toEqual(['revoke-undone 1']);
    const { leaseId, rightId, reqId } = lease;
    if (end === 'voided')
      office.tells(kiosk, { type: 'lease.voided', data: { leaseId, rightId, reqId, reason: 'surrendered' } });
    else office.tells(kiosk, ...printedUpTo(lease, visit), presented(lease, visit), ...endedAs(lease, visit, 'issued'));
    expect(told()).toEqual([]);
  });

  test('where the same was ordered again and is on its way; until that comes to nothing too', async () => {
    aboutLease('revoke-lease');
    await office.clock.advance(2 * hour);
    const again = aboutLease('revoke-lease', 72 * hour);
    expect(told()).toEqual([]);
    fails(again, 'revoke-lease');
    expect(told()).toEqual(['revoke-undone 1']);
  });

  test('about a surrender where a revocation is on its way', async () => {
    aboutLease('surrender-lease');
    await office.clock.advance(2 * hour);
    expect(told()).toEqual(['surrender-undone 1']);
    aboutLease('revoke-lease', 72 * hour);
    expect(told()).toEqual([]);
  });

  test('where the epoch was closed: its rights are on the list as fenced', async () => {
    aboutLease('revoke-lease');
    await office.clock.advance(2 * hour);
    isHeardOf();
    office.closes(kiosk);
    expect(told()).toEqual([]);
  });
});
