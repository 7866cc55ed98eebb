import { describe, expect, test } from 'vitest';
import { linesWhere } from '#central/fleet/entry-line.ts';
import { openTestOffice } from '#central/fleet/test-office.ts';
import { entryTypes } from '#contract/uplink/entries.ts';
import { dawn, tellMorning } from '../../test-fleet.ts';
import { tell, toldTypes } from './entries.ts';
import { age, ago, clockTime, due, lasting, moment } from './time.ts';

test('every kind of fact has its sentence', () => {
  expect(toldTypes).toEqual(entryTypes);
});

test('a whole morning is told without a hole in a sentence', async () => {
  using office = openTestOffice(dawn);
  await tellMorning(office);
  const lines = office.store.read((db) => linesWhere(db, '1 = 1'));
  expect(lines.length).toBeGreaterThan(200);
  for (const line of lines) {
    const { text, more = '' } = tell(line);
    expect(text).toMatch(/^\S.*[.]$/);
    expect(`${text} ${more}`).not.toMatch(/undefined|null|NaN|\[object/);
  }
});

test('an entry that nobody can use says only that', () => {
  const told = tell({ type: 'print.inking', data: {}, quarantined: 'print.inking: not as the contract says' });
  expect(told.text).toContain('tidak dapat dibaca');
});

describe('times', () => {
  const morning = 1_795_138_200_000; // 20 November 2026, 08:30 WIB
  test('are told in western Indonesia, whatever the machine’s own zone', () => {
    expect(clockTime(morning)).toBe('08.30');
    expect(moment(morning, morning + 60_000)).toBe('08.30');
    expect(moment(morning, morning + 86_400_000)).toBe('20 Nov 08.30');
  });
  test('and ages in the largest unit that fits', () => {
    expect([0, 59_999, 60_000, 3_600_000, 7 * 86_400_000].map(age)).toEqual([
      'baru saja',
      'baru saja',
      '1 menit',
      '1 jam',
      '7 hari',
    ]);
    expect([ago(morning, morning + 120_000), ago(morning, morning + 1)]).toEqual(['2 menit lalu', 'baru saja']);
    expect([due(morning, morning + 7_200_000), due(morning + 7_200_000, morning)]).toEqual([
      'lewat 2 jam',
      '2 jam lagi',
    ]);
    expect([lasting(31_000), lasting(72_000)]).toEqual(['31 detik', '1 menit 12 detik']);
  });
});
