import { beforeEach, expect, test } from 'vitest';
import { shortHash } from '#contract/uplink/chain.ts';
import { inWords } from './cli.ts';
import { device, endedAs, loaded, openTestOffice, presented, printedUpTo, type TestOffice } from './test-office.ts';
import { verifyReceipt } from './verify-receipt.ts';

const morning = 1_795_138_200_000; // 20 November 2026, 08:30 WIB
const visitNo = 'SU1-0001-1';
let office: TestOffice;
beforeEach(async () => {
  office = openTestOffice(morning);
  await office.registers('SU1-A');
  office.tells('SU1-A', loaded(50, 'BA-0007'));
  return () => office[Symbol.dispose]();
});

function prints(outcome: 'issued' | 'retained', person = 'rani'): Uint8Array {
  const lease = office.grants('SU1-A', person);
  office.tells('SU1-A', ...printedUpTo(lease, visitNo), presented(lease, visitNo), ...endedAs(lease, visitNo, outcome));
  const row = office.store.read((db) =>
    db.prepare("SELECT hash FROM entry WHERE type = 'print.outcome' ORDER BY rowid DESC").get(),
  );
  return new Uint8Array((row as { hash: Uint8Array }).hash);
}
const verify = (typed: string) => verifyReceipt(office.store, typed);
const change = (sql: string) => office.store.write('a forger', (db) => db.prepare(sql).run());

test('a genuine receipt is told as such, with where and when, however its hash was typed', async () => {
  const short = shortHash(prints('issued'));
  for (const typed of [short, short.replaceAll(' ', ''), `KTPEL-TT1:${visitNo}:${short.replaceAll(' ', '')}`]) {
    const told = await verify(typed);
    expect(told).toMatchObject({
      verdict: 'genuine',
      entry: { kiosk: 'SU1-A', epoch: 1, seq: 8, visitNo, outcome: 'issued', chainVerifies: true, acknowledged: true },
    });
    expect(inWords(told)).toEqual([
      'GENUINE: a card was issued',
      `  SU1-A, epoch 1, entry 8 (${short}): issued, visit ${visitNo}, 2026-11-20 08:30 WIB`,
      '  all 8 entries up to it verify; committed 2026-11-20 08:30 WIB, acknowledged',
    ]);
  }
});

test('a long journal is walked from its first entry', async () => {
  office.tells('SU1-A', ...Array.from({ length: 4_500 }, () => device('camera', 'ready')));
  expect(await verify(shortHash(prints('issued')))).toMatchObject({ verdict: 'genuine', entry: { seq: 4508 } });
});

test('a hash that no print job has is not known; one that can be none is refused', async () => {
  prints('issued');
  expect(await verify('Ab3d E9x Kq7')).toEqual({ verdict: 'unknown' });
  expect(inWords({ verdict: 'unknown' })[0]).toMatch(/^NOT KNOWN/);
  for (const typed of ['', 'Ab3d', "' OR 1=1 --"]) await expect(verify(typed)).rejects.toThrow('no receipt hash');
});

test('another entry than the end of a print job bears no receipt', async () => {
  prints('issued');
  const row = office.store.read((db) => db.prepare("SELECT hash FROM entry WHERE type = 'print.inking'").get());
  expect(await verify(shortHash(new Uint8Array((row as { hash: Uint8Array }).hash)))).toEqual({ verdict: 'unknown' });
});

test('a job that did not issue a card is named for what it is', async () => {
  const told = await verify(shortHash(prints('retained')));
  expect(told).toMatchObject({ verdict: 'not-issued', entry: { outcome: 'retained' } });
  expect(inWords(told)[0]).toBe('NOT A RECEIPT OF A CARD: this job ended as retained');
});

test.each([
  ['an earlier entry was rewritten', "UPDATE entry SET text = replace(text, 'BA-0007', 'BA-0008') WHERE seq = 1"],
  ['an earlier entry is gone', 'DELETE FROM entry WHERE seq = 3'],
  ['it was never acknowledged', 'UPDATE epoch SET seq = 2'],
])('nothing is called genuine where %s', async (_, sql) => {
  const short = shortHash(prints('issued'));
  change(sql);
  const told = await verify(short);
  expect(told.verdict).toBe('broken-chain');
  expect(inWords(told)[0]).toMatch(/^NOT TO BE TRUSTED/);
});

test('where several entries begin so, all are told and none is called genuine', async () => {
  const hash = prints('issued');
  const other = Buffer.from(hash).fill(0, 20);
  prints('issued', 'budi');
  office.store.write('a chance of one in 2^60', (db) =>
    db
      .prepare("UPDATE entry SET hash = ? WHERE rowid = (SELECT max(rowid) FROM entry WHERE type = 'print.outcome')")
      .run(other),
  );
  const told = await verify(shortHash(hash));
  expect(told).toMatchObject({ verdict: 'ambiguous', entries: [{ seq: 8 }, { seq: 16 }] });
  expect(inWords(told)).toHaveLength(3);
});
