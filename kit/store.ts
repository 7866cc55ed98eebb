import { closeSync, fsyncSync, ftruncateSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ProblemError } from './problem-error.ts';
import { damageIn, isLocked } from './store-file.ts';

/** What a transaction may do: prepare and run statements. Never kept beyond the transaction. */
export type Db = Pick<Database.Database, 'prepare'>;

/**
 * Every durable change of a program is one named, synchronous transaction.
 * The name is the crash boundary and one commit is one fsync. Nothing else writes.
 */
export interface Store extends Disposable {
  /** Runs `work` in one transaction. Throws StoreBroken after an I/O error, and from then on. */
  write<T>(name: string, work: (db: Db) => T): T;
  /** Throws StoreBroken where the disk gives no answer or a wrong one, and after any fault: what is not known is not told. */
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
  /** Told once, at the fault itself, before anybody else hears of it. */
  onBroken?: (fault: StoreBroken) => void;
}

/** `full`: there is no room. `failed`: the disk did not do what it was told. `damaged`: it gave back something else. */
export type StoreFault = 'full' | 'failed' | 'damaged';

/**
 * The database can no longer be trusted to know what is on the disk: a failed commit is not an absent commit.
 * Whoever sees this sends nothing, moves nothing and ends the process; the next life reads the file again.
 */
export class StoreBroken extends Error {
  override readonly name = 'StoreBroken';
  readonly fault: StoreFault;
  constructor(detail: string, options: ErrorOptions & { fault?: StoreFault } = {}) {
    super(detail, options);
    this.fault = options.fault ?? faultOf(options.cause) ?? 'failed';
  }
}

/** Another process holds the file: one controller per journal, for the whole process life. */
export class StoreInUse extends Error {
  override readonly name = 'StoreInUse';
}

/** A store in a file of its own. */
export interface FileStore extends Store {
  /**
   * Makes sure that so many bytes can still be written, whatever else fills the disk meanwhile: the log is as long
   * already. Throws `kiosk/disk-full` where they cannot, and the store is as it was.
   */
  reserve(bytes: number): void;
}

/**
 * Opens a file in WAL mode with FULL synchronisation and holds it exclusively; runs the migrations that are due, and
 * proves with one write that the disk takes it. Throws StoreInUse, or StoreBroken with what is wrong; a file that is
 * damaged is left as it is.
 */
export function openFileStore(path: string, options: StoreOptions): FileStore {
  const db = openedDatabase(path);
  try {
    db.pragma('locking_mode = EXCLUSIVE'); // before WAL: then no shared memory file, and no second opener
    const mode = db.pragma('journal_mode = WAL', { simple: true });
    db.pragma('synchronous = FULL');
    if (mode !== 'wal' || db.pragma('synchronous', { simple: true }) !== 2) {
      throw new StoreBroken(`${path}: WAL with FULL synchronisation is not to be had (${mode})`);
    }
    migrate(db, options.migrations);
    proveDisk(db);
    return openStore(db, options, (bytes) => growLog(db, `${path}-wal`, bytes));
  } catch (cause) {
    db.close();
    throw inOurWords(path, cause);
  }
}

function openedDatabase(path: string): Database.Database {
  try {
    const damage = isLocked(path) ? null : damageIn(path);
    if (damage) throw new StoreBroken(`${path}: ${damage}`, { fault: 'damaged' });
    return new Database(path, { timeout: 0 });
  } catch (cause) {
    throw inOurWords(path, cause);
  }
}

/**
 * One commit, and the whole log written into the file. After a failed fsync Linux takes the pages for written: an entry of
 * the life before may be seen here and be on no disk. Written and synchronised anew, it is.
 */
function proveDisk(db: Database.Database): void {
  const version = db.pragma('user_version', { simple: true });
  db.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${version}; COMMIT`);
  const [{ busy } = { busy: 1 }] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (busy !== 0) throw new StoreBroken('the log cannot be brought into the file');
}

const frameBytes = 4_096 + 24;
/** SQLite begins its log anew after so many frames: once it is as long, it hardly ever grows. */
const usualFrames = 1_000;

/** Frames of noughts behind the end of the log mean nothing to SQLite, and are room that nobody else can take. */
function growLog(db: Database.Database, log: string, bytes: number): void {
  const [{ log: frames } = { log: 0 }] = db.pragma('wal_checkpoint(NOOP)') as { log: number }[];
  const { size } = statSync(log);
  if (size >= frames * frameBytes + bytes) return;
  const wanted = Math.max(frames, usualFrames) * frameBytes + bytes;
  const file = openSync(log, 'r+');
  try {
    const noughts = Buffer.alloc(65_536);
    for (let at = size; at < wanted; ) at += writeSync(file, noughts, 0, Math.min(noughts.length, wanted - at), at);
    fsyncSync(file);
  } catch (cause) {
    ftruncateSync(file, size);
    throw cause;
  } finally {
    closeSync(file);
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
  if (!from) db.pragma('page_size = 1024'); // it is copied whole, often, and most of its tables hold next to nothing
  migrate(db, options.migrations);
  return Object.assign(
    openStore(db, options, () => undefined),
    { bytes: () => new Uint8Array(db.serialize()) },
  );
}

/** Reads `0001-name.sql`, `0002-...` of a folder, in order. */
export function migrationsIn(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, name), 'utf8') }));
}

function openStore(
  db: Database.Database,
  { onWrite, onBroken }: StoreOptions,
  makeRoom: (bytes: number) => void,
): FileStore {
  db.pragma('secure_delete = ON'); // a lease that ends takes its key along
  const prepared = preparing(db);
  let broken: StoreBroken | undefined;
  const breakDown = (detail: string, cause: unknown): never => {
    broken = new StoreBroken(`${detail}: ${message(cause)}`, { cause });
    onBroken?.(broken);
    throw broken;
  };
  /** Runs one part of a read or a write; a fault of the disk in it is the end of this store. */
  const guarded = <T>(what: string, part: () => T): T => {
    if (broken) throw broken;
    try {
      return part();
    } catch (cause) {
      if (!(cause instanceof StoreBroken) && faultOf(cause)) breakDown(what, cause);
      throw cause;
    }
  };
  return {
    write(name, work) {
      if (work.constructor.name === 'AsyncFunction') throw new TypeError(`${name}: a transaction cannot wait`);
      guarded(name, () => db.exec('BEGIN IMMEDIATE'));
      let result: ReturnType<typeof work>;
      try {
        result = guarded(name, () => work(prepared));
        if (result instanceof Promise) throw new TypeError(`${name}: a transaction cannot wait`);
      } catch (cause) {
        takeBack(db);
        throw cause;
      }
      try {
        db.exec('COMMIT');
      } catch (cause) {
        breakDown(`${name}: commit failed`, cause);
      }
      onWrite?.(name);
      return result;
    },
    read: (work) => guarded('read', () => work(prepared)),
    reserve(bytes) {
      if (broken) throw broken;
      try {
        makeRoom(bytes);
      } catch (cause) {
        if (faultOf(cause) !== 'full') breakDown('reserve', cause);
        throw new ProblemError('kiosk/disk-full', `${bytes} bytes cannot be set aside`, { cause });
      }
    },
    close: () => db.close(),
    [Symbol.dispose]: () => db.close(),
  };
}

function preparing(db: Database.Database): Db {
  const statements = new Map<string, Database.Statement>();
  return {
    prepare: ((sql: string) => {
      const known = statements.get(sql) ?? db.prepare(sql);
      statements.set(sql, known);
      return known;
    }) as Db['prepare'],
  };
}

/** What cannot be taken back was never committed: closing the file forgets it. */
function takeBack(db: Database.Database): void {
  try {
    if (db.inTransaction) db.exec('ROLLBACK');
  } catch {
    // the fault that led here is told; this one says no more
  }
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

function inOurWords(path: string, cause: unknown): unknown {
  if (cause instanceof StoreBroken) return cause;
  if (codeOf(cause).startsWith('SQLITE_BUSY')) return new StoreInUse(`${path} is in use by another process`, { cause });
  return faultOf(cause) ? new StoreBroken(`${path}: ${message(cause)}`, { cause }) : cause;
}

const message = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
const codeOf = (cause: unknown) => String((cause as { code?: unknown } | null | undefined)?.code ?? '');

/** What a fault of the disk is, by SQLite's name for it or the system's; undefined where it is none. */
function faultOf(cause: unknown): StoreFault | undefined {
  const code = codeOf(cause);
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)$/.test(code)) return 'full';
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'damaged';
  if (/^(SQLITE_(IOERR|READONLY|CANTOPEN)|EIO$|EROFS$)/.test(code)) return 'failed';
  return cause instanceof Error && cause.cause ? faultOf(cause.cause) : undefined;
}
