import { expect, test } from 'vitest';
import { holdsNik, withoutNumbers } from './personal-numbers.ts';

test.each([
  ['3171234567890000 sudah terima', '… sudah terima'],
  ['NIK 3171 2345 6789 0000', 'NIK …'],
  ['hp 0812-3456-7890', 'hp …'],
  ['BA-0007, 12 kartu', 'BA-0007, 12 kartu'],
  ['kunjungan SU1-0001-3', 'kunjungan SU1-0001-3'],
])('what is kept of %j: %j', (text, kept) => {
  expect(withoutNumbers(text)).toBe(kept);
});

test.each([
  ['3171234567890000', true],
  ['BA 3171.2345.6789.0000', true],
  ['470/0123/XI/2026', false],
  ['BA-2026-11-29-0001', false],
  ['20261129000000123456', false],
])('%j could be a NIK: %s', (text, is) => {
  expect(holdsNik(text)).toBe(is);
});
