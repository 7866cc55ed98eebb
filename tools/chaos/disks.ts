import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';

/** What the programs left on their disks, read as rows and JSON by code that knows nothing of theirs. */
export interface JournalRow {
  seq: number;
  text: string;
  hash: string;
}

export interface Journal {
  kiosk: string;
  epoch: number;
  rows: JournalRow[];
}

export interface Fact {
  type: string;
  subject?: string;
  visitNo?: string;
  data: Record<string, unknown>;
}

export interface Card {
  id: string;
  kind: string;
  place: string;
  ink: { panel: string; bitmap: string }[];
}

export interface World {
  /** Cards fed in the printer's life. */
  cardsFed: number;
  cards: Card[];
}

/** All rows of a query over a copy of the database, so that looking changes nothing. */
export function openCopy(path: string, into: string): { rows<T>(sql: string): T[] } & Disposable {
  mkdirSync(into, { recursive: true });
  const copy = join(into, basename(path));
  for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
  const database = new DatabaseSync(copy);
  return {
    rows: <T>(sql: string) => database.prepare(sql).all() as T[],
    [Symbol.dispose]: () => database.close(),
  };
}

/** Every journal that stands in a kiosk's folder: one file is one epoch. */
export function journalsIn(folder: string, kiosk: string, scratch: string): Journal[] {
  const epochs = readdirSync(folder).flatMap((name) => /^journal-(\d+)\.db$/.exec(name)?.[1] ?? []);
  return epochs.map(Number).map((epoch) => {
    using store = openCopy(join(folder, `journal-${epoch}.db`), join(scratch, kiosk));
    const rows = store.rows<JournalRow>('SELECT seq, text, lower(hex(hash)) AS hash FROM journal ORDER BY seq');
    return { kiosk, epoch, rows };
  });
}

export const factsOf = (rows: readonly { text: string }[]): Fact[] => rows.map(({ text }) => JSON.parse(text) as Fact);

/** Where the chain of hashes first fails, or null: SHA-256 over the hash before and the text, from the epoch's name on. */
export function brokenAt({ kiosk, epoch, rows }: Journal): number | null {
  let before = createHash('sha256').update(`anjungan/1|${kiosk}|${epoch}`).digest();
  for (const [index, { seq, text, hash }] of rows.entries()) {
    before = createHash('sha256').update(before).update(text, 'utf8').digest();
    if (seq !== index + 1 || before.toString('hex') !== hash) return seq;
  }
  return null;
}

/** What the movements of blanks add up to, account by account, beginning with nothing anywhere. */
export function accountsOf(facts: readonly Fact[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { type, data } of facts) {
    if (type !== 'blanko.moved') continue;
    const { from, to, count } = data as { from: string; to: string; count: number };
    sums[from] = (sums[from] ?? 0) - count;
    sums[to] = (sums[to] ?? 0) + count;
  }
  return withoutZeros(sums);
}

export function withoutZeros(sums: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(sums)
      .filter(([, count]) => count !== 0)
      .sort(),
  );
}

/** The newest save of a cabinet: one whole file, and two slots with length and CRC-32 in their first line. */
export function worldIn(folder: string): World {
  const saves = ['world.json', 'world.slot-0', 'world.slot-1']
    .map((name) => join(folder, name))
    .filter(existsSync)
    .flatMap((path) => readSave(path) ?? []);
  const newest = saves.toSorted((a, b) => (b.turn ?? 0) - (a.turn ?? 0))[0];
  if (!newest) throw new Error(`${folder} holds no saved world`);
  return newest.world;
}

function readSave(path: string): { turn?: number; world: World } | null {
  const bytes = readFileSync(path);
  if (path.endsWith('.json')) return JSON.parse(bytes.toString());
  const headEnd = bytes.indexOf('\n');
  const [length, sum] = bytes.toString('latin1', 0, Math.max(0, headEnd)).split(' ');
  const body = bytes.subarray(headEnd + 1, headEnd + 1 + Number(length));
  const isWhole = body.length === Number(length) && crc32(body).toString(16).padStart(8, '0') === sum;
  return isWhole ? JSON.parse(body.toString()) : null;
}
