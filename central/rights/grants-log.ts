import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { hashText, sha256 } from '#contract/uplink/chain.ts';
import type { LeaseClaims } from '#contract/uplink/messages.ts';
import type { Db, Store } from '#kit/store.ts';
import { changeSetting, termOf, wholeSetting } from './settings.ts';

/** `n` numbers the lines that the database knows of; a transaction that failed leaves a line whose number comes again. */
interface Place {
  n: number;
  term: number;
}
export interface GrantLine extends Place {
  what: 'grant';
  /** Keyed hash of the NIK, and which card of theirs: a restored database may not know the right yet. */
  person: string;
  generation: number;
  claims: LeaseClaims;
}
/** A kiosk and its epochs, as they stand after one of them was opened or closed. */
export interface KioskLine extends Place {
  what: 'kiosk';
  kiosk: Record<'kiosk' | 'shard' | 'site' | 'sealing_key' | 'password_hash', string> & { registered_ms: number };
  epochs: EpochRow[];
}
export interface EpochRow {
  epoch: number;
  opened_ms: number;
  closed_ms: number | null;
  opened_by: string;
  opened_reason: string;
  closed_by: string | null;
  closed_reason: string | null;
}
export type LogLine = GrantLine | KioskLine;
/** A chain begins: what the database knew up to `n` stands elsewhere, or is lost. */
type StartLine = { what: 'start'; n: number };

/** What central granted, on a second medium: a restored database must not forget who holds which right. */
export interface GrantsLog {
  /** Durable when it returns. A line may stand here whose transaction then failed: that only forbids, never frees. */
  append(line: LogLine): void;
  /** What stood here at the opening and the database did not know: applied before anything is granted. */
  readonly surplus?: readonly LogLine[];
  close(): void;
}

/** For tools without a second medium. */
export const noGrantsLog: GrantsLog = { append() {}, close() {} };

/** How the log reaches the disk; another one in a test of a bad disk. */
export interface LogDisk {
  write(file: number, text: string): void;
  sync(file: number): void;
  truncate(file: number, bytes: number): void;
}

const realDisk: LogDisk = {
  write(file, text) {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  },
  sync: fsyncSync,
  truncate: ftruncateSync,
};

/**
 * Opens the log to go on where it ends. `granted`: how many lines the database knows of; where the file knows fewer, the
 * lost ones leave a mark that no restore overlooks.
 */
export function openGrantsLog(path: string, granted?: number, disk = realDisk): GrantsLog {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a+', 0o600);
  const text = readFileSync(path);
  let size = text.lastIndexOf(0x0a) + 1;
  disk.truncate(file, size); // the next line must not be glued to a torn one
  const known = readLines(text.toString('utf8', 0, size));
  refuseOlder(path, known.last?.n ?? 0, granted);
  let sum = known.sum;
  let fault: Error | undefined;
  const put = (line: LogLine | StartLine) => {
    if (fault) throw fault;
    const body = JSON.stringify(line);
    const next = sumOf(line.what === 'start' ? '' : sum, body);
    const written = `{"sum":"${next}","line":${body}}\n`;
    try {
      disk.write(file, written);
    } catch (error) {
      fault = takeBack(file, size, disk);
      throw cannotWrite(error);
    }
    try {
      disk.sync(file);
    } catch (error) {
      fault = cannotWrite(error); // nobody knows what stands there now: this life grants no more
      throw fault;
    }
    sum = next;
    size += Buffer.byteLength(written);
  };
  if (known.damaged || known.last === null || known.last.n < (granted ?? 0)) put({ what: 'start', n: granted ?? 0 });
  const surplus = known.lines.filter(({ n }) => n > (granted ?? n));
  return { append: put, surplus, close: () => closeSync(file) };
}

/** One number may stand here that the database lacks: its commit failed, or was answered and then lost. More are of another database. */
function refuseOlder(path: string, last: number, granted = last): void {
  if (last > granted + 1)
    throw new Error(
      `${path} tells of grants that this database does not know: put a backup in place with \`central restore\``,
    );
}

/** The second medium does not take a line. Nothing is granted then; everything else of the office goes on. */
export class GrantsLogFailed extends Error {
  override readonly name = 'GrantsLogFailed';
}

/** Without the cause itself: a fault of that medium is none of the database's disk. */
const cannotWrite = (cause: unknown) =>
  new GrantsLogFailed(`the grants log cannot be written: ${(cause as Error).message}`);

/** After a failed write half a line may stand there. Where it cannot be taken away this life writes no more. */
function takeBack(file: number, size: number, disk: LogDisk): Error | undefined {
  try {
    disk.truncate(file, size);
    disk.sync(file);
    return undefined;
  } catch (error) {
    return cannotWrite(error);
  }
}

export interface GrantsRead {
  /** All lines that are whole and stand where they were written, in order. */
  lines: LogLine[];
  /** Numbers that are missing, each `[after, upTo]`; `upTo` is Infinity where the end of a chain is damaged. */
  gaps: [after: number, upTo: number][];
  /** The number that it ends with; 0 where it is empty. */
  lastN: number;
}

/** Reads the whole log. A torn last line is a grant that nobody ever heard of; anything else that is wrong is a gap. */
export function readGrantsLog(path: string): GrantsRead {
  const text = readFileSync(path, 'utf8');
  const { lines, gaps, last } = readLines(text.slice(0, text.lastIndexOf('\n') + 1));
  return { lines, gaps, lastN: last?.n ?? 0 };
}

interface LinesRead {
  lines: LogLine[];
  gaps: GrantsRead['gaps'];
  sum: string;
  last: { n: number } | null;
  damaged: boolean;
}

function readLines(text: string): LinesRead {
  const read: Pick<LinesRead, 'lines' | 'gaps'> = { lines: [], gaps: [] };
  let [sum, last, damaged]: [string, { n: number } | null, boolean] = ['', null, false];
  for (const row of text.split('\n').slice(0, -1)) {
    const line = lineOf(row, sum);
    if (!line || (damaged && line.what !== 'start')) {
      damaged = true;
      continue;
    }
    const before: number = last?.n ?? 0;
    if (line.n > before + (line.what === 'start' ? 0 : 1)) read.gaps.push([before, line.n]);
    damaged = false;
    sum = row.slice(8, 8 + sumLength);
    last = line;
    if (line.what !== 'start') read.lines.push(line);
  }
  if (damaged) read.gaps.push([last?.n ?? 0, Number.POSITIVE_INFINITY]);
  return { ...read, sum, last, damaged };
}

const sumLength = 22;
/** Each line is bound to the one before, so that none can be changed, taken out or moved unseen. */
const sumOf = (before: string, body: string) => hashText(sha256(`${before}|${body}`)).slice(0, sumLength);

function lineOf(row: string, before: string): LogLine | StartLine | null {
  const sum = row.slice(8, 8 + sumLength);
  const body = row.slice(8 + sumLength + 9, -1);
  if (row !== `{"sum":"${sum}","line":${body}}`) return null;
  if (sum === sumOf(before, body)) return JSON.parse(body) as LogLine;
  if (sum !== sumOf('', body)) return null;
  const line = JSON.parse(body) as LogLine | StartLine;
  return line.what === 'start' ? line : null;
}

/** How many lines of the grants log this database knows of. */
export function grantedSoFar(store: Store): number {
  return store.read((db) => wholeSetting(db, 'granted', 0));
}

export function logGrant(db: Db, log: GrantsLog, grant: Pick<GrantLine, 'person' | 'generation' | 'claims'>): void {
  log.append({ ...nextPlace(db), what: 'grant', ...grant });
}

/** The last act of each transaction that registers a kiosk, or opens or closes an epoch of it. */
export function logKiosk(db: Db, log: GrantsLog, kiosk: string): void {
  const row = db.prepare('SELECT * FROM kiosk WHERE kiosk = ?').get(kiosk) as KioskLine['kiosk'];
  const epochs = db
    .prepare(
      `SELECT epoch, opened_ms, closed_ms, opened_by, opened_reason, closed_by, closed_reason
       FROM epoch WHERE kiosk = ? ORDER BY epoch`,
    )
    .all(kiosk) as EpochRow[];
  log.append({ ...nextPlace(db), what: 'kiosk', kiosk: row, epochs });
}

function nextPlace(db: Db): Place {
  const n = wholeSetting(db, 'granted', 0) + 1;
  changeSetting(db, 'granted', n);
  return { n, term: termOf(db) };
}
