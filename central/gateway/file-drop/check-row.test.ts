import { describe, expect, test } from 'vitest';
import { makePopulation } from '#tools/population/make-population.ts';
import { findFault } from './check-row.ts';
import { recordColumns } from './columns.ts';
import { issueAt } from './finding.ts';

const [citizen] = makePopulation({ count: 1, seed: 'one row', city: 'palembang', today: '2026-11-23' });
if (!citizen) throw new Error('nobody lives there');
const row = { ...citizen.row, status: 'PRINT_READY_RECORD', class: 'FIRST' };

test('the row that the others are changed from has no fault', () => expect(findFault(row)).toBeNull());

describe('a report of shifted columns names no person', () => {
  const name = 'ROKAYAH BINTI SULAIMAN';
  const nik = '1671024101990000';
  test.each(recordColumns)('with a name or a NIK in %s', (column) => {
    for (const slipped of [name, nik, 'ROKAYAH']) {
      const finding = findFault({ ...row, [column]: slipped });
      if (!finding) continue; // it could stand there
      const said = JSON.stringify(issueAt('records.csv', 2, column === 'nik' ? slipped : row.nik, finding));
      expect(said).not.toMatch(/ROKA|AYAH|MAN"|1671024|4101990000/);
    }
  });
});

test.each([
  ['status', 'READY_SOON', 'status: not one of the registry’s, like PRINT_READY_RECORD'],
  ['status', '', 'status: empty'],
  ['class', 'SPARE', /^class: must be one of FIRST, .*OUTSIDE_DOMICILE$/],
  ['closed_reason', 'why not', 'closed_reason: must be empty or one of died, moved, cancelled'],
])('a wrong %s (%s) is told by what should stand there', (column, wrong, detail) => {
  expect(findFault({ ...row, [column]: wrong })?.detail).toEqual(
    typeof detail === 'string' ? detail : expect.stringMatching(detail),
  );
});

test('the end of a NIK is told in digits only, so that a wrong letter shows where it is', () => {
  const finding = { code: 'import/bad-nik', detail: 'nik: not-digits' } as const;
  expect(issueAt('records.csv', 2, '16710232019900O0', finding).nikTail).toBe('00?0');
  expect(issueAt('records.csv', 2, '1671024101990000', finding).nikTail).toBe('0000');
});
