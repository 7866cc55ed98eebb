import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importFileDrop } from '#central/gateway/file-drop/file-drop.ts';
import { personOf } from '#central/gateway/records.ts';
import { checkDigit, visitNumber } from '#contract/uplink/codes.ts';
import { dayAt } from '#kit/civil-date.ts';
import { demoCitizens } from '#tools/population/demo-citizens.ts';
import { writeDemoDrop } from '#tools/population/population.ts';
import { lookUp, type SearchKind } from './search.ts';
import { endedAs, loaded, openTestOffice, presented, printedUpTo, type TestOffice, visitEnded } from './test-office.ts';

const morning = 1_795_138_200_000; // 20 November 2026, 08:30 WIB
const folder = mkdtempSync(join(tmpdir(), 'anjungan-search-'));
const visitNo = visitNumber('SU1', 1);
const [siti] = demoCitizens;
if (!siti) throw new Error('there is no demo citizen');
let office: TestOffice;

beforeAll(async () => {
  await writeDemoDrop(folder, dayAt(morning));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  office = openTestOffice(morning);
  await importFileDrop(folder, office);
  await office.registers('SU1-A');
  office.tells('SU1-A', loaded(50, 'BA-0007'));
  const lease = office.grants('SU1-A', personOf(office.lookupKey, siti.nik));
  const facts = [...printedUpTo(lease, visitNo), presented(lease, visitNo), ...endedAs(lease, visitNo, 'issued')];
  office.tells('SU1-A', ...facts, visitEnded(visitNo, 'issued', null, lease.rightId));
  return () => office[Symbol.dispose]();
});

const purpose = 'Pengaduan: kartu tertelan';
const ask = (kind: SearchKind, value: string, why = purpose) =>
  lookUp(office.store, office.lookupKey, office.clock.wallMs(), { who: 'admin', kind, value, purpose: why });
const found = (kind: SearchKind, value: string) => {
  const answer = ask(kind, value);
  if (!answer.ok) throw new Error(answer.refused);
  return answer.found;
};
const logged = () => office.store.read((db) => db.prepare('SELECT * FROM lookup').all());
const receiptHash = () => {
  const line = found('visit', visitNo)?.visits[0]?.lines.find(({ type }) => type === 'print.outcome');
  return line?.hash ?? '';
};

describe('a visit is found', () => {
  test('by its number, however it was typed', () => {
    for (const typed of [visitNo, ` ${visitNo.toLowerCase()} `]) {
      const visits = found('visit', typed)?.visits;
      expect(visits).toMatchObject([{ kiosk: 'SU1-A', visitNo }]);
      expect(visits?.[0]?.lines.at(-1)?.type).toBe('visit.ended');
    }
  });

  test('by what its receipt says, in groups or as the text of its QR', () => {
    const hash = receiptHash();
    expect(hash).toHaveLength(10);
    const grouped = `${hash.slice(0, 4)} ${hash.slice(4, 7)} ${hash.slice(7)}`;
    for (const typed of [hash, grouped, `KTPEL-TT1:${visitNo}:${hash}`])
      expect(found('receipt', typed)?.visits).toMatchObject([{ visitNo }]);
    const wrong = `${hash.slice(0, 9)}${hash.endsWith('A') ? 'B' : 'A'}`;
    expect(found('receipt', wrong)).toBeNull();
  });

  test('by the pick-up number, with how the right stands', () => {
    const answer = found('pickup', siti.pickupCode);
    expect(answer?.standing).toMatchObject({ right: { state: 'issued', kiosk: 'SU1-A' } });
    expect(answer?.visits).toMatchObject([{ visitNo }]);
  });

  test('and nothing is said of a person: no name, no NIK, no number that was typed', () => {
    const answers = [found('visit', visitNo), found('receipt', receiptHash()), found('pickup', siti.pickupCode)];
    const told = JSON.stringify(answers).toUpperCase();
    for (const secret of [siti.nik, siti.pickupCode, ...siti.name.toUpperCase().split(' ')])
      expect(told).not.toContain(secret);
  });
});

describe('a look-up', () => {
  test('is written down before it is answered: who, by what kind of key, why and when, never the key', () => {
    ask('pickup', siti.pickupCode);
    ask('visit', visitNumber('SU1', 999));
    expect(logged()).toEqual([
      { who: 'admin', kind: 'pickup', purpose, at_ms: morning },
      { who: 'admin', kind: 'visit', purpose, at_ms: morning },
    ]);
  });

  test('without a purpose is refused, and finds nothing', () => {
    for (const why of ['', '    ', 'abc', 'x'.repeat(201)])
      expect(ask('visit', visitNo, why)).toEqual({ ok: false, refused: 'purpose' });
    expect(logged()).toEqual([]);
  });

  test('keeps no number that slipped into its purpose', () => {
    ask('visit', visitNo, `Warga ${siti.nik} bertanya, HP 0812-3456-7890`);
    const [row] = logged() as { purpose: string }[];
    expect(row?.purpose).toBe('Warga … bertanya, HP …');
  });

  test.each([
    ['visit', 'SU1-0001-9'],
    ['visit', 'hello'],
    ['pickup', '1234567890'],
    ['pickup', siti.nik],
    ['receipt', 'short'],
    ['receipt', "' OR 1=1 --"],
  ] as const)('by %s of %j cannot be meant, and is told so at once', (kind, value) => {
    expect(ask(kind, value)).toEqual({ ok: false, refused: 'value' });
  });

  test('of a number that nobody has finds nobody', () => {
    const nobody = `123456789${checkDigit('123456789')}`;
    expect(found('pickup', nobody)).toBeNull();
  });
});
