import { describe, expect, test } from 'vitest';
import type { EntryData, Proof } from '#contract/uplink/entries.ts';
import { inLines } from './finger-cli.ts';
import { fingerRates } from './finger-rates.ts';
import { openTestOffice, visitEnded } from './test-office.ts';

const morning = 1_795_138_200_000; // 20 November 2026, 08:30 WIB
const day = 86_400_000;

type Fingers = EntryData<'visit.ended'>['fingers'];

/** A visit as its kiosk tells the end of it. */
function visit(number: number, proofs: Proof[], fingers?: Fingers, lastStep = 'goodbye') {
  const fact = visitEnded(`SU1-000${number}-1`, proofs.length > 1 ? 'issued' : 'with-officer');
  return { ...fact, data: { ...fact.data, proofs, lastStep, ...(fingers && { fingers }) } } as typeof fact;
}

const identified = (operatorId: string, reason: string) =>
  ({ type: 'operator.acted', data: { action: 'identified', operatorId, document: 'KK', reason } }) as const;

async function withVisits() {
  const office = openTestOffice(morning);
  await office.registers('SU1-A');
  await office.registers('SU1-B');
  office.tells(
    'SU1-A',
    visit(1, ['pin', 'finger'], { comparisons: 1, poor: 0 }),
    visit(2, ['pin', 'finger'], { comparisons: 3, poor: 2 }),
    identified('OP-DEWI', 'worn'),
    visit(3, ['pin', 'officer'], { comparisons: 4, poor: 1, vouchedBy: 'OP-DEWI' }),
    visit(4, ['pin'], { comparisons: 4, poor: 0 }, 'officer-proof'),
    visit(5, ['pin']),
  );
  office.tells(
    'SU1-B',
    identified('OP-AGUS', 'none-enrolled'),
    visit(6, ['pin', 'officer'], { comparisons: 0, poor: 0, vouchedBy: 'OP-AGUS' }),
  );
  return office;
}

describe('rates of fingers', () => {
  test('are counted by kiosk, over those who were asked for a finger', async () => {
    using office = await withVisits();
    const { kiosks } = office.store.read((db) => fingerRates(db, morning - day));
    expect(
      kiosks.map(({ kiosk, asked, recognised, byOfficer, poor }) => [kiosk, asked, recognised, byOfficer, poor]),
    ).toEqual([
      ['SU1-A', 4, 2, 1, 3],
      ['SU1-B', 1, 0, 1, 0],
    ]);
    expect(kiosks[0]?.fallback).toBeCloseTo(1 / 3);
    expect(kiosks[1]?.fallback).toBe(1);
  });

  test('a false reject is a comparison that did not match in a visit whose person was the right one: of others nothing is known', async () => {
    using office = await withVisits();
    const { kiosks } = office.store.read((db) => fingerRates(db, morning - day));
    expect(kiosks[0]).toMatchObject({ comparisons: 8, rejected: 6, falseReject: 6 / 8 });
    expect(kiosks[1]?.falseReject).toBeNull();
  });

  test('are counted by officer, with the reasons that they gave', async () => {
    using office = await withVisits();
    const { operators } = office.store.read((db) => fingerRates(db, morning - day));
    expect(operators).toContainEqual({ operatorId: 'OP-DEWI', identified: 1, share: 0.5, reasons: { worn: 1 } });
    expect(operators).toContainEqual({
      operatorId: 'OP-AGUS',
      identified: 1,
      share: 0.5,
      reasons: { 'none-enrolled': 1 },
    });
  });

  test('name no visit, no right and nobody, and begin when they are told to', async () => {
    using office = await withVisits();
    const report = office.store.read((db) => fingerRates(db, morning - day));
    expect(JSON.stringify(report)).not.toMatch(/SU1-000|right/);
    expect(inLines(report)[1]).toMatch(/^SU1-A .*4.*2.*1.*33\.3 %.*8.*75\.0 %.*3$/);
    const later = office.store.read((db) => fingerRates(db, morning + day));
    expect(inLines(later)).toEqual(['no finger was asked for in this time']);
  });
});
