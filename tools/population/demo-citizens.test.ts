import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDrop } from '#central/gateway/file-drop/read-drop.ts';
import type { DeliveredPickup, DeliveredRecord, Delivery } from '#central/gateway/gateway.ts';
import { verdictOn } from '#central/requests/verdict.ts';
import { isPickupNumber, readNik } from '#contract/uplink/codes.ts';
import type { SiteInfo } from '#contract/uplink/enrolment.ts';
import { daysBetween } from '#kit/civil-date.ts';
import { demoCitizens } from './demo-citizens.ts';
import { writeDemoDrop } from './population.ts';
import { type DemoResult, resultFor } from './result.ts';

const today = '2026-11-23';
const site: SiteInfo = {
  code: 'SU1',
  name: 'Kecamatan Seberang Ulu I',
  kind: 'KECAMATAN',
  kecamatanCode: '16.71.02',
  cityCode: '16.71',
  city: 'Kota Palembang',
  province: 'Sumatera Selatan',
};

let folder = '';
let delivery: Delivery;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
  await writeDemoDrop(folder, today);
  delivery = await readDrop(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const recordOf = (nik: string) => delivery.records.find((record) => record.nik === nik) as DeliveredRecord;
const named = (code: string) => recordOf(demoCitizens.find((citizen) => citizen.code === code)?.nik ?? '');

test('all of the cast land; only the two whose birthday moves with the calendar differ from their NIK', () => {
  expect(delivery.refused).toEqual([]);
  expect(delivery.records).toHaveLength(demoCitizens.length);
  expect(delivery.warnings.map(({ code }) => code).sort()).toEqual([
    'import/nik-differs',
    'import/nik-differs',
    'import/no-signature',
  ]);
});

test('their numbers are good, and everybody has their own', () => {
  for (const { nik, pickupCode, pin, about } of demoCitizens) {
    expect(readNik(nik)).toEqual({ ok: true });
    expect(nik.endsWith('0000')).toBe(true);
    expect(isPickupNumber(pickupCode)).toBe(true);
    expect(pin).toMatch(/^[0-9]{5}$/);
    expect(about).toMatch(/\.$/);
  }
  for (const field of ['code', 'nik', 'pickupCode', 'name'] as const) {
    expect(new Set(demoCitizens.map((citizen) => citizen[field])).size).toBe(demoCitizens.length);
  }
});

test('numbers in a manual stay true', () => {
  const first = demoCitizens[0];
  expect([first?.code, first?.nik, first?.pickupCode, first?.pin]).toMatchInlineSnapshot(`
    [
      "FIRST-01",
      "1671025403080000",
      "1731945565",
      "15846",
    ]
  `);
});

/** What no policy can know: it is found at the kiosk, or the person says so. */
const foundLater: Record<string, DemoResult> = {
  'WRONG-01': resultFor('record/data-disputed'),
  'PORTRAIT-01': resultFor('record/bad-portrait'),
  'GLYPH-01': resultFor('record/unprintable-text'),
};

test.each(demoCitizens)('$code: $about', ({ code, nik, pickupCode, expect: wanted }) => {
  const verdict = verdictOn(recordOf(nik), site, today);
  const pickup = delivery.pickups.find((one) => one.pickupCode === pickupCode) as DeliveredPickup;
  expect(pickup.nik).toBe(nik);
  const expired = pickup.expiresOn < today ? resultFor('identify/code-expired') : null;
  expect(verdict.print ? (expired ?? foundLater[code] ?? 'issued') : resultFor(verdict.code)).toBe(wanted);
});

test('whoever is sent elsewhere is referred, everybody else is refused', () => {
  expect(resultFor('class/lost')).toBe('referred:class/lost');
  expect(resultFor('class/other-city')).toBe('referred:class/other-city');
  expect(resultFor('record/at-centre')).toBe('refused:record/at-centre');
  expect(resultFor('right/already-issued')).toBe('refused:right/already-issued');
});

test('the stories of the cast are true on the day of the demo', () => {
  expect(daysBetween(named('SFE-01').statusSince, today)).toBe(40);
  expect(named('YOUNG-01').printableFrom > today).toBe(true);
  expect(named('MARRIED-01')).toMatchObject({ card: { maritalStatus: 'KAWIN' } });
  expect(named('LONG-01').card.name).toHaveLength(60);
  expect(named('MONONYM-01').card.name).toBe('AMIN');
  expect(named('SIGN-01').card.signature).toBeNull();
  expect(named('FINGERS-01').fingers).toBe(0);
  expect(named('COUNTER-01').collectBox).toBe('12');
  expect(named('SUKET-01').suket).not.toBeNull();
  expect(named('CITY-01').cityCode).toBe('17.71');
  expect(named('FOREIGN-01').card).toMatchObject({ nationality: 'WNA' });
});

test.each(['2027-02-28', '2028-02-29', '2030-12-31'])('the same cast works on %s', async (day) => {
  const later = await mkdtemp(join(folder, 'later-'));
  await writeDemoDrop(later, day);
  const { records, refused } = await readDrop(later);
  expect(refused).toEqual([]);
  for (const { nik, expect: wanted } of demoCitizens) {
    const verdict = verdictOn(records.find((record) => record.nik === nik) as DeliveredRecord, site, day);
    if (!verdict.print) expect(resultFor(verdict.code)).toBe(wanted);
  }
});
