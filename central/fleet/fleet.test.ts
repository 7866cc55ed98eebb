import { describe, expect, test } from 'vitest';
import { actionsNow } from './actions.ts';
import { rowBefore } from './entry-line.ts';
import { jobOf, recentJobs, timelineOf } from './jobs.ts';
import { kiosksNow, ownBooks } from './kiosks.ts';
import { oddities } from './oddities.ts';
import { overview } from './overview.ts';
import { checkStock, movementsOf, stockOf } from './stock.ts';
import {
  device,
  endedAs,
  loaded,
  openTestOffice,
  presented,
  printedUpTo,
  type TestOffice,
  visitEnded,
} from './test-office.ts';
import { visitsEnded } from './visits.ts';

const morning = 1_795_138_200_000; // 20 November 2026, 08:30 WIB
const minute = 60_000;

function issuesOneCard(office: TestOffice, kiosk: string, visitNo: string, person: string) {
  const lease = office.grants(kiosk, person);
  office.tells(
    kiosk,
    ...printedUpTo(lease, visitNo),
    presented(lease, visitNo),
    ...endedAs(lease, visitNo, 'issued'),
    visitEnded(visitNo, 'issued', null, lease.rightId),
  );
  return lease;
}

describe('a kiosk on the morning page', () => {
  test('that was never heard of is grey, not well', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    const [kiosk] = office.store.read((db) => kiosksNow(db, morning));
    expect(kiosk).toMatchObject({ link: 'unheard', lastWordMs: null, backlog: null, service: null, lastEntry: null });
  });

  test('that spoke shows link, service, devices, stock and backlog apart from each other', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.tells('SU1-A', loaded(50, 'BA-0007'), device('camera', 'trouble', 'camera/stalled'));
    await office.clock.advance(3 * minute);
    const devices = {
      camera: { state: 'trouble' as const, code: 'camera/stalled' },
      panel: { state: 'ready' as const, code: null },
    };
    office.says('SU1-A', {
      head: { seq: 9, hash: 'x'.repeat(43) },
      service: { mode: 'full', reason: null },
      devices,
      ribbonPrintsLeft: 90,
    });
    const [kiosk] = office.store.read((db) => kiosksNow(db, morning));
    expect(kiosk).toMatchObject({
      link: 'connected',
      lastWordMs: morning + 3 * minute,
      lastEntry: { atMs: morning, receivedMs: morning },
      committedSeq: 2,
      backlog: 7,
      service: { mode: 'full' },
      ribbonPrintsLeft: 90,
    });
    expect(kiosk?.devices).toEqual([
      { device: 'camera', state: 'trouble', code: 'camera/stalled', sinceMs: morning },
      { device: 'panel', state: 'ready', code: null, sinceMs: null },
    ]);
  });

  test('whose snapshot is older than this central is unheard: its link may have died meanwhile', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.says('SU1-A', { service: { mode: 'full', reason: null } });
    const centralBegan = morning + minute;
    const page = office.store.read((db) => overview(db, centralBegan, centralBegan));
    expect(page.kiosks[0]?.link).toBe('unheard');
    expect(page.serving).toBe(0);
  });

  test('that left its last will is gone', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.says('SU1-A', { online: false, service: { mode: 'full', reason: null } });
    expect(office.store.read((db) => overview(db, morning, morning))).toMatchObject({
      serving: 0,
      kiosks: [{ link: 'gone' }],
    });
  });
});

describe('blanks', () => {
  test('are counted by account, as of the last movement, and their sum never changes', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.tells('SU1-A', loaded(50, 'BA-0007'));
    await office.clock.advance(minute);
    issuesOneCard(office, 'SU1-A', 'SU1-0001-1', 'siti');
    const spoiled = office.grants('SU1-A', 'budi');
    office.tells('SU1-A', ...printedUpTo(spoiled, 'SU1-0002-0'), ...endedAs(spoiled, 'SU1-0002-0', 'spoiled'));
    const stock = office.store.read((db) => stockOf(db, 'SU1-A'));
    expect(stock).toEqual({
      accounts: [
        { account: 'kecamatan-safe', count: -50 },
        { account: 'hopper', count: 48 },
        { account: 'in-process', count: 0 },
        { account: 'issued', count: 1 },
        { account: 'spoiled', count: 1 },
      ],
      asOfMs: morning + minute,
      sum: 0,
    });
  });

  test('agree with a replay of the journal and with the kiosk’s own books, once all of them have come in', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.tells('SU1-A', loaded(50, 'BA-0007'));
    const check = () => office.store.read((db) => checkStock(db, 'SU1-A', ownBooks(db, 'SU1-A')));
    expect(check()).toEqual({ sums: true, replays: true, kiosk: 'cannot-say' });
    office.says('SU1-A', { blanko: { hopper: 50, 'kecamatan-safe': -50, issued: 0 } });
    expect(check().kiosk).toBe('agrees');
    office.says('SU1-A', { blanko: { hopper: 49, 'kecamatan-safe': -50 } });
    expect(check().kiosk).toBe('differs');
    office.says('SU1-A', { blanko: { hopper: 40 }, head: { seq: 5, hash: 'x'.repeat(43) } });
    expect(check().kiosk).toBe('cannot-say');
  });

  test('that somebody changed behind the journal’s back do not pass', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.tells('SU1-A', loaded(50, 'BA-0007'));
    office.store.write('a thief', (db) => db.prepare("UPDATE stock SET count = 45 WHERE account = 'hopper'").run());
    const check = office.store.read((db) => checkStock(db, 'SU1-A', null));
    expect(check).toEqual({ sums: false, replays: false, kiosk: 'cannot-say' });
    const page = office.store.read((db) => overview(db, morning, morning));
    expect(page.actions).toContainEqual(expect.objectContaining({ what: 'books', kiosk: 'SU1-A', severity: 'urgent' }));
  });

  test('show their last movements with the document, newest first', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.tells('SU1-A', loaded(50, 'BA-0007'), loaded(20, 'BA-0008'), device('camera', 'ready'));
    const movements = office.store.read((db) => movementsOf(db, 'SU1-A', 5));
    expect(movements.map(({ data }) => data.evidence)).toEqual(['BA-0008', 'BA-0007']);
  });

  test('of a kiosk that was silent for a day are left out of the sum, and that is said', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    await office.registers('KLD-A', 'Kalidoni');
    office.tells('SU1-A', loaded(50, 'BA-0007'));
    await office.clock.advance(25 * 60 * minute);
    office.tells('KLD-A', loaded(30, 'BA-0001'));
    const page = office.store.read((db) => overview(db, office.clock.wallMs(), morning));
    expect(page.hopper).toEqual({ count: 30, leftOut: 1 });
  });
});

describe('print jobs', () => {
  test('are attempts with a phase, an outcome and a reason, newest first', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.tells('SU1-A', loaded(50, 'BA-0007'));
    const first = issuesOneCard(office, 'SU1-A', 'SU1-0001-1', 'siti');
    await office.clock.advance(5 * minute);
    const second = office.grants('SU1-A', 'budi');
    office.tells('SU1-A', ...printedUpTo(second, 'SU1-0002-0'));
    const jobs = office.store.read((db) => recentJobs(db, { limit: 10 }));
    expect(jobs).toMatchObject([
      { subject: `${second.leaseId}/1`, visitNo: 'SU1-0002-0', phase: 'print.printed', outcome: null, endedMs: null },
      {
        subject: `${first.leaseId}/1`,
        visitNo: 'SU1-0001-1',
        phase: 'print.outcome',
        outcome: 'issued',
        place: 'hand',
      },
    ]);
    expect(office.store.read((db) => recentJobs(db, { kiosk: 'KLD-A', limit: 10 }))).toEqual([]);
    expect(office.store.read((db) => jobOf(db, 'nothing/1'))).toBeNull();
  });

  test('tell their whole story: lease, four entries, the blank, the end of the visit', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.tells('SU1-A', loaded(50, 'BA-0007'));
    const lease = issuesOneCard(office, 'SU1-A', 'SU1-0001-1', 'siti');
    issuesOneCard(office, 'SU1-A', 'SU1-0002-0', 'budi');
    const lines = office.store.read((db) => timelineOf(db, `${lease.leaseId}/1`));
    expect(lines.map(({ type }) => type)).toEqual([
      'lease.received',
      'print.intended',
      'blanko.moved',
      'print.inking',
      'print.printed',
      'print.presenting',
      'print.outcome',
      'blanko.moved',
      'visit.ended',
    ]);
  });

  test('of a spoiled card and its second attempt tell both in one story', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.tells('SU1-A', loaded(50, 'BA-0007'));
    const lease = office.grants('SU1-A', 'siti');
    const visit = 'SU1-0001-1';
    office.tells(
      'SU1-A',
      ...printedUpTo(lease, visit),
      ...endedAs(lease, visit, 'spoiled'),
      ...printedUpTo(lease, visit, 2),
    );
    const lines = office.store.read((db) => timelineOf(db, `${lease.leaseId}/2`));
    expect(lines.filter(({ type }) => type === 'print.intended').map(({ data }) => data.attempt)).toEqual([1, 2]);
  });
});

describe('what needs a person', () => {
  test('is listed by the problem table: owner and time, the overdue first', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.tells(
      'SU1-A',
      device('receipt-printer', 'trouble', 'receipt-printer/paper-out'),
      device('card-printer', 'trouble', 'card-printer/jam'),
    );
    await office.clock.advance(5 * 60 * minute); // paper is due within 4 hours, a jam within 24
    const trouble = (code: string) => ({ state: 'trouble' as const, code });
    office.says('SU1-A', {
      devices: { 'card-printer': trouble('card-printer/jam'), 'receipt-printer': trouble('receipt-printer/paper-out') },
      service: { mode: 'status-only', reason: 'card-printer/jam' },
    });
    const actions = office.store.read((db) => actionsNow(db, kiosksNow(db, morning), office.clock.wallMs()));
    expect(actions).toMatchObject([
      { what: 'device', code: 'receipt-printer/paper-out', owner: 'operator', dueMs: morning + 4 * 60 * minute },
      { what: 'device', code: 'card-printer/jam', owner: 'operator', dueMs: morning + 24 * 60 * minute },
    ]);
  });

  test('includes kiosks that fell silent, cards in doubt or kept, and leases that wait', async () => {
    using office = openTestOffice(morning);
    for (const kiosk of ['SU1-A', 'KLD-A']) await office.registers(kiosk);
    office.tells('SU1-A', loaded(50, 'BA-0007'));
    const doubtful = office.grants('SU1-A', 'siti');
    office.tells('SU1-A', ...printedUpTo(doubtful, 'SU1-0001-1'), ...endedAs(doubtful, 'SU1-0001-1', 'in-doubt'));
    const kept = office.grants('SU1-A', 'budi');
    office.tells('SU1-A', ...printedUpTo(kept, 'SU1-0002-0'), ...endedAs(kept, 'SU1-0002-0', 'retained'));
    office.grants('SU1-A', 'ani');
    await office.clock.advance(61 * minute);
    office.says('SU1-A');
    const actions = office.store.read((db) => actionsNow(db, kiosksNow(db, morning), office.clock.wallMs()));
    expect(actions.map(({ what, kiosk }) => `${what} ${kiosk}`).sort()).toEqual([
      'held SU1-A',
      'in-doubt SU1-A',
      'lease-waits SU1-A',
      'silent KLD-A',
    ]);
    expect(actions[0]?.what).toBe('in-doubt');
  });

  test('a cabinet in order needs nobody', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.says('SU1-A', {
      service: { mode: 'full', reason: null },
      devices: { camera: { state: 'ready', code: null } },
    });
    expect(office.store.read((db) => overview(db, morning, morning))).toMatchObject({ actions: [], serving: 1 });
  });
});

describe('what did not fit', () => {
  test('is listed with its kiosk and entry, never with its text', async () => {
    using office = openTestOffice(morning);
    await office.registers('SU1-A');
    office.tellsText('SU1-A', 'SITI NURHALIZAH 1671024101990000', '{"type":"print.inking","data":{}}');
    office.forks('SU1-A');
    const list = office.store.read((db) => oddities(db, 10));
    expect(list).toHaveLength(3);
    expect(list.find(({ kind }) => kind === 'fork')).toMatchObject({ kiosk: 'SU1-A', seq: 1 });
    expect(JSON.stringify(list)).not.toMatch(/SITI|1671/);
  });
});

test('visits are counted on the day they ended, in western Indonesia', async () => {
  const nearMidnight = 1_795_193_940_000; // 20 November 2026, 23:59 WIB
  using office = openTestOffice(nearMidnight);
  await office.registers('SU1-A');
  office.tells(
    'SU1-A',
    visitEnded('SU1-0001-1', 'not-yet', 'record/at-centre'),
    visitEnded('SU1-0002-0', 'not-yet', 'record/at-centre'),
    visitEnded('SU1-0003-8', 'issued'),
  );
  await office.clock.advance(2 * minute);
  office.tells('SU1-A', visitEnded('SU1-0004-6', 'referred', 'class/lost'));
  expect(office.store.read((db) => visitsEnded(db, nearMidnight))).toEqual([
    { outcome: 'not-yet', code: 'record/at-centre', count: 2 },
    { outcome: 'issued', code: null, count: 1 },
  ]);
  expect(office.store.read((db) => visitsEnded(db, nearMidnight + 2 * minute))).toEqual([
    { outcome: 'referred', code: 'class/lost', count: 1 },
  ]);
});

test('a visit of yesterday that comes in today counts for yesterday, and today’s are found behind thousands', async () => {
  using office = openTestOffice(morning);
  await office.registers('SU1-A');
  const told = (visitNo: string, wallMs: number) =>
    JSON.stringify({ ...visitEnded(visitNo, 'issued'), at: { wallMs, boot: 'b', upMs: 1 } });
  for (let hour = 0; hour < 40; hour += 1) {
    office.tells('SU1-A', ...Array.from({ length: 50 }, () => device('camera', 'ready')));
    await office.clock.advance(60 * minute);
  }
  const today = office.clock.wallMs();
  const yesterday = today - 24 * 60 * minute;
  office.tellsText('SU1-A', told('SU1-0001-1', yesterday), told('SU1-0002-0', today));
  for (const day of [yesterday, today])
    expect(office.store.read((db) => visitsEnded(db, day))).toEqual([{ outcome: 'issued', code: null, count: 1 }]);
  const rows = office.store.read((db) => db.prepare('SELECT received_ms AS ms FROM entry').all()) as { ms: number }[];
  for (const since of [morning, morning + 1, morning + 60 * minute, today, today + 1])
    expect(office.store.read((db) => rowBefore(db, since))).toBe(rows.filter(({ ms }) => ms < since).length);
});
