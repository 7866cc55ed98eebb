import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** What a transaction may do: prepare and run statements. Never kept beyond the transaction. */
export type Db = Pick<Database.Database, 'prepare'>;

/**
 * Every durable change of a program is one named, synchronous transaction.
 * The name is the crash boundary and one commit is one fsync. Nothing else writes.
 */
export interface Store extends Disposable {
  /** Runs `work` in one transaction. Throws StoreBroken after an I/O error, and from then on. */
  write<T>(name: string, work: (db: Db) => T): T;
  read<T>(work: (db: Db) => T): T;
  close(): void;
}

export interface Migration {
  name: string;
  sql: string;
}

export interface StoreOptions {
  migrations: readonly Migration[];
  /** Told after each commit: for benches that count durable writes by name. */
  onWrite?: (name: string) => void;
}

/**
 * The database can no longer be trusted to know what is on the disk: a failed commit is not an absent commit.
 * Whoever sees this sends nothing, moves nothing and ends the process; the next life reads the file again.
 */
export class StoreBroken extends Error {
  override readonly name = 'StoreBroken';
}

/** Another process holds the file: one controller per journal, for the whole process life. */
export class StoreInUse extends Error {
  override readonly name = 'StoreInUse';
}

/** Opens a file in WAL mode with FULL synchronisation and holds it exclusively; runs the migrations that are due. */
export function openFileStore(path: string, options: StoreOptions): Store {
  const db = new Database(path, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE'); // before WAL: then no shared memory file, and no second opener
    const mode = db.pragma('journal_mode = WAL', { simple: true });
    db.pragma('synchronous = FULL');
    if (mode !== 'wal' || db.pragma('synchronous', { simple: true }) !== 2) {
      throw new StoreBroken(`${path}: WAL with FULL synchronisation is not to be had (${mode})`);
    }
    return storeOver(db, options);
  } catch (cause) {
    db.close();
    if (isBusy(cause)) throw new StoreInUse(`${path} is in use by another process`, { cause });
    throw cause;
  }
}

/** A store without a file, whose whole content can be taken out and opened again. */
export interface MemoryStore extends Store {
  /** The database as bytes, as of the last commit. */
  bytes(): Uint8Array;
}

/** The same store without a file: for tests and searches, `from` the bytes of another. A memory database ignores WAL. */
export function openMemoryStore({ from, ...options }: StoreOptions & { from?: Uint8Array }): MemoryStore {
  const db = new Database(from ? Buffer.from(from) : ':memory:');
  return Object.assign(storeOver(db, options), { bytes: () => new Uint8Array(db.serialize()) });
}

/** Reads `0001-name.sql`, `0002-...` of a folder, in order. */
export function migrationsIn(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, name), 'utf8') }));
}

function storeOver(db: Database.Database, { migrations, onWrite }: StoreOptions): Store {
  migrate(db, migrations);
  const statements = new Map<string, Database.Statement>();
  const prepared: Db = {
    prepare: ((sql: string) => {
      const known = statements.get(sql) ?? db.prepare(sql);
      statements.set(sql, known);
      return known;
    }) as Db['prepare'],
  };
  let broken: StoreBroken | undefined;
  const breakDown = (detail: string, cause: unknown): never => {
    broken = new StoreBroken(detail, { cause });
    throw broken;
  };
  const store: Store = {
    write(name, work) {
      if (broken) throw broken;
      if (work.constructor.name === 'AsyncFunction') throw new TypeError(`${name}: a transaction cannot wait`);
      try {
        db.exec('BEGIN IMMEDIATE');
      } catch (cause) {
        if (isDiskFault(cause)) breakDown(`${name}: ${message(cause)}`, cause);
        throw cause;
      }
      let result: ReturnType<typeof work>;
      try {
        result = work(prepared);
        if (result instanceof Promise) throw new TypeError(`${name}: a transaction cannot wait`);
      } catch (cause) {
        if (db.inTransaction) db.exec('ROLLBACK');
        if (isDiskFault(cause)) breakDown(`${name}: ${message(cause)}`, cause);
        throw cause;
      }
      try {
        db.exec('COMMIT');
      } catch (cause) {
        breakDown(`${name}: commit failed: ${message(cause)}`, cause);
      }
      onWrite?.(name);
      return result;
    },
    read: (work) => work(prepared),
    close: () => db.close(),
    [Symbol.dispose]: () => db.close(),
  };
  return store;
}

function migrate(db: Database.Database, migrations: readonly Migration[]): void {
  const done = Number(db.pragma('user_version', { simple: true }));
  if (done > migrations.length) throw new StoreBroken(`the file is from a newer version (${done} migrations)`);
  for (const [index, { name, sql }] of migrations.entries()) {
    if (index < done) continue;
    try {
      db.exec(`BEGIN IMMEDIATE; ${sql}\n; PRAGMA user_version = ${index + 1}; COMMIT`);
    } catch (cause) {
      throw new Error(`migration ${name}: ${message(cause)}`, { cause });
    }
  }
}

const message = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
const codeOf = (cause: unknown) => (cause instanceof Database.SqliteError ? cause.code : '');
const isBusy = (cause: unknown) => codeOf(cause).startsWith('SQLITE_BUSY');
const isDiskFault = (cause: unknown) => /^SQLITE_(IOERR|FULL|CORRUPT|NOTADB|READONLY|CANTOPEN)/.test(codeOf(cause));
