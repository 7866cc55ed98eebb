import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import {
  type Db,
  migrationsIn,
  openFileStore,
  openMemoryStore,
  type Store,
  StoreBroken,
  type StoreFault,
  StoreInUse,
} from './store.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'anjungan-store-'));
const migrations = [{ name: '0001-fact.sql', sql: 'CREATE TABLE fact (n INTEGER PRIMARY KEY) STRICT' }];
const put = (n: number) => (db: Db) => db.prepare('INSERT INTO fact VALUES (?)').run(n);
const facts = (store: Store) =>
  (store.read((db) => db.prepare('SELECT n FROM fact ORDER BY n').all()) as { n: number }[]).map(({ n }) => n);

describe('a file', () => {
  test('is written ahead, synchronised in full, and what was written is there in the next life', () => {
    const path = join(folder(), 'kiosk.db');
    const store = openFileStore(path, { migrations });
    const pragma = (name: string) =>
      Object.values(store.read((db) => db.prepare(`PRAGMA ${name}`).get()) as Record<string, unknown>)[0];
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('locking_mode')]).toEqual(['wal', 2, 'exclusive']);
    store.write('one', put(1));
    store.close();
    using again = openFileStore(path, { migrations });
    expect(facts(again)).toEqual([1]);
  });

  test('belongs to one process for its life: neither this one nor another opens it twice', () => {
    const path = join(folder(), 'kiosk.db');
    const store = openFileStore(path, { migrations });
    expect(() => openFileStore(path, { migrations })).toThrow(StoreInUse);
    const other = `const D = require('better-sqlite3'); const db = new D(${JSON.stringify(path)}, {timeout: 0});
      try { db.prepare('SELECT * FROM fact').all(); console.log('read it'); } catch (e) { console.log(e.code); }`;
    expect(execFileSync(process.execPath, ['-e', other], { encoding: 'utf8' }).trim()).toBe('SQLITE_BUSY');
    store.close();
    openFileStore(path, { migrations }).close();
  });

  test('that is none, or from a newer version, is refused', () => {
    const path = join(folder(), 'kiosk.db');
    writeFileSync(path, 'this is a letter, not a database, and it is long enough to have a header of its own');
    expect(() => openFileStore(path, { migrations })).toThrow();
    const newer = join(folder(), 'newer.db');
    openFileStore(newer, { migrations: [...migrations, { name: '0002.sql', sql: 'SELECT 1' }] }).close();
    expect(() => openFileStore(newer, { migrations })).toThrow(StoreBroken);
  });
});

describe('migrations', () => {
  test('run in order, each once, and one that ends in a remark is whole', () => {
    const path = join(folder(), 'kiosk.db');
    const second = { name: '0002.sql', sql: 'INSERT INTO fact VALUES (2); -- and no newline after this' };
    openFileStore(path, { migrations }).close();
    for (let life = 0; life < 2; life += 1) {
      using store = openFileStore(path, { migrations: [...migrations, second] });
      store.write('one', put(10 + life));
      expect(facts(store)).toEqual([2, 10, 11].slice(0, 2 + life));
    }
  });

  test('one that fails is named, and leaves the file as it was', () => {
    const path = join(folder(), 'kiosk.db');
    const bad = { name: '0002-bad.sql', sql: 'INSERT INTO fact VALUES (1); INSERT INTO nowhere VALUES (1);' };
    expect(() => openFileStore(path, { migrations: [...migrations, bad] })).toThrow('0002-bad.sql');
    using store = openFileStore(path, { migrations });
    expect(facts(store)).toEqual([]);
  });

  test('are read from a folder by their numbers', () => {
    const path = folder();
    for (const name of ['0010-b.sql', '0002-a.sql', 'README.md']) writeFileSync(join(path, name), `-- ${name}`);
    expect(migrationsIn(path).map(({ name }) => name)).toEqual(['0002-a.sql', '0010-b.sql']);
  });
});

describe('a write', () => {
  test('that throws leaves nothing, and the next one works', () => {
    using store = openMemoryStore({ migrations });
    const bad = () =>
      store.write('two', (db) => {
        put(1)(db);
        throw new Error('changed my mind');
      });
    expect(bad).toThrow('changed my mind');
    store.write('one', put(2));
    expect(facts(store)).toEqual([2]);
  });

  test('cannot wait: an async body is refused before it begins, a promise undoes what was done', () => {
    using store = openMemoryStore({ migrations });
    let begun = false;
    const async = async () => {
      begun = true;
    };
    expect(() => store.write('async', async as never)).toThrow(/cannot wait/);
    expect(begun).toBe(false);
    const promising = (db: Db) => {
      put(1)(db);
      return Promise.resolve();
    };
    expect(() => store.write('promise', promising as never)).toThrow(/cannot wait/);
    expect(facts(store)).toEqual([]);
  });

  test('inside a write is refused, and undoes both', () => {
    using store = openMemoryStore({ migrations });
    const nested = (db: Db) => {
      put(1)(db);
      store.write('inner', put(2));
    };
    expect(() => store.write('outer', nested)).toThrow(/transaction/);
    expect(facts(store)).toEqual([]);
  });

  test('is told by name once it is committed, and only then', () => {
    const told: string[] = [];
    using store = openMemoryStore({ migrations, onWrite: (name) => told.push(name) });
    store.write('one', put(1));
    expect(() => store.write('twice', put(1))).toThrow(/UNIQUE/);
    expect(told).toEqual(['one']);
  });
});

describe('a disk that fails', () => {
  /** Statements that fail as SQLite says it, at the moment that is asked for. */
  const failing = (code: string) => () => {
    throw new Database.SqliteError('disk I/O error', code);
  };
  const faults = [
    ['SQLITE_IOERR_FSYNC', 'failed'],
    ['SQLITE_READONLY', 'failed'],
    ['SQLITE_FULL', 'full'],
    ['SQLITE_CORRUPT', 'damaged'],
  ] as const;
  const broken = (fault: StoreFault) => expect.objectContaining({ name: 'StoreBroken', fault });

  test.each(faults)('%s in a write breaks the store for good: nothing is written or told any more', (code, fault) => {
    const told: StoreBroken[] = [];
    using store = openMemoryStore({ migrations, onBroken: (error) => told.push(error) });
    expect(() => store.write('one', failing(code))).toThrow(broken(fault));
    expect(() => store.write('two', put(2))).toThrow(broken(fault));
    expect(() => facts(store)).toThrow(broken(fault));
    expect(told, 'whoever ends the process hears of it once').toEqual([broken(fault)]);
  });

  test.each(faults)('%s in a read breaks it too', (code, fault) => {
    using store = openMemoryStore({ migrations });
    expect(() => store.read(failing(code))).toThrow(broken(fault));
    expect(() => store.write('one', put(1))).toThrow(broken(fault));
  });

  test('a read of its own inside a write tells the same fault, once', () => {
    const told: StoreBroken[] = [];
    using store = openMemoryStore({ migrations, onBroken: (error) => told.push(error) });
    expect(() => store.write('one', () => store.read(failing('SQLITE_IOERR_READ')))).toThrow(/^read: disk/);
    expect(told).toHaveLength(1);
  });

  test('a real one that is full breaks it too', () => {
    using store = openFileStore(join(folder(), 'kiosk.db'), { migrations });
    store.read((db) => db.prepare('PRAGMA max_page_count = 4').get());
    const fill = (db: Db) => {
      for (let n = 0; n < 20_000; n += 1) put(n)(db);
    };
    expect(() => store.write('much', fill)).toThrow(broken('full'));
    expect(() => store.write('little', put(1))).toThrow(StoreBroken);
  });

  test('a commit that fails is neither a write nor none: the store is broken, and says which write it was', () => {
    using store = openMemoryStore({
      migrations: [
        {
          name: '0001.sql',
          sql: `PRAGMA foreign_keys = ON; CREATE TABLE fact (n INTEGER PRIMARY KEY) STRICT;
            CREATE TABLE child (n INTEGER REFERENCES fact (n) DEFERRABLE INITIALLY DEFERRED) STRICT`,
        },
      ],
    });
    store.read((db) => db.prepare('PRAGMA foreign_keys').get());
    const orphan = (db: Db) => db.prepare('INSERT INTO child VALUES (7)').run();
    expect(() => store.write('orphan', orphan)).toThrow(/orphan: commit failed/);
    expect(() => store.write('one', put(1))).toThrow(StoreBroken);
  });
});

describe('room that was set aside', () => {
  const logBytes = (path: string) => statSync(`${path}-wal`).size;

  test('is there once for many writes, and what is written into it is there in the next life', () => {
    const path = join(folder(), 'kiosk.db');
    const store = openFileStore(path, { migrations });
    store.reserve(1_000_000);
    const long = logBytes(path);
    expect(long).toBeGreaterThan(1_000_000);
    for (let n = 0; n < 50; n += 1) {
      store.write('one', put(n));
      store.reserve(1_000_000);
    }
    expect(logBytes(path), 'no write and no second asking makes it longer').toBe(long);
    const after = killed(path);
    store.close();
    using next = openFileStore(after, { migrations });
    expect(facts(next)).toHaveLength(50);
  });
});

describe('a file that is not what was written', () => {
  const two = [...migrations, { name: '0002-other.sql', sql: 'CREATE TABLE other (n INTEGER) STRICT' }];
  /** A file whose last commits stand in its log only, as a SIGKILL leaves it. */
  function leftByKill(): string {
    const path = join(folder(), 'kiosk.db');
    using store = openFileStore(path, { migrations: two });
    for (const n of [0, 1, 2, 3]) store.write('one', put(n));
    return killed(path);
  }
  function change(path: string, work: (bytes: Buffer) => Buffer | undefined): void {
    const bytes = readFileSync(path);
    writeFileSync(path, work(bytes) ?? bytes);
  }
  const flip = (at: number) => (bytes: Buffer) => {
    bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at);
    return undefined;
  };
  const frame = (n: number) => 32 + n * 4_120;
  const bytesOf = (path: string) => [path, `${path}-wal`].map((one) => readFileSync(one).toString('base64'));

  test('unharmed, it opens with all that was committed', () => {
    using store = openFileStore(leftByKill(), { migrations: two });
    expect(facts(store)).toEqual([0, 1, 2, 3]);
  });

  test.each<[string, (path: string) => void]>([
    ['its name in the header is another', (path) => change(path, flip(3))],
    ['its header denies the log', (path) => change(path, flip(18))],
    ['it has lost its end, and the log does not have it', (path) => change(path, (bytes) => bytes.subarray(0, 4_096))],
    ['it is gone, and its log is there', (path) => rmSync(path)],
    ['a bit of the log’s header is flipped', (path) => change(`${path}-wal`, flip(17))],
    ['a bit of an early commit in the log is flipped', (path) => change(`${path}-wal`, flip(frame(1) + 4_000))],
    ['the head of an early frame is flipped', (path) => change(`${path}-wal`, flip(frame(1) + 9))],
  ])('%s: it is refused as damaged, and left as it is', (_, harm) => {
    const path = leftByKill();
    harm(path);
    const before = existsSync(path) ? bytesOf(path) : [];
    expect(() => openFileStore(path, { migrations: two })).toThrow(
      expect.objectContaining({ name: 'StoreBroken', fault: 'damaged' }),
    );
    expect(existsSync(path) ? bytesOf(path) : []).toEqual(before);
  });

  test('a power cut while the file was made is no damage: it is made anew', () => {
    const path = join(folder(), 'kiosk.db');
    writeFileSync(path, Buffer.alloc(4_096)); // the page has its place, and nothing of it has arrived
    const journal = Buffer.alloc(512);
    journal.write('d9d505f920a163d7', 'hex');
    journal.writeUInt32BE(512, 20); // sector; the file had 0 pages before
    journal.writeUInt32BE(4_096, 24);
    writeFileSync(`${path}-journal`, journal);
    using store = openFileStore(path, { migrations: two });
    store.write('one', put(1));
    expect(facts(store)).toEqual([1]);
  });

  test('a last commit of many pages of which one never arrived is none either', () => {
    const path = join(folder(), 'kiosk.db');
    const store = openFileStore(path, { migrations: two });
    for (const n of [0, 1, 2, 3]) store.write('one', put(n));
    store.write('many', (db) => {
      for (let n = 10; n < 5_000; n += 1) put(n)(db);
    });
    const left = killed(path);
    store.close();
    expect(statSync(`${left}-wal`).size).toBeGreaterThan(frame(8));
    change(`${left}-wal`, (bytes) => bytes.fill(0, frame(5), frame(6)));
    using next = openFileStore(left, { migrations: two });
    expect(facts(next)).toEqual([0, 1, 2, 3]);
  });

  test('a last commit that the power cut short is no damage: it was never acknowledged', () => {
    const path = leftByKill();
    change(`${path}-wal`, (bytes) => bytes.subarray(0, frame(3) + 2_000));
    using store = openFileStore(path, { migrations: two });
    expect(facts(store)).toEqual([0, 1, 2]);
  });
});

test('what is deleted is overwritten: a key that was kept here is nowhere in the file', () => {
  const path = join(folder(), 'kiosk.db');
  const secret = 'the key of a lease that has ended';
  {
    using store = openFileStore(path, {
      migrations: [{ name: '0001.sql', sql: 'CREATE TABLE lease (key TEXT) STRICT' }],
    });
    store.write('granted', (db) => db.prepare('INSERT INTO lease VALUES (?)').run(secret));
    store.write('ended', (db) => db.prepare('DELETE FROM lease').run());
  }
  expect(readFileSync(path).includes(secret)).toBe(false);
});

/** The files as they lie there this instant, under another name: what a SIGKILL leaves. */
function killed(path: string): string {
  const left = join(folder(), 'left.db');
  for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${left}${end}`);
  return left;
}

test('the bytes of a memory store open as the same store, and what comes later stays apart', () => {
  const migrations = [{ name: '0001', sql: 'CREATE TABLE fact (n INTEGER) STRICT' }];
  const first = openMemoryStore({ migrations });
  first.write('one', (db) => db.prepare('INSERT INTO fact VALUES (1)').run());
  const second = openMemoryStore({ migrations, from: first.bytes() });
  first.write('two', (db) => db.prepare('INSERT INTO fact VALUES (2)').run());
  expect(second.read((db) => db.prepare('SELECT n FROM fact').all())).toEqual([{ n: 1 }]);
});
