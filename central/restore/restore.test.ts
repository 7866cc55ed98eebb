import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ensureRight, openGeneration } from '#central/rights/open-right.ts';
import { backUp } from './back-up.ts';
import { nextEpoch } from './next-epoch.ts';
import { type RestoreOrder, restoreOffice } from './restore.ts';
import { awaited } from './restoring.ts';
import { databaseName, restoreMark } from './term.ts';
import { openTestPlace } from './test-place.ts';

/** Two kiosks, and a backup of yesterday that knows only of Rani's card. */
function office() {
  const place = openTestPlace();
  const [a, b] = [place.registers('SU1-A'), place.registers('SU1-B')];
  const rani = place.receives(a, 'rani');
  place.replays(a);
  const backup = join(place.folder, 'yesterday.db');
  backUp(place.life().store, backup);
  const restores = (changed: Partial<RestoreOrder> = {}) => {
    place.closes();
    const { folder, grantsLogPath, clock } = place;
    const by = ['op-1', 'op-2'];
    return restoreOffice({ folder, backup, grantsLogPath, by, reason: 'the disk died', clock, ...changed });
  };
  return { ...place, a, b, rani, backup, restores };
}
const refusal = { ok: false, code: 'central/restoring' };

describe('a backup', () => {
  test('is made while the office runs: whole, its owner’s alone, and never over another', () => {
    const { life, backup, asks, b } = office();
    expect(statSync(backup).mode & 0o077).toBe(0);
    expect(readdirSync(join(backup, '..')).filter((name) => name.includes('unfinished'))).toEqual([]);
    expect(() => backUp(life().store, backup)).toThrow('there already');
    expect(() => backUp(life().store, '/nowhere/today.db')).toThrow('ENOENT');
    expect(asks(b, 'amin').ok).toBe(true);
  });
});

describe('a restore with its log', () => {
  test('begins a new term, keeps the old database aside, and knows every grant since the backup', () => {
    const { receives, b, restores, rightOf, term, folder } = office();
    const amin = receives(b, 'amin');
    const old = readFileSync(join(folder, databaseName));
    const report = restores();
    expect(report).toMatchObject({ term: 2, way: 'log', applied: 1 });
    expect(readFileSync(report.aside ?? '')).toHaveLength(old.length);
    expect(term()).toBe(2);
    expect(rightOf('amin')).toMatchObject({ state: 'leased', kiosk: 'SU1-B', epoch: 1, lease_id: amin.leaseId });
    expect(rightOf('rani')).toMatchObject({ state: 'leased', kiosk: 'SU1-A' });
  });

  test('grants at once, but nothing that a kiosk holds; what ended is told by the kiosks', () => {
    const { receives, a, b, restores, asks, voids, prints, replays, rightOf, writes } = office();
    const amin = receives(b, 'amin');
    const dewi = receives(b, 'dewi');
    voids(b, dewi);
    prints(b, amin);
    writes(b, 'print.outcome', { ...amin, outcome: 'issued', reason: 'done', place: 'hand' }, `${amin.leaseId}/1`);
    restores();
    expect(asks(a, 'amin')).toMatchObject({ code: 'right/at-other-kiosk' });
    expect(asks(a, 'dewi')).toMatchObject({ code: 'right/at-other-kiosk' });
    expect(asks(a, 'tono').ok).toBe(true);
    replays(b);
    expect(rightOf('amin')?.state).toBe('issued');
    expect(asks(a, 'dewi').ok).toBe(true);
  });

  test('the last of several grants of one right counts, whatever the earlier holders still tell', () => {
    const { receives, a, b, voids, replays, restores, rightOf, prints, liveLeases } = office();
    const first = receives(b, 'amin');
    voids(b, first);
    replays(b);
    const second = receives(a, 'amin');
    restores();
    prints(a, second);
    replays(b);
    replays(a);
    expect(rightOf('amin')).toMatchObject({ state: 'presenting', kiosk: 'SU1-A', lease_id: second.leaseId });
    expect(liveLeases()).toHaveLength(2);
  });

  test('a question that was answered before is answered alike, and a void of it still frees', () => {
    const { asks, b, restores, writes, replays, rightOf } = office();
    const before = asks(b, 'amin', 'req-x');
    restores();
    expect(asks(b, 'amin', 'req-x')).toEqual(before);
    writes(b, 'lease.voided', { reqId: 'req-x', rightId: rightOf('amin')?.right_id, reason: 'new-term' });
    replays(b);
    expect(rightOf('amin')?.state).toBe('usable');
    expect(asks(b, 'amin', 'req-x')).toMatchObject({ code: 'right/not-usable' });
  });

  test('an epoch that was closed since stays closed, what it held is fenced, and a kiosk registered since is known', () => {
    const { registers, receives, asks, restores, rightOf, a, life, backup } = office();
    life().store.write('refill', (db) => db.prepare("INSERT INTO stock VALUES ('SU1-A', 'hopper', 40)").run());
    backUp(life().store, `${backup}.later`);
    const newer = registers('SU1-A', 2);
    const third = registers('SU1-C');
    const amin = receives(third, 'amin');
    restores({ backup: `${backup}.later` });
    const books = 'SELECT kiosk, account, count FROM stock WHERE count <> 0';
    expect(life().store.read((db) => db.prepare(books).all())).toEqual([
      { kiosk: 'SU1-A', account: 'unexplained', count: 40 },
    ]);
    expect(asks(a, 'tono')).toMatchObject({ code: 'right/epoch-closed' });
    expect(rightOf('rani')).toMatchObject({ state: 'fenced', kiosk: 'SU1-A', epoch: 1 });
    expect(asks(newer, 'tono').ok).toBe(true);
    expect(rightOf('amin')?.lease_id).toBe(amin.leaseId);
  });

  test('a second card of a person finds the first one over', () => {
    const { receives, life, b, restores, rightOf, clock, replays, prints, writes } = office();
    const amin = receives(b, 'amin');
    prints(b, amin);
    writes(b, 'print.outcome', { ...amin, outcome: 'issued', reason: 'done', place: 'hand' }, `${amin.leaseId}/1`);
    replays(b);
    life().store.write('generation', (db) => openGeneration(db, 'amin', 2, clock.wallMs()));
    const second = receives(b, 'amin');
    restores();
    expect(rightOf('amin')?.state).toBe('closed');
    expect(rightOf('amin', 2)).toMatchObject({ state: 'leased', lease_id: second.leaseId });
    expect(life().store.write('again', (db) => ensureRight(db, 'amin', 1))).toMatchObject({ generation: 2 });
  });

  test('a torn last line was never answered: it is no reason to wait', () => {
    const { receives, b, restores, grantsLogPath } = office();
    receives(b, 'amin');
    const text = readFileSync(grantsLogPath, 'utf8');
    writeFileSync(grantsLogPath, `${text}${text.split('\n').at(-2)?.slice(0, 100)}`);
    expect(restores()).toMatchObject({ way: 'log', applied: 1 });
  });

  test('who did it and why is kept, without the number of a citizen that slipped in', () => {
    const { restores, life } = office();
    restores({ reason: 'the disk with 1671020101990000 on it died' });
    const row = life().store.read((db) => db.prepare('SELECT restored_by, reason FROM restore').get());
    expect(row).toEqual({ restored_by: '["op-1","op-2"]', reason: 'the disk with … on it died' });
  });

  test('each restore is a term of its own, of whatever backup', () => {
    const { restores, asks, b, life } = office();
    expect([restores().term, restores().term]).toEqual([2, 3]);
    life();
    expect(asks(b, 'amin').ok).toBe(true);
    expect(restores()).toMatchObject({ term: 4, way: 'log' });
  });
});

describe('a restore whose log is lost or damaged', () => {
  const loses = (place: ReturnType<typeof office>) => {
    place.closes();
    rmSync(place.grantsLogPath);
  };

  test.each<[string, (path: string) => void]>([
    ['is gone', (path) => rmSync(path)],
    [
      'has a damaged line in the middle',
      (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('"req-1"', '"req-9"')),
    ],
    [
      'lost its end',
      (path) => writeFileSync(path, readFileSync(path, 'utf8').split('\n').slice(0, 2).join('\n').concat('\n')),
    ],
    ['began anew on an empty medium', (path) => writeFileSync(path, '')],
  ])('is refused where the log %s, unless two people say that it is lost', (_, spoil) => {
    const place = office();
    place.receives(place.b, 'amin');
    place.receives(place.b, 'dewi');
    place.closes();
    spoil(place.grantsLogPath);
    expect(() => place.restores()).toThrow('--log-lost');
    expect(place.term()).toBe(1);
    expect(place.restores({ logLost: true })).toMatchObject({ way: 'kiosks', term: 2 });
    expect(place.asks(place.a, 'tono')).toMatchObject(refusal);
  });

  test('grants nothing until every kiosk has named its head in the new term and central has it', () => {
    const place = office();
    const { receives, a, b, restores, asks, lists, replays, life } = place;
    receives(b, 'amin');
    loses(place);
    restores({ logLost: true });
    expect(life().store.read(awaited)).toEqual(['SU1-A', 'SU1-B']);
    lists(a);
    lists(b, { term: 1 }); // knows only the old term: an answer of the earlier central may still be on its way
    replays(b);
    expect(asks(a, 'tono')).toMatchObject(refusal);
    lists(b);
    expect(life().store.read(awaited)).toEqual([]);
    expect(asks(a, 'tono').ok).toBe(true);
  });

  test('a head that central does not have yet counts for nothing, nor does one of another history', () => {
    const place = office();
    const { receives, a, b, restores, asks, lists, replays } = place;
    receives(b, 'amin');
    receives(b, 'dewi');
    loses(place);
    restores({ logLost: true });
    lists(a);
    lists(b);
    replays(b, 1);
    expect(asks(a, 'tono')).toMatchObject(refusal);
    replays(b);
    expect(asks(a, 'tono').ok).toBe(true);
  });

  test('what the kiosks told is then who holds what, in whatever order they came', () => {
    for (const order of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const place = office();
      const { receives, a, b, voids, prints, restores, lists, replays, asks, rightOf } = place;
      const first = receives(b, 'amin');
      voids(b, first);
      replays(b);
      const second = receives(a, 'amin');
      prints(a, second);
      const dewi = receives(b, 'dewi');
      loses(place);
      restores({ logLost: true });
      const kiosks = { a, b };
      for (const name of order) replays(kiosks[name], name === 'b' ? 1 : undefined); // cut in the middle
      for (const name of order) lists(kiosks[name]);
      replays(b);
      expect(asks(b, 'dewi')).toMatchObject({ code: 'right/not-usable' });
      expect(rightOf('amin')).toMatchObject({ state: 'presenting', kiosk: 'SU1-A', lease_id: second.leaseId });
      expect(rightOf('dewi')).toMatchObject({ state: 'leased', kiosk: 'SU1-B', lease_id: dewi.leaseId });
      expect(asks(b, 'amin')).toMatchObject({ code: 'right/at-other-kiosk' });
    }
  });

  test('a kiosk that is closed is waited for no more, and numbers of epochs that nobody knows are left out', () => {
    const place = office();
    const { a, restores, lists, asks, life } = place;
    loses(place);
    restores({ logLost: true });
    lists(a);
    expect(asks(a, 'tono')).toMatchObject(refusal);
    place.clock.jumpWall(1_000);
    life().store.write('closed', (db) => db.prepare("UPDATE epoch SET closed_ms = 2 WHERE kiosk = 'SU1-B'").run());
    expect(asks(a, 'tono').ok).toBe(true);
    expect(life().store.read((db) => nextEpoch(db, 'SU1-B'))).toBe(102);
  });

  test('an older backup put in place afterwards does not pass for complete', () => {
    const place = office();
    loses(place);
    place.restores({ logLost: true });
    place.life();
    expect(() => place.restores()).toThrow('--log-lost');
  });

  test('a backup that was made while it waited waits again', () => {
    const place = office();
    loses(place);
    place.restores({ logLost: true });
    const backup = join(place.folder, 'today.db');
    backUp(place.life().store, backup);
    expect(() => place.restores({ backup })).toThrow('--log-lost');
    place.restores({ backup, logLost: true });
    expect(place.asks(place.a, 'tono')).toMatchObject(refusal);
    for (const kiosk of [place.a, place.b]) place.lists(kiosk);
    expect(place.asks(place.a, 'tono').ok).toBe(true);
  });
});

describe('nothing is changed', () => {
  test.each<[string, Partial<RestoreOrder>, string]>([
    ['by one person', { by: ['op-1'] }, 'two operators'],
    ['by one person twice', { by: ['op-1', 'op-1'] }, 'both of two'],
    ['by one person in two spellings', { by: ['op-1', 'OP-1'] }, 'both of two'],
    ['by somebody without an id', { by: ['op-1', 'budi santoso'] }, 'not an operator id'],
    ['without a reason', { reason: ' ' }, 'say why'],
    ['from a backup that is not there', { backup: '/nowhere/backup.db' }, 'not there'],
  ])('%s', (_, changed, words) => {
    const { restores, asks, b, term } = office();
    expect(() => restores(changed)).toThrow(words);
    expect([asks(b, 'amin').ok, term()]).toEqual([true, 1]);
  });

  test('from a file that is no database, is torn, or belongs to no office', () => {
    const { restores, asks, b, term, folder, backup } = office();
    const bad = join(folder, 'bad.db');
    for (const bytes of ['no database at all', readFileSync(backup).subarray(0, 20_000), '']) {
      writeFileSync(bad, bytes);
      expect(() => restores({ backup: bad })).toThrow();
      expect(term()).toBe(1);
    }
    expect(asks(b, 'amin').ok).toBe(true);
  });

  test('while the office runs', () => {
    const { folder, backup, grantsLogPath, clock, life } = office();
    life();
    const order = { folder, backup, grantsLogPath, clock, by: ['op-1', 'op-2'], reason: 'the disk died' };
    expect(() => restoreOffice(order)).toThrow('in use');
  });
});

describe('the folder', () => {
  test('is not opened in the middle of a restore; it is run again', () => {
    const { restores, closes, life, folder, backup, asks, b } = office();
    restores();
    closes();
    writeFileSync(join(folder, restoreMark), '{}');
    rmSync(join(folder, databaseName));
    expect(life).toThrow('cut short');
    expect(restores({ backup }).aside).toBeNull();
    expect(asks(b, 'amin').ok).toBe(true);
  });

  test('is not opened as an empty office where there was one', () => {
    const { closes, life, folder } = office();
    closes();
    rmSync(join(folder, databaseName));
    expect(life).toThrow('is gone');
  });

  test('takes no backup that was copied over by hand: of an older term, or older than the log', () => {
    const { receives, b, restores, closes, life, folder, backup, term } = office();
    receives(b, 'amin');
    receives(b, 'dewi');
    closes();
    copyFileSync(backup, join(folder, databaseName));
    expect(life).toThrow('central restore');
    restores();
    expect(term()).toBe(2);
    closes();
    copyFileSync(backup, join(folder, databaseName));
    expect(life).toThrow('term 2 has begun');
  });

  test('keeps a damaged database aside as it is, log and all', () => {
    const { restores, closes, folder, term } = office();
    closes();
    const path = join(folder, databaseName);
    writeFileSync(path, 'the disk gave back something else');
    writeFileSync(`${path}-wal`, 'and what was on its way there: '.repeat(9));
    const { aside } = restores();
    expect(readFileSync(`${aside}-wal`, 'utf8')).toContain('on its way');
    expect(readFileSync(aside ?? '', 'utf8')).toBe('the disk gave back something else');
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(term()).toBe(2);
  });
});
