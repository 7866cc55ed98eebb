import { createHash } from 'node:crypto';
import type { Store } from '#kit/store.ts';

/** The two databases as rows and JSON. Reads by itself what the product has written, and trusts none of its code. */
export interface Row {
  seq: number;
  text: string;
  hash: string;
}

export interface Fact {
  seq: number;
  type: string;
  subject: string;
  visitNo: string;
  at: { wallMs: number };
  data: Record<string, unknown>;
}

export function rowsOf<T>(store: Store, sql: string): T[] {
  return store.read((db) => db.prepare(sql).all()) as T[];
}

export const journalOf = (kiosk: Store): Row[] =>
  rowsOf<Row>(kiosk, 'SELECT seq, text, lower(hex(hash)) AS hash FROM journal ORDER BY seq');

export const entriesAt = (central: Store, epoch?: number): Row[] =>
  rowsOf<Row & { epoch: number }>(
    central,
    'SELECT epoch, seq, text, lower(hex(hash)) AS hash FROM entry ORDER BY epoch, seq',
  ).filter((row) => epoch === undefined || row.epoch === epoch);

export const factsIn = (rows: readonly Row[]): Fact[] =>
  rows.map(({ seq, text }) => ({ ...{ subject: '', visitNo: '' }, ...(JSON.parse(text) as Omit<Fact, 'seq'>), seq }));

/** Where the chain of hashes first fails, or null: SHA-256 over the hash before and the text, from the epoch's name on. */
export function brokenAt(rows: readonly Row[], kiosk: string, epoch: number): number | null {
  let before = createHash('sha256').update(`anjungan/1|${kiosk}|${epoch}`).digest();
  for (const [index, { seq, text, hash }] of rows.entries()) {
    before = createHash('sha256').update(before).update(text, 'utf8').digest();
    if (seq !== index + 1 || before.toString('hex') !== hash) return seq;
  }
  return null;
}

/** What the movements of blanks add up to, account by account, beginning with nothing anywhere. */
export function accountsFrom(facts: readonly Fact[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { type, data } of facts) {
    if (type !== 'blanko.moved') continue;
    const { from, to, count } = data as { from: string; to: string; count: number };
    sums[from] = (sums[from] ?? 0) - count;
    sums[to] = (sums[to] ?? 0) + count;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, count]) => count !== 0));
}

export function stockIn(store: Store): Record<string, number> {
  const rows = rowsOf<{ account: string; count: number }>(store, 'SELECT account, count FROM stock');
  return Object.fromEntries(rows.filter(({ count }) => count !== 0).map(({ account, count }) => [account, count]));
}
