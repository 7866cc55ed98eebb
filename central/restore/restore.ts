import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { centralMigrations } from '#central/central.ts';
import { reasonOf, twoOf } from '#central/commands/people.ts';
import { type GrantsRead, readGrantsLog } from '#central/rights/grants-log.ts';
import { changeSetting, termOf, wholeSetting } from '#central/rights/settings.ts';
import type { Clock } from '#kit/clock.ts';
import { writeWhole } from '#kit/state-folder.ts';
import { openFileStore, type Store, StoreBroken } from '#kit/store.ts';
import { applyLog } from './apply-log.ts';
import { synchronise } from './back-up.ts';
import { closedEpochs, noteEndedSince } from './since-backup.ts';
import { databaseName, noteTerm, restoreMark, termInFolder } from './term.ts';

export interface RestoreOrder {
  /** The state folder of the office; nobody may be running in it. */
  folder: string;
  backup: string;
  grantsLogPath: string;
  /** Two different operator ids. */
  by: readonly string[];
  reason: string;
  /** Said by people who know that the log is lost or damaged: then every kiosk must tell its leases, or be closed. */
  logLost?: boolean;
  clock: Clock;
}

export interface RestoreReport {
  term: number;
  /** Where the database that was there before is kept; null where there was none. */
  aside: string | null;
  /** Lines of the log that the backup did not know. */
  applied: number;
  /** What gives leave to grant again: the log, at once, or the kiosks, one by one. */
  way: 'log' | 'kiosks';
}

/**
 * Puts a backup in place, in a new term. Nothing is changed before the backup was proved whole; cut short, it is simply
 * run again, and until then the office does not open. Throws one line where it cannot be done.
 */
export function restoreOffice(order: RestoreOrder): RestoreReport {
  const { folder, backup, grantsLogPath, clock } = order;
  const act = { by: twoOf(order.by), reason: reasonOf(order.reason) };
  if (!existsSync(backup)) throw new Error(`${backup} is not there`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const inPlace = join(folder, databaseName);
  const prepared = `${inPlace}.restoring`;
  refuseWhileOpen(inPlace);
  clear(prepared);
  copyFileSync(backup, prepared);
  chmodSync(prepared, 0o600);
  const log = existsSync(grantsLogPath) ? readGrantsLog(grantsLogPath) : null;
  const { term, applied, way } = prepare(prepared, log, { ...order, ...act }, termInFolder(folder), clock.wallMs());
  writeWhole(join(folder, restoreMark), `${JSON.stringify({ backup, term })}\n`);
  noteTerm(folder, term);
  const aside = swap(inPlace, prepared, term);
  rmSync(join(folder, restoreMark));
  synchronise(folder);
  return { term, aside, applied, way };
}

/** A damaged database may be replaced; one that is in use may not. */
function refuseWhileOpen(path: string): void {
  if (!existsSync(path)) return;
  try {
    openFileStore(path, { migrations: centralMigrations }).close(); // also brings its log into the file
  } catch (error) {
    if (!(error instanceof StoreBroken)) throw error;
  }
}

function prepare(path: string, log: GrantsRead | null, order: RestoreOrder, begun: number, nowMs: number) {
  using store = openFileStore(path, { migrations: centralMigrations });
  proveWhole(store, order.backup);
  const way = wayOf(store, log);
  if (way === 'kiosks' && !order.logLost)
    throw new Error(
      `${order.grantsLogPath} does not tell of all grants since the backup; where it is lost for good, say so: --log-lost`,
    );
  return store.write('restored', (db) => {
    const closed = closedEpochs(db);
    const applied = applyLog(db, log?.lines ?? [], nowMs);
    if (way === 'kiosks') noteEndedSince(db, closed);
    const term = Math.max(termOf(db), begun, ...(log?.lines ?? []).map((line) => line.term)) + 1;
    changeSetting(db, 'term', term);
    // A number is left out: whoever restores an older backup later sees that the log does not reach back.
    if (way === 'kiosks') changeSetting(db, 'granted', wholeSetting(db, 'granted', 0) + 1);
    db.prepare('INSERT INTO restore VALUES (?, ?, ?, ?, ?, ?)').run(
      ...[term, way, JSON.stringify(order.by), order.reason, nowMs],
      way === 'log' ? nowMs : null,
    );
    return { term, applied, way };
  });
}

function proveWhole(store: Store, backup: string): void {
  const rows = store.read((db) => db.prepare('PRAGMA integrity_check').all()) as { integrity_check: string }[];
  if (rows[0]?.integrity_check !== 'ok') throw new Error(`${backup} is damaged: ${rows[0]?.integrity_check}`);
  const tables = store.read((db) => db.prepare('SELECT count(*) AS kiosks FROM kiosk').get()) as { kiosks: number };
  if (tables.kiosks === 0) throw new Error(`${backup} knows no kiosk: it is not a backup of an office`);
}

/** The log is enough where it tells of everything from the backup on, up to its own end. */
function wayOf(store: Store, log: GrantsRead | null): 'log' | 'kiosks' {
  const { known, waiting } = store.read((db) => ({
    known: wholeSetting(db, 'granted', 0),
    waiting: db.prepare("SELECT 1 FROM restore WHERE way = 'kiosks' AND finished_ms IS NULL").get() !== undefined,
  }));
  if (!log || waiting || log.lastN < known) return 'kiosks';
  return log.gaps.some(([, upTo]) => upTo > known) ? 'kiosks' : 'log';
}

/** The old database is kept under another name; its write-ahead log must never meet the new one. */
function swap(inPlace: string, prepared: string, term: number): string | null {
  const aside = `${inPlace}.before-term-${term}`;
  const had = existsSync(inPlace);
  if (had && !existsSync(aside)) linkSync(inPlace, aside);
  if (existsSync(`${inPlace}-wal`)) renameSync(`${inPlace}-wal`, `${aside}-wal`);
  rmSync(`${inPlace}-shm`, { force: true });
  renameSync(prepared, inPlace);
  return had ? aside : null;
}

function clear(path: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(path + part, { force: true });
}
