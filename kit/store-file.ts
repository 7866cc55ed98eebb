import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

/*
 * What can be seen of a database file and its write-ahead log without opening them. SQLite itself ends a log at the first
 * frame that does not fit, and brings in nothing of a log whose header does not: a flipped bit would take back commits
 * that were acted upon, and nobody would hear of it. Formats: https://www.sqlite.org/fileformat2.html, sections 1.3 and 4.
 */

const headerBytes = 100;
const logHeaderBytes = 32;
const frameHeaderBytes = 24;
const writtenAhead = 2;

/** Why this file cannot be what was written, in a few words; null where nothing speaks against it, or it is new. */
export function damageIn(path: string): string | null {
  const log = readLog(`${path}-wal`);
  if (log.damage) return log.damage;
  const bytes = existsSync(path) ? statSync(path).size : 0;
  if (bytes === 0) return log.pages.size > 0 ? 'its log is there and the file is not' : null;
  if (isBeingMade(path)) return null;
  return headDamage(path, bytes, log.pages);
}

/** Its very first commit, before there is a log, was cut short: SQLite takes it back when it opens the file. */
function isBeingMade(path: string): boolean {
  const journal = `${path}-journal`;
  return existsSync(journal) && headOf(journal, 8).toString('hex') === 'd9d505f920a163d7';
}

function headDamage(path: string, bytes: number, inLog: ReadonlySet<number>): string | null {
  const head = headOf(path, headerBytes);
  if (head.toString('latin1', 0, 16) !== 'SQLite format 3\0') return 'the header is not that of a database';
  const pageBytes = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  if (pageBytes < 512 || (pageBytes & (pageBytes - 1)) !== 0) return 'the header names no page size';
  if (head[18] !== head[19] || (inLog.size > 0 && head[18] !== writtenAhead)) return 'the header denies its log';
  const wanted = head.readUInt32BE(28);
  for (let page = Math.floor(bytes / pageBytes) + 1; page <= wanted; page += 1)
    if (!inLog.has(page)) return `page ${page} of ${wanted} is missing`; // a checkpoint that was cut short has them in the log
  return null;
}

function headOf(path: string, count: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(count);
    readSync(file, head, 0, count, 0);
    return head;
  } finally {
    closeSync(file);
  }
}

interface Log {
  damage: string | null;
  /** The pages that whole frames hold. */
  pages: ReadonlySet<number>;
}

function readLog(path: string): Log {
  const nothing: Log = { damage: null, pages: new Set() };
  if (!existsSync(path)) return nothing;
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const head = Buffer.alloc(logHeaderBytes);
    readSync(file, head, 0, logHeaderBytes, 0);
    if (size <= logHeaderBytes || head.every((byte) => byte === 0)) return nothing; // it is synchronised before any frame
    return walk(file, size, head);
  } finally {
    closeSync(file);
  }
}

/**
 * Each commit is synchronised before the next begins: what does not fit may be the last one, cut short by the power, and
 * then at most one end of a commit follows it. Two of them mean that something was changed after it had been acknowledged.
 */
function walk(file: number, size: number, head: Buffer): Log {
  const isLittle = head.readUInt32BE(0) === 0x377f0682;
  let sum = summed([0, 0], head.subarray(0, 24), isLittle);
  const pageBytes = head.readUInt32BE(8);
  const isHeader = (head.readUInt32BE(0) & 0xfffffffe) === 0x377f0682 && fits(sum, head, 24);
  if (!isHeader || pageBytes < 512) return { damage: 'the header of the log does not fit', pages: new Set() };
  const pages = new Set<number>();
  const frame = Buffer.alloc(frameHeaderBytes + pageBytes);
  let commitsAfter = -1; // -1: up to here every frame fits
  for (let at = logHeaderBytes; at + frame.length <= size; at += frame.length) {
    readSync(file, frame, 0, frame.length, at);
    const isOurs = frame.compare(head, 16, 24, 8, 16) === 0;
    const endsCommit = isOurs && frame.readUInt32BE(4) !== 0;
    if (commitsAfter < 0) {
      sum = summed(summed(sum, frame.subarray(0, 8), isLittle), frame.subarray(frameHeaderBytes), isLittle);
      if (isOurs && fits(sum, frame, 16)) {
        pages.add(frame.readUInt32BE(0));
        continue;
      }
      commitsAfter = 0;
    }
    if (endsCommit) commitsAfter += 1;
  }
  const damage = commitsAfter > 1 ? `${commitsAfter} commits in the log stand behind bytes that do not fit` : null;
  return { damage, pages };
}

const fits = ([one, two]: readonly [number, number], bytes: Buffer, at: number) =>
  bytes.readUInt32BE(at) === one && bytes.readUInt32BE(at + 4) === two;

function summed([first, second]: readonly [number, number], bytes: Buffer, isLittle: boolean): [number, number] {
  let [one, two] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    one = (one + (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)) + two) >>> 0;
    two = (two + (isLittle ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4)) + one) >>> 0;
  }
  return [one, two];
}

/**
 * Whether some process holds a lock on the file, this one included. Asked before the file is read beside SQLite: closing
 * any handle of a file gives back every POSIX lock that the same process has on it.
 */
export function isLocked(path: string): boolean {
  if (!existsSync(path) || !existsSync('/proc/locks')) return false;
  const { dev, ino } = statSync(path);
  const hex = (part: number) => part.toString(16).padStart(2, '0');
  const name = `${hex((dev >> 8) & 0xfff)}:${hex((dev & 0xff) | ((dev >> 12) & 0xfff00))}:${ino} `;
  return readFileSync('/proc/locks', 'utf8').includes(name);
}
